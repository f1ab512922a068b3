// Proves that the new key works before the old one goes.
import { checkKey } from '../../openai/index.ts'
import type { Case, Outcome, Run, Step } from '../model.ts'
import { isInProduction } from '../targets.ts'

export const testNew: Step = {
  id: 'test-new',
  title: 'Prove that the new key works',
  plan: (incident) => ({
    lines:
      incident.finding.provider === 'openai'
        ? ['Ask OpenAI with the new key, if there is one; it costs nothing.']
        : ['Not done for this provider.'],
    changes: false,
  }),
  apply,
}

async function apply(incident: Case, run: Run): Promise<Outcome> {
  if (run.newKey === undefined) return { state: 'not-needed', lines: ['There is no new key.'] }
  if (incident.finding.provider !== 'openai')
    return { state: 'unknown', lines: ['Not checked: unleak asks OpenAI only here.'] }
  const { http, baseUrl, clock } = incident
  const answer = await checkKey(run.newKey, { http, baseUrl, clock })
  if (answer.state === 'live' || answer.state === 'live-restricted')
    return { state: 'done', lines: ['It works.'] }
  if (isInProduction(incident.targets)) run.hold = `the new key was not shown to work: ${answer.reason}`
  return { state: 'unknown', lines: [`Not shown to work: ${answer.reason}.`] }
}
