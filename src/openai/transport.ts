// One call of OpenAI's API: the key in its header, the answer as JSON, and the two calls that are never made.
import { createHttp, type Http, type HttpAnswer, type HttpOutcome, isLoopbackHost } from '../http/index.ts'
import type { Secret } from '../model/index.ts'
import { ApiError } from './api-error.ts'
import { checkBaseUrl, OPENAI_URL } from './base-url.ts'
import { type ErrorBody, errorOf, parse } from './error-body.ts'
import { type Answered, followRegion, isWrongRegion, regionIn } from './region.ts'

export interface OpenAIOptions {
  readonly key: Secret
  /** Default: OpenAI's own. Only https, or an address of this machine. */
  readonly baseUrl?: string
  /** Sent as `OpenAI-Organization`; for keys that belong to several. */
  readonly organization?: string
  /** Limits, clock, log and interruption live in it. */
  readonly http?: Http
}

export type Query = Readonly<Record<string, unknown>>

export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly query?: Query
  readonly body?: Readonly<Record<string, unknown>>
}

export interface Transport {
  readonly baseUrl: string
  /** The outcome as it came, and from where: for verdicts, which read refusals too. */
  readonly ask: (call: Call) => Promise<Answered>
  /** The answer's JSON, checked to be the `object` that was asked for. Throws ApiError. */
  readonly get: <T>(call: Call, object: string) => Promise<T>
}

export function openTransport({ key, baseUrl, organization, http = createHttp() }: OpenAIOptions): Transport {
  const base = baseUrl === undefined ? OPENAI_URL : checkBaseUrl(baseUrl)
  const loopback = isLoopbackHost(new URL(base).hostname)
  const askAt = async (url: string, { method, path, query, body }: Call) => {
    refuseDangerous(path, body)
    return await http.send({
      method,
      url: `${url}${path}${queryString(query)}`,
      loopback,
      headers: {
        Authorization: `Bearer ${key.reveal()}`,
        Accept: 'application/json',
        ...(organization ? { 'OpenAI-Organization': organization } : {}),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      isFinal: isBillingRefusal,
    })
  }
  const ask = followRegion(base, askAt)
  const get = async <T>(call: Call, object: string) => read<T>((await ask(call)).outcome, call, object)
  return { baseUrl: base, ask, get }
}

/** An empty list of scopes means all of them, and an archived project never comes back: neither leaves this house. */
function refuseDangerous(path: string, body: Call['body']): void {
  if (/\/archive\/?$/.test(path)) throw new Error('unleak never archives a project')
  if (body && 'scopes' in body && !(Array.isArray(body.scopes) && body.scopes.length > 0))
    throw new Error('unleak never sends an empty list of scopes: it would grant all of them')
}

/** Lists with brackets and nested names, as OpenAI's own SDK writes them. */
export function queryString(query: Query = {}): string {
  const search = new URLSearchParams()
  const add = (name: string, value: unknown): void => {
    if (value === undefined || value === null) return
    if (Array.isArray(value)) for (const item of value) add(`${name}[]`, item)
    else if (typeof value === 'object')
      for (const [key, item] of Object.entries(value)) add(`${name}[${key}]`, item)
    else search.append(name, String(value))
  }
  for (const [name, value] of Object.entries(query)) add(name, value)
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** Waiting does not restore access after a refusal for money. */
export function isBillingRefusal({ status, body }: HttpAnswer): boolean {
  const error = status === 429 ? errorOf(body) : undefined
  return (
    error !== undefined && /quota|billing|credit|spend_limit|usage_limit/.test(`${error.type} ${error.code}`)
  )
}

function read<T>(outcome: HttpOutcome, { method, path }: Call, object: string): T {
  const name = `${method} ${path}`
  if (outcome.kind === 'failure') throw new ApiError('no-answer', `${name}: ${outcome.reason}`)
  const { status } = outcome
  const requestId = outcome.headers['x-request-id']
  const content = parse(outcome.body)
  if (status >= 200 && status < 300) {
    if ((content as { object?: unknown } | null | undefined)?.object === object) return content as T
    throw new ApiError('garbage', `${name}: the answer is not what OpenAI sends`, { status, requestId })
  }
  const error = errorOf(outcome.body)
  if (error === undefined)
    throw new ApiError('garbage', `${name}: status ${status}, without OpenAI's own error`, {
      status,
      requestId,
    })
  throw new ApiError('refused', `${name}: ${refusalWords(error, status)}`, {
    ...error,
    status,
    requestId,
  })
}

function refusalWords(error: ErrorBody, status: number): string {
  if (isWrongRegion(error)) {
    const region = regionIn(error.message)
    return `this key is of another region${region ? ` and works at ${region} only` : ', at an address that is not known here; it was sent nowhere else'}`
  }
  return `refused with status ${status} (${error.code ?? error.type ?? plainWords(error.message)})`
}

/** The first words of a foreign message, without anything that could be a key. */
export function plainWords(message: string): string {
  const words = message
    .split(/\s+/)
    .filter((word) => /^[A-Za-z'’.,:;()_-]{1,24}$/.test(word) || /^\d{1,4}$/.test(word))
  return (
    words
      .slice(0, 16)
      .join(' ')
      .replace(/[.:;,]+$/, '') || 'no reason given'
  )
}
