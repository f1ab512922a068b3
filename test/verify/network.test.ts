// What networks do to a check: whatever comes back that is not the service's own word is `unknown`, in time.
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer as createPlain, type Server } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { FAULT_KINDS, type Fault, startDemoServer } from '../../src/demo/index.ts'
import { BIN, type JsonReport, unleakAsync } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { leaksBeyond } from '../helpers/leaks.ts'
import { cleanEnv, tempFolder } from '../helpers/repo.ts'
import { findingOf, testAccount } from './keys.ts'

/** Runs the command on one live key behind these faults. */
async function verifyBehind(faults: readonly Fault[], args: readonly string[] = ['--timeout', '1']) {
  const { account, add } = testAccount()
  const key = add('service-account')
  const server = await startDemoServer({ account, faults })
  const env = { UNLEAK_OPENAI_BASE_URL: server.url, MY_KEY: key.value }
  const run = await unleakAsync(['verify', '--env', 'MY_KEY', '--format', 'json', ...args], tempFolder(), {
    env,
  })
  await server.close()
  const { verdict, secret } = findingOf(JSON.parse(run.stdout) as JsonReport, key.value)
  expect(leaksBeyond(run.stdout + run.stderr, key.value, secret.redacted)).toEqual([])
  return { run, verdict, requests: server.requests }
}

const REASONS: Readonly<Record<Exclude<Fault['kind'], 'slow'>, RegExp>> = {
  drop: /^no answer: the connection broke off/,
  cut: /^no answer: the connection broke off/,
  garbage: /proxy or gateway/,
  html: /proxy or gateway/,
  empty: /proxy or gateway/,
  redirect: /leads to another place/,
  endless: /^no answer: the answer is larger than 4096 KiB/,
  silence: /^no answer: no whole answer within 1 s/,
  'not-http': /^no answer: the answer is not HTTP/,
  busy: /does not know \(status 429\)/,
  error: /does not know \(status 500\)|out of order/,
}

describe('trouble on the way', () => {
  it.concurrent.each(FAULT_KINDS.filter((kind) => kind !== 'slow'))(
    '%s: unknown, with a reason, in time',
    async (kind) => {
      const { verdict, run } = await verifyBehind([{ kind }])
      expect(verdict).toMatchObject({ state: 'unknown', reason: expect.stringMatching(REASONS[kind]) })
      expect(run.status).toBe(2)
    },
  )

  it('what calls itself a list and has no entries is not taken for OpenAI', async () => {
    const server = createPlain((_, response) => {
      response.setHeader('content-type', 'application/json').end('{"object":"list","data":5}')
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const env = {
      UNLEAK_OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      MY_KEY: openaiKey('sk-proj-', 74, 7),
    }
    const run = await unleakAsync(['verify', '--env', 'MY_KEY'], tempFolder(), { env })
    server.close()
    expect(run).toMatchObject({ status: 2, stdout: expect.stringContaining('Could not be found out') })
  })

  it('a redirect is not followed: the other host hears nothing', async () => {
    const heard: string[] = []
    const other = createPlain((request, response) => {
      heard.push(request.url ?? '')
      response.end('{"object":"list","data":[]}')
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/v1/models`
    for (const status of [301, 302, 307, 308]) {
      const { verdict } = await verifyBehind([{ kind: 'redirect', location, status }])
      expect(verdict.state).toBe('unknown')
    }
    other.close()
    expect(heard).toEqual([])
  })

  it('Ctrl-C ends it at once, with status 130', async () => {
    const { account, add } = testAccount()
    const key = add('project')
    const server = await startDemoServer({ account, faults: [{ kind: 'silence' }] })
    const env = cleanEnv({ UNLEAK_OPENAI_BASE_URL: server.url, MY_KEY: key.value })
    const child = spawn(process.execPath, [BIN, 'verify', '--env', 'MY_KEY', '--timeout', '600'], { env })
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    child.kill('SIGINT')
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(130)
    await server.close()
  })

  it('what passes is asked again: dropped, then busy, then an answer', async () => {
    const faults: Fault[] = [
      { kind: 'drop', times: 1 },
      { kind: 'busy', times: 1, retryAfter: 0 },
    ]
    const { verdict, requests } = await verifyBehind(faults, [])
    expect(verdict.state).toBe('live')
    expect(requests).toHaveLength(3)
  })

  it('a server that asks for more patience than there is gets one request', async () => {
    const { verdict, requests } = await verifyBehind([{ kind: 'busy', retryAfter: 3600 }])
    expect(verdict.state).toBe('unknown')
    expect(requests).toHaveLength(1)
  })
})

describe('where keys may go', () => {
  const refused = [
    'http://example.com/v1',
    'ftp://127.0.0.1/v1',
    'http://10.0.0.1/v1',
    'nonsense',
    'https://u:p@127.0.0.1/',
  ]
  it.each(refused)('not to %s', async (url) => {
    const { add } = testAccount()
    const env = { UNLEAK_OPENAI_BASE_URL: url, MY_KEY: add('project').value }
    const run = await unleakAsync(['verify', '--env', 'MY_KEY'], tempFolder(), { env })
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr).toContain('Nothing was sent')
  })

  it('not to a stand-in that is not on this machine', async () => {
    const env = { UNLEAK_STAND_IN: 'https://example.com', MY_KEY: testAccount().add('project').value }
    const run = await unleakAsync(['verify', '--env', 'MY_KEY'], tempFolder(), { env })
    expect(run).toMatchObject({ status: 2, stdout: '' })
  })

  it('OPENAI_BASE_URL does not count: it is whoever wrote the repository that sets it', async () => {
    const { account, add } = testAccount()
    const key = add('project')
    const server = await startDemoServer({ account })
    const env = {
      OPENAI_BASE_URL: server.url,
      UNLEAK_STAND_IN: new URL(server.url).origin,
      MY_KEY: key.value,
    }
    const run = await unleakAsync(['verify', '--env', 'MY_KEY'], tempFolder(), { env })
    await server.close()
    expect(run.status).toBe(1)
    expect(server.requests.map(({ host }) => host)).toEqual(['api.openai.com'])
    expect(run.stderr).toContain('UNLEAK_STAND_IN is set')
  })

  it('a key of a region is asked about once more, at that region only', async () => {
    const { account, add } = testAccount()
    const key = add('project', { region: 'us.api.openai.com' })
    const server = await startDemoServer({ account })
    const env = { UNLEAK_STAND_IN: new URL(server.url).origin, MY_KEY: key.value }
    const run = await unleakAsync(['verify', '--env', 'MY_KEY'], tempFolder(), { env })
    await server.close()
    expect(server.requests.map(({ host }) => host)).toEqual(['api.openai.com', 'us.api.openai.com'])
    expect(run.stdout.replace(/\s+/g, ' ')).toContain('OpenAI accepted it (at us.api.openai.com)')
    expect(run.stderr.replace(/\s+/g, ' ')).toContain(
      'once more at us.api.openai.com or eu.api.openai.com or ae.api.openai.com, if OpenAI says that it belongs there',
    )
  })

  it('not to an address that is not on the list, whoever names it', async () => {
    const { account, add } = testAccount()
    const key = add('project', { region: 'eu.api.openai.com.example.org' })
    const server = await startDemoServer({ account })
    const env = { UNLEAK_STAND_IN: new URL(server.url).origin, MY_KEY: key.value }
    const run = await unleakAsync(['verify', '--env', 'MY_KEY'], tempFolder(), { env })
    await server.close()
    expect(server.requests.map(({ host }) => host)).toEqual(['api.openai.com'])
    expect(run.stdout.replace(/\s+/g, ' ')).toContain('not known here, so it was sent nowhere else')
  })

  it('an admin key of a region is used at that region', async () => {
    const { account, add } = testAccount()
    account.spendLimit = 4000
    const key = add('admin', { region: 'eu.api.openai.com' })
    const server = await startDemoServer({ account })
    const env = { UNLEAK_STAND_IN: new URL(server.url).origin, OPENAI_ADMIN_KEY: key.value }
    const run = await unleakAsync(['health', '--check', 'limits', '--verbose'], tempFolder(), { env })
    await server.close()
    expect(run.stdout).toContain('stops at $40.00 a month')
    expect(new Set(server.requests.map(({ host }) => host))).toEqual(
      new Set(['api.openai.com', 'eu.api.openai.com']),
    )
    expect(server.requests.at(-1)?.host).toBe('eu.api.openai.com')
  })

  it('to the address of a region that the user names, which is OpenAI', async () => {
    const env = {
      UNLEAK_OPENAI_BASE_URL: 'https://eu.api.openai.com/v1',
      MY_KEY: testAccount().add('project').value,
    }
    const run = await unleakAsync(['verify', '--env', 'MY_KEY', '--dry-run'], tempFolder(), { env })
    expect(run.stderr).toContain('OpenAI keys go to https://eu.api.openai.com/v1.')
    expect(run.stderr + run.stdout).toContain('eu.api.openai.com: GET /v1/models')
  })
})

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version']).length > 0
  } catch {
    return false
  }
})()

describe.skipIf(!hasOpenssl)('proxies from the environment', () => {
  const servers: Server[] = []
  afterAll(() => {
    for (const server of servers) server.close()
  })
  const listen = async (server: Server) => {
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }

  /** A certificate for api.openai.com that only this test's processes trust. */
  function certificate(folder: string) {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=api.openai.com', '-addext', 'subjectAltName=DNS:api.openai.com']
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...subject], {
      stdio: 'ignore',
    })
    return { key: readFileSync(key), cert: readFileSync(cert), file: cert }
  }

  it('TLS runs through the tunnel end to end; the proxy sees host and port', async () => {
    const folder = tempFolder()
    const pair = certificate(folder)
    const { account, add } = testAccount()
    const key = add('project')
    const demo = await startDemoServer({ account })
    const openai = createSecure(pair, (request, response) => {
      const to = { port: new URL(demo.url).port, host: '127.0.0.1' }
      const lines = [
        `${request.method} ${request.url} HTTP/1.1`,
        `Host: ${request.headers.host}`,
        'Connection: close',
      ]
      const socket = connect(Number(to.port), to.host)
      socket.end(`${lines.join('\r\n')}\r\nAuthorization: ${request.headers.authorization}\r\n\r\n`)
      socket.pipe(response.socket!)
    })
    const target = await listen(openai as unknown as Server)
    const asked: string[] = []
    const proxy = createPlain()
    proxy.on('connect', (request, socket) => {
      asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`)
      const through = connect(target, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        through.pipe(socket)
        socket.pipe(through)
      })
      socket.on('error', () => through.destroy())
      through.on('error', () => socket.destroy())
    })
    const port = await listen(proxy)
    const env = {
      HTTPS_PROXY: `http://ada:secret@127.0.0.1:${port}`,
      NODE_EXTRA_CA_CERTS: pair.file,
      MY_KEY: key.value,
    }
    const run = await unleakAsync(['verify', '--env', 'MY_KEY'], folder, { env })
    await demo.close()
    expect(run.stdout.replace(/\s+/g, ' ')).toContain('OpenAI accepted it')
    expect(asked).toEqual([`api.openai.com:443 Basic ${Buffer.from('ada:secret').toString('base64')}`])
  })

  it.each([401, 403, 407])('a proxy that answers %i itself tells nothing about the key', async (status) => {
    const proxy = createPlain()
    proxy.on('connect', (_, socket) => {
      const body = '{"error":{"message":"Incorrect API key provided","type":null,"code":"invalid_api_key"}}'
      socket.end(
        `HTTP/1.1 ${status} No\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      )
    })
    const env = {
      HTTPS_PROXY: `http://127.0.0.1:${await listen(proxy)}`,
      MY_KEY: testAccount().add('project').value,
    }
    const run = await unleakAsync(['verify', '--env', 'MY_KEY', '--timeout', '1'], tempFolder(), { env })
    expect(run.status).toBe(2)
    expect(run.stdout.replace(/\s+/g, ' ')).toContain(`the proxy refused the connection (status ${status})`)
  })

  it('a certificate nobody vouches for: no secret is sent', async () => {
    const folder = tempFolder()
    let heard = 0
    const port = await listen(createSecure(certificate(folder), () => heard++) as unknown as Server)
    const proxy = createPlain()
    proxy.on('connect', (_, socket) => {
      const through = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        through.pipe(socket).pipe(through)
      })
      socket.on('error', () => through.destroy())
      through.on('error', () => socket.destroy())
    })
    const env = {
      HTTPS_PROXY: `http://127.0.0.1:${await listen(proxy)}`,
      MY_KEY: testAccount().add('project').value,
    }
    const run = await unleakAsync(['verify', '--env', 'MY_KEY'], folder, { env })
    expect(run.stdout.replace(/\s+/g, ' ')).toContain('no secure connection')
    expect(heard).toBe(0)
  })
})
