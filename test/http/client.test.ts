// The one door to the network: repetitions, limits, queues and the log, over real HTTP on this machine.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHttp, type HttpLogEntry, type HttpOptions, type HttpRequest } from '../../src/http/index.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void
let handlers: Handler[] = []
let seen: string[] = []
const server = createServer((request, response) => {
  seen.push(`${request.method} ${request.url}`)
  const handle = handlers.length > 1 ? handlers.shift() : handlers[0]
  handle?.(request, response)
})
let origin: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  handlers = []
  seen = []
})

const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    response.writeHead(code, headers).end('{}')
const drop: Handler = (request) => request.socket.destroy()

/** A clock that only moves when somebody sleeps, and what was slept. */
function fakeClock() {
  let now = 1_000_000
  const slept: number[] = []
  const sleep = async (ms: number) => {
    slept.push(ms)
    now += ms
  }
  return { clock: { now: () => now, sleep }, slept }
}

function send(options: HttpOptions = {}, request: Partial<HttpRequest> = {}) {
  const whole = { method: 'GET', url: `${origin}/x`, loopback: true, ...request } as const
  return createHttp({ clock: fakeClock().clock, ...options }).send(whole)
}

describe('repetitions', () => {
  it('a dropped connection, 5xx and 429 are tried again, twice at most', async () => {
    handlers = [drop, status(503), status(200)]
    expect(await send()).toMatchObject({ kind: 'answer', status: 200, attempts: 3 })
    handlers = [status(500)]
    expect(await send()).toMatchObject({ kind: 'answer', status: 500, attempts: 3 })
  })

  it('4xx stand, and so do final answers', async () => {
    handlers = [status(401)]
    expect(await send()).toMatchObject({ status: 401, attempts: 1 })
    handlers = [status(429)]
    expect(await send({}, { isFinal: () => true })).toMatchObject({ status: 429, attempts: 1 })
  })

  it('what may have made something is not sent twice; a refusal for haste is', async () => {
    handlers = [drop]
    expect(await send({}, { method: 'POST', body: '{}' })).toMatchObject({ kind: 'failure', attempts: 1 })
    handlers = [status(503)]
    expect(await send({}, { method: 'POST', body: '{}' })).toMatchObject({ status: 503, attempts: 1 })
    handlers = [status(429), status(200)]
    expect(await send({}, { method: 'POST', body: '{}' })).toMatchObject({ status: 200, attempts: 2 })
  })

  it('waits longer each time, or as long as the server says', async () => {
    const { clock, slept } = fakeClock()
    handlers = [status(503)]
    await send({ clock })
    expect(slept).toHaveLength(2)
    expect(slept[0]).toBeGreaterThanOrEqual(375)
    expect(slept[1]).toBeGreaterThan(slept[0]! * 1.1)
    handlers = [
      status(429, { 'retry-after': '7' }),
      status(429, { 'retry-after': new Date(clock.now() + 16_000).toUTCString() }),
      status(200),
    ]
    await send({ clock, timeoutMs: 60_000 })
    expect(slept[2]).toBe(7000)
    expect(slept[3]).toBeLessThanOrEqual(9000)
  })

  it('never longer than the time limit', async () => {
    const { clock, slept } = fakeClock()
    handlers = [status(429, { 'retry-after': '21' })]
    expect(await send({ clock, timeoutMs: 20_000 })).toMatchObject({ status: 429, attempts: 1 })
    expect(slept).toEqual([])
  })
})

describe('limits', () => {
  it('at most four at a time to one host, in order', async () => {
    let running = 0
    let most = 0
    handlers = [
      (_, response) => {
        most = Math.max(most, ++running)
        setTimeout(() => {
          running--
          response.end('{}')
        }, 20)
      },
    ]
    const http = createHttp()
    const one = (i: number) => http.send({ method: 'GET', url: `${origin}/${i}`, loopback: true })
    await Promise.all(Array.from({ length: 12 }, (_, i) => one(i)))
    expect(most).toBe(4)
    expect(seen).toHaveLength(12)
  })

  it('a body one byte too long is no answer', async () => {
    handlers = [(_, response) => response.end('x'.repeat(101))]
    expect(await send({ maxBytes: 101 })).toMatchObject({ kind: 'answer' })
    expect(await send({ maxBytes: 100 })).toMatchObject({ kind: 'failure', code: 'too-large', attempts: 1 })
  })

  it('an interruption ends it', async () => {
    const interrupt = new AbortController()
    handlers = [() => interrupt.abort()]
    expect(await send({ signal: interrupt.signal })).toMatchObject({ code: 'interrupted', attempts: 1 })
  })
})

describe('where it goes', () => {
  const refused = [
    'http://api.example.com/',
    'https://127.0.0.1/',
    'https://localhost/',
    'https://[::1]/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest/meta-data',
    'https://[fd00::1]/',
    'https://[::ffff:192.168.0.1]/',
    'https://0.0.0.0/',
  ]
  it.each(refused)('not to %s', async (url) => {
    expect(await createHttp().send({ method: 'GET', url })).toMatchObject({
      kind: 'failure',
      code: 'not-public',
    })
  })

  it('`loopback` opens this machine, and nothing else', async () => {
    expect(await send({}, { url: 'https://example.com/' })).toMatchObject({ code: 'not-public' })
  })

  it('redirects are answers', async () => {
    handlers = [status(302, { location: `${origin}/secret` })]
    expect(await send()).toMatchObject({ status: 302 })
    expect(seen).toEqual(['GET /x'])
  })
})

describe('the log', () => {
  it('one entry an attempt, without headers, bodies, or the secret in a path', async () => {
    const entries: HttpLogEntry[] = []
    handlers = [status(503), drop, status(200)]
    const request = {
      url: `${origin}/hook/s3cr3t`,
      shownUrl: `${origin}/hook/…`,
      headers: { Authorization: 's3cr3t' },
    }
    await send({ log: (entry) => entries.push(entry) }, request)
    expect(entries.map(({ attempt, status, failure }) => [attempt, status ?? failure])).toEqual([
      [1, 503],
      [2, 'connection'],
      [3, 200],
    ])
    expect(JSON.stringify(entries)).not.toContain('s3cr3t')
    expect(entries[0]).toMatchObject({
      method: 'GET',
      host: new URL(origin).host,
      time: '1970-01-01T00:16:40.000Z',
    })
  })
})
