// The month as OpenAI bills it: in UTC, from its first day, against the same days of the one before.
import { describe, expect, it } from 'vitest'
import { usage } from '../../src/health/checks/usage.ts'
import type { Account, DayCost, HealthFacts } from '../../src/health/model.ts'

const DAY_MS = 86_400_000

/** A dollar for each day up to `now`, and the facts of an account that tells nothing else. */
function factsAt(now: string, budget?: number): HealthFacts {
  const today = Math.floor(Date.parse(now) / DAY_MS)
  const days = Array.from({ length: 93 }, (_, i): DayCost => {
    const day = new Date((today - 92 + i) * DAY_MS).toISOString().slice(0, 10)
    return { day, amount: 1, byKey: {}, byItem: {} }
  })
  const costs = [{ currency: 'USD', days }]
  const none = { ok: false, why: 'not asked' } as const
  const account = { costs: { ok: true, value: costs }, keys: none, adminKeys: none } as unknown as Account
  const facts: Pick<HealthFacts, 'now' | 'policy' | 'account' | 'keys'> = {
    now: new Date(now),
    policy: { budget } as HealthFacts['policy'],
    account: { ok: true, value: account },
    keys: [],
  }
  return facts as HealthFacts
}

describe('this month', () => {
  it.each([
    [
      'the first minutes of a year',
      '2026-01-01T00:10:00Z',
      '$1.00 this month, $1.00 in the same',
      '$31.00 expected',
    ],
    [
      'the last minutes of a year',
      '2025-12-31T23:50:00Z',
      '$31.00 this month, $30.00 in the same',
      '$31.00 expected',
    ],
    [
      'a day that the month before has not',
      '2026-03-31T12:00:00Z',
      '$31.00 this month, $28.00 in',
      '$31.00 expected',
    ],
    ['a leap year', '2028-02-29T12:00:00Z', '$29.00 this month, $29.00 in the same', '$29.00 expected'],
  ])('%s', (_, now, spent, expected) => {
    const [month] = usage.run(factsAt(now)).items
    expect(month?.text).toContain(spent)
    expect(month?.text).toContain(expected)
    expect(month?.verdict).toBe('well')
  })

  it('warns of a budget that will not last from its third day on, and of one that is spent', () => {
    const verdictAt = (now: string, budget: number) => usage.run(factsAt(now, budget)).items[0]?.verdict
    expect(verdictAt('2026-04-02T12:00:00Z', 20)).toBe('well')
    expect(verdictAt('2026-04-03T12:00:00Z', 20)).toBe('attention')
    expect(verdictAt('2026-04-21T12:00:00Z', 20)).toBe('bad')
  })
})
