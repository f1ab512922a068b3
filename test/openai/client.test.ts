// The client where servers misbehave, and the calls it never makes.

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { addKey, type DemoServer, seedAccount, startDemoServer } from '../../src/demo/index.ts'
import { addServiceAccount } from '../../src/demo/make.ts'
import { createHttp } from '../../src/http/index.ts'
import { Secret } from '../../src/model/index.ts'
import {
  createOpenAI,
  kindOfKey,
  matchesRedacted,
  queryString,
  redactedValueOf,
} from '../../src/openai/index.ts'
import { OPENAI_SHAPES, openaiKey } from '../helpers/keys.ts'

const http = createHttp({ retries: 0, timeoutMs: 2000 })
const closing: (DemoServer | Server)[] = []
afterEach(async () => {
  for (const each of closing.splice(0)) await each.close()
})

async function demo(account = seedAccount()) {
  const server = await startDemoServer({ account })
  closing.push(server)
  const open = (key: string) => createOpenAI({ key: new Secret(key), baseUrl: server.url, http })
  return { server, account, admin: open(account.named.admin.value), open }
}

/** A server that gives every request the same JSON. */
async function always(body: object) {
  const server = createServer((_, response) => response.end(JSON.stringify(body)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(server)
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return createOpenAI({ key: new Secret(openaiKey('sk-admin-', 58)), baseUrl, http })
}

describe('lists', () => {
  it('are read to their last page, in order, each item once', async () => {
    const { admin, account } = await demo()
    const project = account.projects.find(({ name }) => name === 'staging')!
    const owner = addServiceAccount(account, project, 'many')
    for (let i = 0; i < 250; i++) addKey(account, { serviceAccount: owner }, `key ${i}`)
    const names = (await admin.projectKeys.list(project.id)).map(({ name }) => name)
    expect(names).toEqual(['staging', ...Array.from({ length: 250 }, (_, i) => `key ${i}`)])
  })

  it('that never end are errors, not half the truth', async () => {
    const same = { object: 'list', data: [{ id: 'a' }], has_more: true, last_id: 'a' }
    await expect((await always(same)).projects.list()).rejects.toMatchObject({ kind: 'garbage' })
    const empty = { object: 'list', data: [], has_more: true, last_id: null }
    await expect((await always(empty)).projects.list()).rejects.toMatchObject({ kind: 'garbage' })
    const page = { object: 'page', data: [], has_more: true, next_page: 'p' }
    await expect((await always(page)).costs({ start_time: 0 })).rejects.toMatchObject({ kind: 'garbage' })
  })

  it.each([{}, { object: 'list' }, { object: 'page', data: [] }, { object: 'list', data: {} }, []])(
    'of the wrong shape: %j',
    async (body) => {
      await expect((await always(body)).projects.list()).rejects.toMatchObject({
        name: 'ApiError',
        kind: 'garbage',
      })
    },
  )
})

describe('never', () => {
  it.each([[[]], [undefined], ['all']])('sends these scopes: %j', async (scopes) => {
    const { admin, server, account } = await demo()
    const { leaked } = account.named
    const change = { scopes } as unknown as { scopes: string[] }
    await expect(admin.projectKeys.update(leaked.project!, leaked.id, change)).rejects.toThrow('never')
    const service = account.serviceAccounts[0]!
    await expect(admin.serviceAccounts.createKey(service.project, service.id, change)).rejects.toThrow(
      'never',
    )
    expect(server.requests).toEqual([])
  })

  it('archives a project, also when somebody calls the transport itself', async () => {
    const { admin, server, account } = await demo()
    const path = `/organization/projects/${account.projects[1]!.id}/archive`
    for (const each of [path, `${path}/`])
      await expect(admin.transport.ask({ method: 'POST', path: each })).rejects.toThrow('never archives')
    expect(server.requests).toEqual([])
    expect(account.misdeeds).toEqual([])
  })

  it('lets an id lead to another route', async () => {
    const { admin, server } = await demo()
    await admin.projectKeys.delete('../../x', 'y/../z').catch(() => {})
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/v1/organization/projects/..%2F..%2Fx/api_keys/y%2F..%2Fz',
    ])
  })
})

describe('errors', () => {
  it('name the call, the status and the code, and no key', async () => {
    const { open, account } = await demo()
    const wrong = openaiKey('sk-admin-', 58, 99)
    const error = await open(wrong)
      .projects.list()
      .catch((e: Error) => e)
    expect(error).toMatchObject({ name: 'ApiError', kind: 'refused', status: 401, code: 'invalid_api_key' })
    expect(String(error)).toBe(
      'ApiError: GET /organization/projects: refused with status 401 (invalid_api_key)',
    )
    const readOnly = open(account.named.readOnlyAdmin.value)
    expect(await readOnly.projects.list()).not.toEqual([])
    await expect(readOnly.projects.create('x')).rejects.toMatchObject({ status: 401, kind: 'refused' })
  })

  it('a new key is sealed', async () => {
    const { admin, account } = await demo()
    const { project, id } = account.serviceAccounts[0]!
    const made = await admin.serviceAccounts.createKey(project, id)
    const value = made.secret.reveal()
    expect(JSON.stringify(made) + String(made.secret)).not.toContain(value.slice(12, 40))
  })
})

describe('redacted values', () => {
  it.each(OPENAI_SHAPES)('match their own key: %s', (_, make) => {
    fc.assert(
      fc.property(fc.nat(5000), (seed) => {
        const key = new Secret(make(seed))
        expect(matchesRedacted(key, redactedValueOf(key))).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it('do not match a key of another length, beginning or end', () => {
    const key = new Secret(openaiKey('sk-proj-', 74, 1))
    const redacted = redactedValueOf(key)
    expect(redacted).toHaveLength(164)
    expect(matchesRedacted(new Secret(openaiKey('sk-proj-', 58, 1)), redacted)).toBe(false)
    expect(matchesRedacted(new Secret(openaiKey('sk-proj-', 74, 2)), redacted)).toBe(false)
    expect(matchesRedacted(key, `${redacted.slice(0, -1)}?`)).toBe(false)
    expect(matchesRedacted(key, '')).toBe(false)
    expect(matchesRedacted(key, '****')).toBe(false)
  })

  it('short forms with dots match by their ends', () => {
    const value = openaiKey('sk-admin-', 58, 3)
    expect(matchesRedacted(new Secret(value), `sk-admin...${value.slice(-3)}`)).toBe(true)
    expect(matchesRedacted(new Secret(value), 'sk-admin...~~~')).toBe(false)
  })
})

describe('small parts', () => {
  it('kinds of keys', () => {
    const kinds = OPENAI_SHAPES.map(([rule, make]) => [rule, kindOfKey(new Secret(make(1)))])
    expect(kinds).toEqual([
      ['openai-legacy-key', 'user'],
      ['openai-project-key', 'project'],
      ['openai-none-key', 'user'],
      ['openai-named-key', 'service-account'],
      ['openai-project-key', 'project'],
      ['openai-service-account-key', 'service-account'],
      ['openai-project-key', 'project'],
      ['openai-service-account-key', 'service-account'],
      ['openai-admin-key', 'admin'],
    ])
  })

  it('queries, as the SDK writes them', () => {
    expect(decodeURIComponent(queryString({ a: 1, b: ['x', 'y'], c: { gte: 5 }, d: undefined }))).toBe(
      '?a=1&b[]=x&b[]=y&c[gte]=5',
    )
  })
})
