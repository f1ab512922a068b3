// Proves that the new key works before the old one goes.
import type { Secret } from '../../model/index.ts'
import { checkKey, type KeyCheck } from '../../openai/index.ts'
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

/** A key that was made a moment ago may not be known everywhere yet. */
const PATIENCE_MS = 10_000
const PAUSE_MS = 2_000

async function askUntilKnown(key: Secret, { http, baseUrl, clock, signal }: Case): Promise<KeyCheck> {
  const limit = clock.now() + PATIENCE_MS
  for (;;) {
    const answer = await checkKey(key, { http, baseUrl, clock })
    if (answer.state !== 'dead' || signal?.aborted || clock.now() + PAUSE_MS > limit) return answer
    await clock.sleep(PAUSE_MS, signal)
  }
}

async function apply(incident: Case, run: Run): Promise<Outcome> {
  if (run.newKey === undefined) return { state: 'not-needed', lines: ['There is no new key.'] }
  if (incident.finding.provider !== 'openai')
    return { state: 'unknown', lines: ['Not checked: unleak asks OpenAI only here.'] }
  const answer = await askUntilKnown(run.newKey, incident)
  if (answer.state === 'live' || answer.state === 'live-restricted')
    return { state: 'done', lines: ['It works.'] }
  if (isInProduction(incident.targets)) run.hold = `the new key was not shown to work: ${answer.reason}`
  return { state: 'unknown', lines: [`Not shown to work: ${answer.reason}.`] }
}
