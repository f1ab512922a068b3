// Honours a comment that says "this one is known": ours and those of other scanners.
import type { Rule } from '../model/index.ts'
import type { Candidate, Filter } from './candidate.ts'

/** Ours, alone or with what it is limited to: `unleak:allow`, `unleak:allow=stripe,openai reason`. */
const OURS = /unleak:allow(?<next>-next-line)?(?:=(?<only>[\w.,-]{1,256}))?(?![\w-])/gi

/** Other scanners' marks for the line they stand on. */
const PEERS_HERE =
  /(?:gitleaks:allow|betterleaks:allow|trufflehog:ignore|kingfisher:ignore|pragma:\s{0,4}(?:allow|white)list\s{1,4}secret|secretlint-disable-line|ggignore)(?![\w-])/i

/** Other scanners' marks for the line below. */
const PEERS_NEXT =
  /(?:pragma:\s{0,4}(?:allow|white)list\s{1,4}nextline\s{1,4}secret|secretlint-disable-next-line)(?![\w-])/i

/** True when one of our comments in `text` speaks of this line (or the next) and of this rule. */
function isOurs(text: string, nextLine: boolean, rule: Rule): boolean {
  for (const { groups } of text.matchAll(OURS)) {
    if ((groups?.next !== undefined) !== nextLine) continue
    const only = groups?.only?.toLowerCase().split(',')
    if (only === undefined || only.includes(rule.id) || only.includes(rule.provider)) return true
  }
  return false
}

/** The secret's own bytes must not allow it: a value may spell anything. */
function withoutSecret(text: string, secret: string): string {
  return text.split(secret).join(' ')
}

function isAllowed(candidate: Candidate): boolean {
  const { rule, secret } = candidate
  const here = withoutSecret(candidate.lines(), secret)
  if (PEERS_HERE.test(here) || isOurs(here, false, rule)) return true
  const above = withoutSecret(candidate.lineAbove(), secret)
  return PEERS_NEXT.test(above) || isOurs(above, true, rule)
}

export const allowCommentFilter: Filter = {
  reason: 'allow comment',
  drops: (candidate) => isAllowed(candidate),
}
