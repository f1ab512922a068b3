// Only OpenAI's own listed addresses are believed, whatever else a message holds.
import { afterEach, describe, expect, it } from 'vitest'
import { type DemoServer, seedAccount, startDemoServer } from '../../src/demo/index.ts'
import { createHttp } from '../../src/http/index.ts'
import { Secret } from '../../src/model/index.ts'
import { createOpenAI } from '../../src/openai/index.ts'
import { regionIn } from '../../src/openai/region.ts'

describe('the address that a message names', () => {
  it.each([
    ['Use us.api.openai.com instead.', 'us.api.openai.com'],
    ['Use https://eu.api.openai.com/v1.', 'eu.api.openai.com'],
    ['(ae.api.openai.com)', 'ae.api.openai.com'],
  ])('%s', (message, host) => expect(regionIn(message)).toBe(host))

  it.each([
    'jp.api.openai.com',
    'api.openai.com',
    'eu.api.openai.com.example.org',
    'eu.api.openai.community',
    'xeu.api.openai.com',
    'evil-eu.api.openai.com',
    'a.eu.api.openai.com',
    'eu-api-openai-com',
  ])('not %s', (host) => expect(regionIn(`Use ${host} instead.`)).toBeUndefined())
})

describe('calls for the account', () => {
  let server: DemoServer | undefined
  afterEach(async () => await server?.close())

  async function admin(region: string) {
    const account = seedAccount()
    const key = { ...account.named.admin, region }
    account.keys.splice(account.keys.indexOf(account.named.admin), 1, key)
    server = await startDemoServer({ account })
    const http = createHttp({ standIn: new URL(server.url).origin })
    return createOpenAI({ key: new Secret(key.value), http })
  }
  const asked = () => server?.requests.map(({ host, method, path }) => `${host} ${method} ${path}`)

  it('go to the region once it is named, the refused one again, all later ones at once', async () => {
    const client = await admin('eu.api.openai.com')
    await client.spendLimit.set('organization', 2000)
    await client.spendLimit.get('organization')
    expect(asked()?.map((each) => each.split(' ').slice(0, 2).join(' '))).toEqual([
      'api.openai.com POST',
      'eu.api.openai.com POST',
      'eu.api.openai.com GET',
    ])
  })

  it('go nowhere else, and the error says why', async () => {
    const client = await admin('eu.api.openai.com.example.org')
    await expect(client.projects.list()).rejects.toThrow(
      'this key is of another region, at an address that is not known here; it was sent nowhere else',
    )
    expect(server?.requests.map(({ host }) => host)).toEqual(['api.openai.com'])
  })
})
