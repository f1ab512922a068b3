// One request, sent once: connects, reads a body of limited size, and turns every trouble into an outcome.
import { type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP } from 'node:net'
import { isLoopbackHost, isPublicAddress, NOT_PUBLIC, publicLookup } from './address.ts'
import { ProxyError, proxyFor, tunnel } from './proxy.ts'
import type { HttpAnswer, HttpFailure, HttpRequest } from './types.ts'

export interface AttemptLimits {
  readonly timeoutMs: number
  readonly maxBytes: number
  readonly signal: AbortSignal | undefined
}

export type AttemptOutcome = Omit<HttpAnswer, 'attempts'> | Omit<HttpFailure, 'attempts'>

const failure = (code: HttpFailure['code'], reason: string): AttemptOutcome => ({
  kind: 'failure',
  code,
  reason,
})

/** Sends `request` to `url`, which is its own address or that of a stand-in. */
export async function attempt(
  request: HttpRequest,
  url: URL,
  limits: AttemptLimits,
): Promise<AttemptOutcome> {
  const refusal = refuse(request, url)
  if (refusal) return refusal
  const timeout = AbortSignal.timeout(limits.timeoutMs)
  const signal = limits.signal ? AbortSignal.any([timeout, limits.signal]) : timeout
  try {
    const answer = await exchange(request, url, signal)
    return await read(answer, limits.maxBytes)
  } catch (error) {
    if (limits.signal?.aborted) return failure('interrupted', 'interrupted')
    if (timeout.aborted) return failure('timeout', `no whole answer within ${seconds(limits.timeoutMs)}`)
    return explain(error as NodeJS.ErrnoException)
  }
}

/** Only TLS to public hosts; plain HTTP and this machine only where the user named them. */
function refuse(request: HttpRequest, url: URL): AttemptOutcome | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (request.loopback) {
    if (isLoopbackHost(host) && /^https?:$/.test(url.protocol)) return undefined
    return failure('not-public', 'the address given for tests is not one of this machine')
  }
  if (url.protocol !== 'https:') return failure('not-public', 'the address is not https')
  if (isLoopbackHost(host) || (isIP(host) !== 0 && !isPublicAddress(host)))
    return failure('not-public', 'the address is not a public one')
  return undefined
}

async function exchange(request: HttpRequest, url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const proxy = request.loopback ? undefined : proxyFor(url)
  const options: RequestOptions = {
    method: request.method,
    headers: { ...request.headers, ...lengthOf(request.body), Connection: 'close' },
    signal,
  }
  if (proxy) {
    const socket = await tunnel(proxy, url, signal)
    options.createConnection = () => socket
  } else {
    options.agent = false
    if (!request.loopback) options.lookup = publicLookup
  }
  const send = url.protocol === 'https:' ? secureRequest : plainRequest
  return await new Promise((resolve, reject) => {
    const sent = send(url, options)
    sent.once('response', resolve)
    sent.on('error', reject)
    sent.end(request.body)
  })
}

function lengthOf(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
}

async function read(answer: IncomingMessage, maxBytes: number): Promise<AttemptOutcome> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length
    if (size > maxBytes) {
      answer.destroy()
      return failure('too-large', `the answer is larger than ${Math.round(maxBytes / 1024)} KiB`)
    }
    parts.push(part)
  }
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value[0]! : value
  return {
    kind: 'answer',
    status: answer.statusCode ?? 0,
    headers,
    body: Buffer.concat(parts).toString('utf8'),
  }
}

/** By the error's code alone: its message may quote the request. */
function explain(error: NodeJS.ErrnoException): AttemptOutcome {
  const { code = '' } = error
  if (error instanceof ProxyError) return failure('proxy', error.message)
  if (code === NOT_PUBLIC) return failure('not-public', 'its name leads to an address that is not public')
  if (/^(ENOTFOUND|EAI_\w+|ENODATA)$/.test(code))
    return failure('name', `its name can't be resolved (${code})`)
  if (/^HPE_/.test(code)) return failure('not-http', 'the answer is not HTTP')
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/.test(code))
    return failure('tls', `no secure connection (${code})`)
  if (code === 'ECONNREFUSED') return failure('connection', 'the connection was refused')
  return failure('connection', `the connection broke off${/^E[A-Z_]+$/.test(code) ? ` (${code})` : ''}`)
}

export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`
}
