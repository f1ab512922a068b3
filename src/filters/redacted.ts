// Values that somebody has already blacked out: `sk-ab***yz`, `sk-abc...def`, `[REDACTED]`.
import type { Filter } from './candidate.ts'
import { bodyOf } from './value.ts'

// Bullets and the ellipsis are three bytes of UTF-8 each, read as latin1.
const ELLIPSIS = '\\.{3}|\xe2\x80\xa6'
const BULLET = '\xe2\x80\xa2|\xe2\x97\x8f|\xe2\x96\x88'
const COVERED = new RegExp(`\\*{3}|#{4}|${ELLIPSIS}|(?:${BULLET}){2}|\\\\u2026|&hellip;|x{6}|X{6}`)
const REDACTED_WORD = /(?<![a-z])(?:redacted|masked|scrubbed)(?![a-z])/i
const CUT_OFF = new RegExp(`^(?:${ELLIPSIS}|\\*{3}|(?:${BULLET}))`)

/** A shown beginning is short; a longer value that happens to stand before an ellipsis is whole. */
const MOST_SHOWN = 24

export const redactedFilter: Filter = {
  reason: 'redacted',
  drops(candidate) {
    const body = bodyOf(candidate.rule, candidate.secret)
    if (COVERED.test(body) || REDACTED_WORD.test(body)) return true
    return body.length <= MOST_SHOWN && CUT_OFF.test(candidate.around(0, 4).slice(candidate.text.length))
  },
}
