// The structure of OpenAI keys: what it proves, what it doubts, and what it says of copies that were cut.
import { describe, expect, it } from 'vitest'
import type { ProofOutcome } from '../../../src/filters/candidate.ts'
import { openaiStructure } from '../../../src/filters/proofs/openai-structure.ts'
import { alnum, base64url, MARKER } from '../../helpers/keys.ts'
import { secretCandidate } from './secret-candidate.ts'

const check = (secret: string): ProofOutcome => openaiStructure.check(secretCandidate(secret))

function evidenceOf(secret: string): string {
  const outcome = check(secret)
  return 'evidence' in outcome ? outcome.evidence.join('; ') : outcome.verdict
}

/** A key as OpenAI issues it: equal halves, and a zero byte at the end. */
function issued(prefix: string, half: number, seed = 1): string {
  const head = `${prefix}${base64url(half, seed)}${MARKER}${base64url(half - 2, seed + 500)}`
  return head + openaiStructure.complete!(head)
}

const ISSUED = [
  ['sk-proj-', 58],
  ['sk-proj-', 74],
  ['sk-svcacct-', 46],
  ['sk-svcacct-', 74],
  ['sk-admin-', 58],
] as const

describe('whole keys', () => {
  it.each(ISSUED)('%s with halves of %i is proven by its zero byte', (prefix, half) => {
    for (let seed = 1; seed <= 50; seed++) {
      expect(check(issued(prefix, half, seed))).toEqual({
        verdict: 'proven',
        confidence: 'high',
        evidence: [
          'OpenAI marker',
          `equal halves of ${half} characters`,
          'ends in a zero byte as issued keys do',
        ],
      })
    }
  })

  it.each(['sk-', 'sk-proj-', 'sk-None-', 'sk-nightly-batch-', 'sk-service-'])(
    '%s with halves of 20',
    (prefix) => {
      const key = `${prefix}${alnum(20)}${MARKER}${alnum(20, 2)}`
      expect(check(key)).toMatchObject({ verdict: 'proven', confidence: 'high' })
      expect(evidenceOf(key)).toContain('equal halves of 20')
    },
  )

  it('another last byte lowers the confidence, and drops nothing', () => {
    const key = `${issued('sk-proj-', 74).slice(0, -1)}t`
    expect(check(key)).toMatchObject({ verdict: 'doubtful', confidence: 'medium' })
    expect(evidenceOf(key)).toContain('altered, or made up')
  })

  it('equal halves of a new length are believed', () => {
    const key = `sk-proj-${base64url(90)}${MARKER}${base64url(90, 2)}`
    expect(check(key).verdict).toBe('proven')
    expect(evidenceOf(key)).toContain('a length not seen before')
  })
})

describe('altered keys', () => {
  const key = issued('sk-proj-', 74)
  it.each([
    ['without its end', key.slice(0, 150), 'looks truncated (150 of 164 characters)'],
    ['cut right behind the marker', key.slice(0, 8 + 74 + 8), 'looks truncated (90 of 164 characters)'],
    ['with more behind it', `${key}EXPORTED`, 'has characters too many at its end (172 of 164 characters)'],
    ['without its start', `sk-proj-${key.slice(20)}`, 'looks cut in its first half (152 of 164 characters)'],
    [
      'with halves of no known length',
      `sk-proj-${base64url(61)}${MARKER}${base64url(50, 2)}`,
      'halves of 61 and 50 characters',
    ],
    [
      'an admin key without its end',
      issued('sk-admin-', 58).slice(0, 120),
      'looks truncated (120 of 133 characters)',
    ],
    [
      'a named key without its end',
      `sk-nightly-batch-${alnum(20)}${MARKER}${alnum(12, 2)}`,
      'looks truncated (57 of 65 characters)',
    ],
  ])('%s', (_, secret, hint) => {
    expect(check(secret).verdict).toBe('doubtful')
    expect(evidenceOf(secret)).toContain(hint)
  })
})

describe('keys without the marker', () => {
  it.each([
    ['sk-proj-', 100, 'looks truncated (108 of 164 characters)'],
    ['sk-svcacct-', 80, 'looks truncated (91 of 167 characters)'],
    ['sk-admin-', 90, 'looks truncated (99 of 133 characters)'],
    ['sk-proj-', 180, 'altered, or a new kind of key'],
    ['sk-None-', 100, 'altered, or a new kind of key'],
  ])('%s and %i characters', (prefix, length, hint) => {
    expect(check(prefix + base64url(length)).verdict).toBe('doubtful')
    expect(evidenceOf(prefix + base64url(length))).toContain(hint)
  })

  it.each(['sk-', 'sk-ant-api03-', 'pk-', ''])('says nothing of %s', (prefix) => {
    expect(check(prefix + base64url(90)).verdict).toBe('silent')
  })
})
