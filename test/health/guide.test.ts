// Sentences of the guide where a limit decides: what each check says on either side of it.
import { describe, expect, it } from 'vitest'
import { demoKeyValue } from '../../src/demo/index.ts'
import { limits } from '../../src/health/checks/limits.ts'
import { rotation } from '../../src/health/checks/rotation.ts'
import { separation } from '../../src/health/checks/separation.ts'
import { validity } from '../../src/health/checks/validity.ts'
import type { Check, HealthFacts, KnownKey } from '../../src/health/model.ts'
import { redactedValueOf } from '../../src/openai/index.ts'
import { type Environment, environmentOf } from '../../src/places/env-file.ts'
import { sealKey } from '../../src/places/key.ts'

const now = new Date('2026-06-15T12:00:00Z')
const ago = (days: number) => Math.floor(now.getTime() / 1000) - days * 86_400
const none = { ok: false, why: 'not asked' } as const
const yes = <T>(value: T) => ({ ok: true, value }) as const
const policy = { budget: undefined, rotateAfterDays: 90, expireAfterDays: 180 }

function itemsOf(check: Check, facts: { account?: object; keys?: readonly KnownKey[]; answers?: object }) {
  const all = {
    now,
    policy,
    keys: [],
    answers: none,
    ...facts,
    account: yes({ keys: none, adminKeys: none, ...facts.account }),
  }
  return check.run(all as unknown as HealthFacts).items
}

const limit = (cents: number) => yes({ threshold_amount: cents, currency: 'USD', interval: 'month' })
const person = { type: 'user', user: { email: 'ada@example.com' } }

function listed(value: string, more: object = {}) {
  const project = { id: 'p', name: 'shop', archived_at: null }
  const key = { id: 'key_1', name: 'shop', redacted_value: redactedValueOf(sealKey(value)), owner: person }
  return { ...key, project, created_at: ago(1), last_used_at: null, expires_at: null, ...more }
}

function known(value: string, ...files: string[]): KnownKey {
  const holders = files.map((path) => ({
    name: 'OPENAI_API_KEY',
    path,
    line: 1,
    environment: environmentOf(path) as Environment,
  }))
  return { fingerprint: value, secret: sealKey(value), holders, isBackup: false, isAdmin: false }
}

describe('recommended: $10-50 a month', () => {
  it.each([
    [1000, 'well', 'stops at $10.00 a month'],
    [5000, 'well', 'stops at $50.00 a month'],
    [
      5001,
      'attention',
      'stops at $50.01 a month, above the recommended $10.00 to $50.00; set your own with --budget',
    ],
  ])('a hard limit of %i cents is %s', (cents, verdict, text) => {
    const [hard] = itemsOf(limits, { account: { spendLimit: limit(cents), alerts: none } })
    expect([hard?.verdict, hard?.text]).toEqual([verdict, text])
  })
})

describe('rotate keys every 3-6 months', () => {
  it.each([
    [89, 'well'],
    [90, 'attention'],
    [179, 'attention'],
    [180, 'bad'],
  ])('a key of %i days is %s', (days, verdict) => {
    const key = listed(demoKeyValue('project', 1), { created_at: ago(days) })
    const [item] = itemsOf(rotation, { account: { keys: yes([key]) } })
    expect([item?.verdict, item?.text]).toEqual([verdict, `${days} days old`])
  })
})

describe('different keys for dev, staging and production', () => {
  const value = demoKeyValue('service-account', 2)
  it.each([
    [['.env.production', '.env.development'], 'bad', 'the same key in production and development'],
    [['.env.production', '.env.staging'], 'bad', 'the same key in production and staging'],
    [['.env.staging', '.env.development'], 'attention', 'the same key in staging and development'],
  ] as const)('one key in %j is %s', (files, verdict, text) => {
    const [item] = itemsOf(separation, { keys: [known(value, ...files)] })
    expect([item?.verdict, item?.text]).toEqual([verdict, expect.stringContaining(text)])
  })
})

describe('use service accounts for production', () => {
  it('a key of a person in production is named, with whose it is; one of a service account is well', () => {
    const personal = demoKeyValue('project', 3)
    const account = { keys: yes([listed(personal)]) }
    const [item] = itemsOf(separation, { account, keys: [known(personal, '.env.production')] })
    expect([item?.verdict, item?.text]).toEqual([
      'attention',
      'production uses a key of ada@example.com, not of a service account',
    ])
    expect(item?.todo?.[0]?.text).toContain('Make a service account in the project')
    const service = known(demoKeyValue('service-account', 4), '.env.production')
    expect(itemsOf(separation, { keys: [service] })[0]).toMatchObject({
      verdict: 'well',
      text: 'production uses a service account',
    })
  })
})

describe('service updates', () => {
  it('OpenAI out of order is no dead key: not checked, with the page of its status', () => {
    const key = known(demoKeyValue('project', 5), '.env')
    const answer = { state: 'unknown', cause: 'openai', reason: 'OpenAI is out of order at the moment' }
    const [item] = itemsOf(validity, { keys: [key], answers: yes(new Map([[key.fingerprint, answer]])) })
    expect([item?.verdict, item?.text]).toEqual(['not-checked', 'OpenAI is out of order at the moment'])
    expect(item?.todo?.[0]?.url).toBe('https://status.openai.com')
  })
})
