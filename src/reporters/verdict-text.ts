// A verdict in words: what it means, then why.
import type { Verdict } from '../model/index.ts'
import { sentence, VERDICT_WORDS } from './words.ts'

/** A reason that says both stands alone. `clean` is for foreign text. */
export function verdictText({ state, reason }: Verdict, clean: (text: string) => string): string {
  const words = state === 'unchecked' ? 'Not asked' : sentence(VERDICT_WORDS[state])
  const why = reason === undefined ? '' : `${sentence(clean(reason))}.`
  return why.startsWith('It works') ? why : `${words}. ${why}`.trim()
}
