// Every answer OpenAI is known to give, for every kind of key, through the real command over real HTTP.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type DemoKey,
  type DemoServer,
  startDemoServer,
  TROUBLES,
  type TroubleName,
} from '../../src/demo/index.ts'
import type { VerdictState } from '../../src/model/index.ts'
import { type JsonReport, type Run, unleakAsync } from '../helpers/cli.ts'
import { leaksBeyond } from '../helpers/leaks.ts'
import { tempFolder } from '../helpers/repo.ts'
import { findingOf, KINDS, type Kind, testAccount } from './keys.ts'

/** What each answer must lead to: the state, and words of the reason. */
const EXPECTED: Readonly<Record<TroubleName, readonly [VerdictState, RegExp]>> = {
  'missing-scopes': ['live-restricted', /lacks api\.model\.read/],
  'missing-scopes-401': ['live-restricted', /lacks model\.request, api\.responses\.write/],
  'wrong-region': ['live', /us\.api\.openai\.com/],
  'ip-allowlist': ['live', /not from this network/],
  'client-certificate': ['live', /client certificate/],
  'other-organization': ['live', /another organization or project/],
  'other-project': ['live', /another organization or project/],
  'no-organization': ['live-unusable', /no longer a member/],
  'unknown-organization': ['live-unusable', /no longer a member/],
  deactivated: ['live-unusable', /account has been deactivated/],
  archived: ['live-unusable', /archived/],
  'organization-disabled': ['live-unusable', /disabled/],
  expired: ['dead', /expired/],
  country: ['unknown', /country/],
  cloudflare: ['unknown', /proxy or gateway/],
  'model-gone': ['live', /model is gone/],
  'rate-limit': ['live', /rate limit/],
  'slow-down': ['live', /rate limit/],
  quota: ['live-unusable', /no quota left/],
  'no-credit': ['live-unusable', /no credit left/],
  'organization-limit': ['live-unusable', /organization's hard spend limit/],
  'project-limit': ['live-unusable', /project's hard spend limit/],
  'usage-limit': ['live-unusable', /limit that OpenAI set/],
  'billing-inactive': ['live-unusable', /billing is not active/],
  'billing-inactive-old': ['live-unusable', /billing is not active/],
  'hard-limit': ['live-unusable', /hard spend limit/],
  'service-tier': ['live', /service tier/],
  'server-error': ['unknown', /out of order/],
  overloaded: ['unknown', /out of order/],
  'never-seen': ['unknown', /does not know/],
}

const troubles = Object.keys(TROUBLES) as TroubleName[]

const { account, add } = testAccount()
const accountOf = (kind: Kind) => ({
  troubled: new Map<TroubleName, DemoKey>(troubles.map((trouble) => [trouble, add(kind, { trouble })])),
  fine: add(kind),
  gone: add(kind, { revokedAt: 1 }),
  past: add(kind, { expires_at: 1 }),
})
const keysOf = Object.fromEntries(KINDS.map((kind) => [kind, accountOf(kind)])) as Record<
  Kind,
  ReturnType<typeof accountOf>
>

let server: DemoServer
let run: Run
let report: JsonReport
let log: string
beforeAll(async () => {
  server = await startDemoServer({ account })
  const folder = tempFolder()
  const input = account.keys.map(({ value }) => value).join('\n')
  const args = ['verify', '-', '--format', 'json', '--audit-log', 'log.jsonl', '--timeout', '10']
  run = await unleakAsync(args, folder, { env: { UNLEAK_OPENAI_BASE_URL: server.url }, input })
  report = JSON.parse(run.stdout)
  log = readFileSync(join(folder, 'log.jsonl'), 'utf8')
})
afterAll(() => server.close())

describe.each(KINDS)('a %s key', (kind) => {
  const { troubled, fine, gone, past } = keysOf[kind]
  const ids = new Set([...troubled.values(), fine].map(({ id }) => id))

  it.each(troubles)('%s', (trouble) => {
    const { verdict } = findingOf(report, troubled.get(trouble)!.value)
    const [state, reason] = EXPECTED[trouble]
    expect(verdict).toMatchObject({ state, reason: expect.stringMatching(reason) })
  })

  it('nothing wrong: live', () => {
    expect(findingOf(report, fine.value).verdict.state).toBe('live')
  })

  it('revoked or expired: dead', () => {
    expect(findingOf(report, gone.value).verdict).toMatchObject({ state: 'dead' })
    expect(findingOf(report, past.value).verdict).toMatchObject({ state: 'dead' })
    expect(run.status).toBe(1) // others are alive
  })

  it('was asked at the route for its kind only, once unless the server was out of order', () => {
    const route = kind === 'admin' ? '/v1/organization/admin_api_keys?limit=1' : '/v1/models'
    const own = server.requests.filter(({ key }) => key !== undefined && ids.has(key))
    expect([...new Set(own.map(({ method, path }) => `${method} ${path}`))]).toEqual([`GET ${route}`])
    const counts = (key: DemoKey) => server.requests.filter((request) => request.key === key.id).length
    expect(counts(fine)).toBe(1)
    expect(counts(troubled.get('no-credit')!)).toBe(1)
    expect(counts(troubled.get('overloaded')!)).toBe(3)
    expect(server.requests.every(({ userAgent }) => userAgent.startsWith('unleak/'))).toBe(true)
  })
})

describe('all of them', () => {
  it('shows in no output and no log', () => {
    const lines = log.trim().split('\n')
    expect(lines).toHaveLength(server.requests.length)
    expect(Object.keys(JSON.parse(lines[0]!)).sort()).toEqual(
      ['time', 'method', 'host', 'path', 'attempt', 'status', 'durationMs'].sort(),
    )
    for (const { value } of account.keys)
      expect(
        leaksBeyond(run.stdout + run.stderr + log, value, findingOf(report, value).secret.redacted),
      ).toEqual([])
  })
})

describe('exit status', () => {
  const cases: [TroubleName | 'fine' | 'gone', number][] = [
    ['fine', 1],
    ['missing-scopes', 1],
    ['no-credit', 1],
    ['gone', 0],
    ['never-seen', 2],
  ]
  it.each(cases)('%s: %i', async (what, status) => {
    const { account, add } = testAccount()
    const key = add('project', what === 'fine' ? {} : what === 'gone' ? { revokedAt: 1 } : { trouble: what })
    const server = await startDemoServer({ account })
    const env = { UNLEAK_OPENAI_BASE_URL: server.url, MY_KEY: key.value }
    const run = await unleakAsync(['verify', '--env', 'MY_KEY'], tempFolder(), { env })
    await server.close()
    expect(run.status).toBe(status)
    expect(run.stdout).toContain('named MY_KEY')
  })
})
