// OpenAI keys: two halves of one length around a marker, and a zero byte at the end of the decoded halves.
import type { Proof, ProofOutcome } from '../candidate.ts'

const MARKER = ['T3Blb', 'kFJ'].join('')
const KEY = new RegExp(
  `^sk-(?:(proj|svcacct|svcaat|admin|None)-)?([A-Za-z0-9_-]{20,200}?)${MARKER}(.{0,200})$`,
)
const HEAD = /^sk-(?:(proj|svcacct|svcaat|admin|None)-)?[A-Za-z0-9_-]{1,220}$/
const NAMED = /^[A-Za-z0-9-]{1,60}-([A-Za-z0-9]{20})$/

/** Lengths of a half that OpenAI has issued. The shortest is letters and digits; the others decode to whole bytes. */
const HALVES = [20, 46, 58, 74]
const SHORT_HALF = 20

/** Length of a half in the keys issued today. */
const CURRENT_HALF: Readonly<Record<string, number>> = { proj: 74, svcacct: 74, svcaat: 74, admin: 58 }

export const openaiStructure: Proof = {
  name: 'openai-structure',
  check({ secret }) {
    const parts = KEY.exec(secret)
    if (!parts) return unmarked(secret)
    const [, kind, head, right] = parts as unknown as [string, string | undefined, string, string]
    const left = kind === undefined ? (NAMED.exec(head)?.[1] ?? head) : head
    if (left.length === right.length) return equalHalves(left, right)
    return unequalHalves(left.length, right.length, secret.length)
  },
  complete(text) {
    // The last byte is zero when the last character is A and the one before it ends in two zero bits.
    return `${'AEIMQUYcgkosw048'[text.charCodeAt(text.length - 1) % 16]}A`
  },
}

function equalHalves(left: string, right: string): ProofOutcome {
  const evidence = ['OpenAI marker', `equal halves of ${left.length} characters`]
  if (left.length === SHORT_HALF) return { verdict: 'proven', confidence: 'high', evidence }
  if (!HALVES.includes(left.length))
    return { verdict: 'proven', evidence: [...evidence, 'a length not seen before'] }
  if (Buffer.from(left + right, 'base64url').at(-1) === 0) {
    return {
      verdict: 'proven',
      confidence: 'high',
      evidence: [...evidence, 'ends in a zero byte as issued keys do'],
    }
  }
  return doubtful([...evidence, 'no zero byte at its end: altered, or made up'])
}

/** Tells by the half of a known length what happened to the other. */
function unequalHalves(left: number, right: number, length: number): ProofOutcome {
  const full = (half: number) => length - left - right + 2 * half
  if (HALVES.includes(left)) {
    const hint = right < left ? 'looks truncated' : 'has characters too many at its end'
    return doubtful(['OpenAI marker', `${hint} (${length} of ${full(left)} characters)`])
  }
  if (HALVES.includes(right) && left < right) {
    return doubtful(['OpenAI marker', `looks cut in its first half (${length} of ${full(right)} characters)`])
  }
  return doubtful(['OpenAI marker', `halves of ${left} and ${right} characters: altered, or a new kind`])
}

/** A key without the marker: how long it would be if it were a copy that lost its end. */
function unmarked(secret: string): ProofOutcome {
  const kind = HEAD.exec(secret)?.[1]
  if (kind === undefined) return { verdict: 'silent' }
  const half = CURRENT_HALF[kind]
  const full = half && 'sk-'.length + kind.length + 1 + 2 * half + MARKER.length
  if (!full || secret.length >= full) return doubtful(['no OpenAI marker: altered, or a new kind of key'])
  return doubtful(['no OpenAI marker', `looks truncated (${secret.length} of ${full} characters)`])
}

function doubtful(evidence: readonly string[]): ProofOutcome {
  return { verdict: 'doubtful', confidence: 'medium', evidence }
}
