// The stand-in for OpenAI's API on this machine: an account in memory behind real HTTP.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type DemoAccount, type DemoKey, newId } from './account.ts'
import { type Fault, takeFault } from './faults.ts'
import { answer } from './routes.ts'
import { seedAccount } from './seed.ts'
import type { DemoAnswer } from './troubles.ts'

/** A request as it came, without the key. */
export interface SeenRequest {
  readonly method: string
  readonly host: string
  /** Path and query. */
  readonly path: string
  readonly userAgent: string
  /** Id of the key that asked; undefined: none of the account's. */
  readonly key: string | undefined
  readonly body: Readonly<Record<string, unknown>>
}

export interface DemoServer {
  /** To be given as the API's address: `http://127.0.0.1:PORT/v1`. */
  readonly url: string
  readonly account: DemoAccount
  /** Add to it what shall go wrong. */
  readonly faults: Fault[]
  readonly requests: SeenRequest[]
  readonly close: () => Promise<void>
}

export interface DemoOptions {
  /** Default: any that is free. */
  readonly port?: number
  /** Default: the seeded one. */
  readonly account?: DemoAccount
  readonly faults?: readonly Fault[]
}

/** Starts the server on this machine; nothing else can reach it. */
export async function startDemoServer(options: DemoOptions = {}): Promise<DemoServer> {
  const { port = 0, account = seedAccount() } = options
  const faults = [...(options.faults ?? [])]
  const requests: SeenRequest[] = []
  const server = createServer((request, response) => {
    serve(request, response, { account, faults, requests }).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: actual } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${actual}/v1`, account, faults, requests, close: () => close(server) }
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}

type State = Pick<DemoServer, 'account' | 'faults' | 'requests'>

const MOST_BODY = 1 << 20

async function serve(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const method = request.method ?? 'GET'
  const body = parseBody(await readBody(request))
  const { authorization } = request.headers
  const caller = state.account.keys.find(({ value }) => authorization === `Bearer ${value}`)
  const key = caller?.id
  const host = request.headers.host ?? ''
  const userAgent = request.headers['user-agent'] ?? ''
  state.requests.push({ method, host, path: url.pathname + url.search, userAgent, key, body })
  const path = url.pathname.replace(/^\/v1(?=\/)/, '')
  const fault = takeFault(state.faults, `${method} ${path}`)
  if (fault && (await suffer(fault, response))) return
  const organization = request.headers['openai-organization'] as string | undefined
  const asked = { method, path, host, query: url.searchParams, authorization, organization, body }
  reply(response, answer(state.account, asked), state.account, caller)
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) {
    text += part
    if (text.length > MOST_BODY) throw new Error('too long')
  }
  return text
}

function parseBody(text: string): Record<string, unknown> {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return { unreadable: true }
  }
}

function reply(
  response: ServerResponse,
  { status, headers, body }: DemoAnswer,
  account: DemoAccount,
  caller: DemoKey | undefined,
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-request-id': newId(account, 'req'),
    'openai-version': '2020-10-01',
    ...(caller ? { 'openai-organization': caller.organization ?? account.organization } : {}),
    ...headers,
  })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

const HTML =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in to continue.</body></html>'

/** Does what the fault says; false: the right answer follows. */
async function suffer(fault: Fault, response: ServerResponse): Promise<boolean> {
  const { status, location = 'http://127.0.0.1:9/elsewhere', retryAfter, delayMs = 200 } = fault
  const json = { 'content-type': 'application/json' }
  const wait = retryAfter === undefined ? json : { ...json, 'retry-after': String(retryAfter) }
  const error = (message: string) =>
    JSON.stringify({ error: { message, type: 'server_error', param: null, code: null } })
  switch (fault.kind) {
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, delayMs))
      return false
    case 'silence':
      return true
    case 'drop':
      response.destroy()
      return true
    case 'not-http':
      response.socket?.end('hello, this is not HTTP\r\n')
      return true
    case 'cut':
      response.writeHead(200, { ...json, 'content-length': '5000' })
      response.write('{"object": "list", "data": [')
      setTimeout(() => response.destroy(), 20)
      return true
    case 'endless':
      pour(response)
      return true
    case 'redirect':
      response.writeHead(status ?? 302, { location }).end()
      return true
    case 'html':
      response.writeHead(status ?? 200, { 'content-type': 'text/html' }).end(HTML)
      return true
    case 'garbage':
      response.writeHead(status ?? 200, json).end('\u0000\u0001{]not json at all')
      return true
    case 'empty':
      response.writeHead(status ?? 200, json).end()
      return true
    case 'busy':
      response.writeHead(status ?? 429, wait).end(error('Too many requests.'))
      return true
    case 'error':
      response.writeHead(status ?? 500, wait).end(error('The server had an error.'))
      return true
  }
}

/** Writes for as long as the other side reads. */
function pour(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const part = `"${'x'.repeat(65_534)}",`
  const more = () => {
    while (!response.destroyed && response.write(part));
  }
  response.on('drain', more)
  response.write('{"object":"list","data":[')
  more()
}
