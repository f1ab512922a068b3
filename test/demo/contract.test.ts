// Our requests and the stand-in's answers, held against OpenAI's own API document, over real HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoServer, seedAccount, startDemoServer } from '../../src/demo/index.ts'
import { createHttp } from '../../src/http/index.ts'
import { Secret } from '../../src/model/index.ts'
import { createOpenAI, type OpenAI, USAGE_KINDS } from '../../src/openai/index.ts'
import { underContract } from '../openai/contract.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400

let server: DemoServer
let contract: ReturnType<typeof underContract>
let admin: OpenAI
let own: OpenAI
const account = seedAccount(() => NOW)

beforeAll(async () => {
  server = await startDemoServer({ account })
  contract = underContract(createHttp({ retries: 0 }), server.url)
  const open = (key: string) =>
    createOpenAI({ key: new Secret(key), baseUrl: server.url, http: contract.http })
  admin = open(account.named.admin.value)
  own = open(account.named.staging.value)
})
afterAll(() => server.close())

describe('the whole client against the whole stand-in', () => {
  const production = () => account.projects.find(({ name }) => name === 'production')!.id
  const since = { start_time: NOW / 1000 - 60 * DAY }

  it("a key's own calls", async () => {
    expect((await own.models()).map(({ id }) => id)).toContain('gpt-5')
    expect((await own.me()).orgs?.data[0]?.id).toBe(account.organization)
    expect((await own.spendTest('gpt-5-mini')).id).toMatch(/^resp_/)
  })

  it('projects, users, keys and service accounts', async () => {
    expect((await admin.projects.list()).map(({ name }) => name)).not.toContain('old experiments')
    expect((await admin.projects.list({ includeArchived: true })).at(-1)).toMatchObject({
      status: 'archived',
    })
    expect((await admin.projects.create('new')).id).toMatch(/^proj_/)
    expect((await admin.users()).map(({ email }) => email)).toContain('ada@example.com')
    const keys = await admin.projectKeys.list(production())
    expect(keys.map(({ name }) => name)).toEqual(['web-production', 'web-backup', 'ada quick fix'])
    expect(await admin.projectKeys.get(production(), keys[0]!.id)).toEqual(keys[0])
    const [web] = await admin.serviceAccounts.list(production())
    const made = await admin.serviceAccounts.createKey(production(), web!.id, { name: 'next' })
    expect(String(made.secret)).toMatch(/^sk-svcacct-….{4}$/)
    await admin.projectKeys.update(production(), made.id, { expires_in_seconds: 3600 })
    expect(await admin.projectKeys.delete(production(), made.id)).toMatchObject({ deleted: true })
    const other = await admin.serviceAccounts.create(production(), { name: 'other' })
    expect(other.key).not.toBeNull()
    expect(await admin.serviceAccounts.delete(production(), other.id)).toMatchObject({ deleted: true })
    const another = await admin.adminKeys.create({ name: 'short', expires_in_seconds: 60 })
    expect((await admin.adminKeys.list()).map(({ id }) => id)).toContain(another.id)
    expect(await admin.adminKeys.delete(another.id)).toMatchObject({ deleted: true })
  })

  it('costs, usage of every kind, the audit log', async () => {
    const costs = await admin.costs({ ...since, group_by: ['api_key_id', 'line_item'] })
    expect(costs).toHaveLength(61)
    const total = costs.flatMap(({ results }) => results).reduce((sum, r) => sum + (r.amount?.value ?? 0), 0)
    const used = account.usage.filter(({ time }) => time >= costs[0]!.start_time)
    expect(total).toBeCloseTo(used.reduce((sum, { cost }) => sum + cost, 0))
    for (const kind of USAGE_KINDS) expect(await admin.usage(kind, since)).toHaveLength(61)
    const leaked = account.named.leaked.id
    const by = { bucket_width: '1h', api_key_ids: [leaked], group_by: ['model'] } as const
    const hours = await admin.usage('completions', { start_time: NOW / 1000 - 2 * DAY, ...by })
    expect(hours.flatMap(({ results }) => results).some((r) => r.model === 'gpt-5')).toBe(true)
    const events = await admin.auditLogs({ effective_at: { gte: NOW / 1000 - 3 * DAY } })
    expect(events.map(({ type }) => type)).toContain('invite.sent')
  })

  it('limits and alerts', async () => {
    for (const scope of ['organization', { project: production() }] as const) {
      await expect(admin.spendLimit.get(scope)).rejects.toMatchObject({ status: 404, kind: 'refused' })
      expect(await admin.spendLimit.set(scope, 5000)).toMatchObject({ threshold_amount: 5000 })
      expect((await admin.spendLimit.get(scope)).interval).toBe('month')
      expect(await admin.spendLimit.delete(scope)).toMatchObject({ deleted: true })
      const channel = { type: 'email', recipients: ['ada@example.com'] } as const
      const alert = await admin.spendAlerts.create(scope, 1000, channel)
      expect(await admin.spendAlerts.update(scope, alert.id, 2000, channel)).toMatchObject({
        threshold_amount: 2000,
      })
      expect(await admin.spendAlerts.list(scope)).toHaveLength(1)
      expect(await admin.spendAlerts.delete(scope, alert.id)).toMatchObject({ deleted: true })
    }
    const [limit] = await admin.rateLimits.list(production())
    const slowed = await admin.rateLimits.update(production(), limit!.id, { max_requests_per_1_minute: 1 })
    expect(slowed.max_requests_per_1_minute).toBe(1)
  })

  it('kept to the document, in 42 operations, and did nothing dangerous', () => {
    expect(contract.mistakes).toEqual([])
    expect(contract.seen.size).toBe(42)
    expect(account.misdeeds).toEqual([])
  })

  it('and the contract would have said so', async () => {
    const other = underContract(createHttp({ retries: 0 }), server.url)
    const wrong = createOpenAI({
      key: new Secret(account.named.admin.value),
      baseUrl: server.url,
      http: other.http,
    })
    await expect(wrong.spendLimit.set('organization', 0)).rejects.toThrow('status 400')
    await wrong.transport.ask({ method: 'GET', path: '/organization/costs', query: { begin: 1 } })
    await wrong.transport.ask({ method: 'GET', path: '/organization/invented' })
    expect(other.mistakes).toEqual([
      'POST /organization/spend_limit: body/threshold_amount must be >= 1',
      'GET /organization/costs: "begin" is not a parameter',
      'GET /organization/costs: "start_time" is missing',
      'GET /organization/invented is not in the document',
    ])
  })
})
