// The judgement: filters by name and order, then proofs.
import { describe, expect, it } from 'vitest'
import { FILTERS, judge } from '../../src/filters/index.ts'
import { expandTemplate, seededRandom } from '../../src/rules/template.ts'
import { candidate, secretOf } from './candidates.ts'

const key = expandTemplate('{alnum:40}', { random: seededRandom(8) })

describe('judge', () => {
  it('keeps a random key with the confidence of its rule', () => {
    expect(judge(secretOf(key))).toEqual({ kept: true, confidence: 'high', evidence: [], proven: false })
    expect(judge(secretOf(key, { rule: { confidence: 'low' } }))).toMatchObject({ confidence: 'low' })
  })

  it('names the reason of a drop', () => {
    expect(judge(secretOf('x'.repeat(40)))).toMatchObject({ kept: false, reason: 'redacted' })
    expect(judge(secretOf('your-key-here'))).toMatchObject({ kept: false, reason: 'placeholder' })
    expect(judge(candidate(`[[${key}]] # gitleaks:allow`))).toMatchObject({
      kept: false,
      reason: 'allow comment',
    })
  })

  it('tells the reason of the value ahead of the comment', () => {
    expect(judge(candidate('[[your-key-here]] # gitleaks:allow'))).toMatchObject({ reason: 'placeholder' })
  })

  it('lets a proof refute', () => {
    const rule = { proofs: ['secp256k1'] }
    const refuted = judge(secretOf('f'.repeat(64), { rule }))
    expect(refuted.kept).toBe(false)
  })

  it('takes a proof that does not exist for a bug', () => {
    expect(() => judge(secretOf(key, { rule: { proofs: ['no-such-proof'] } }))).toThrow(/no-such-proof/)
  })

  it('has one name per filter', () => {
    const reasons = FILTERS.map((filter) => filter.reason)
    expect(new Set(reasons).size).toBe(reasons.length)
  })
})
