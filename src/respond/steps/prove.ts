// Asks with the leaked key until OpenAI refuses it.
import { checkKey } from '../../openai/index.ts'
import type { Case, Outcome, Step } from '../model.ts'
import { goOn, todo } from '../words.ts'

/** Revoking holds within seconds; after a minute something is wrong. */
const PATIENCE_MS = 60_000
const PAUSE_MS = 2_000

export const prove: Step = {
  id: 'prove',
  title: 'Prove that it is dead',
  plan: ({ finding }) => ({
    lines:
      finding.provider === 'openai'
        ? ['Ask OpenAI with the old key until it is refused, for up to a minute.']
        : ['Not done for this provider.'],
    changes: false,
  }),
  apply,
}

async function apply(incident: Case): Promise<Outcome> {
  const { finding, key, http, baseUrl, clock, journal, signal } = incident
  if (finding.provider !== 'openai')
    return {
      state: 'unknown',
      lines: ['Not checked here.'],
      todo: [todo('Ask its provider with a request that must fail.')],
    }
  const revoked = journal.last('revoke', 'done')
  const limit = clock.now() + (revoked ? PATIENCE_MS : 0)
  for (;;) {
    const answer = await checkKey(key, { http, baseUrl, clock })
    if (answer.state === 'dead') {
      if (!journal.last('prove', 'done')) journal.add('prove', 'done')
      return { state: 'done', lines: ['OpenAI refuses it: it is dead.'] }
    }
    if (signal?.aborted || clock.now() + PAUSE_MS > limit)
      return alive(incident, answer.state === 'unknown', answer.reason, revoked !== undefined)
    await clock.sleep(PAUSE_MS, signal)
  }
}

function alive(incident: Case, isUnknown: boolean, reason: string, isRevoked: boolean): Outcome {
  const again = todo('Ask again later.', { command: goOn(incident) })
  if (isUnknown) return { state: 'unknown', lines: [`Not known: ${reason}.`], todo: [again] }
  const late = isRevoked ? ' It was revoked; this can take up to 15 minutes.' : ' It is not revoked yet.'
  const lines = [`It still works: ${reason}.${late}`]
  return isRevoked ? { state: 'unknown', lines, todo: [again] } : { state: 'stopped', lines }
}
