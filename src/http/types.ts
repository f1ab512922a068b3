// What the HTTP room takes and gives: a request, and its outcome as data.

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `https:`; `http:` only for a loopback address, and only with `loopback`. */
  readonly url: string
  /** The address as logs may show it, for the few services that take the secret in the path. Default: `url`. */
  readonly shownUrl?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** May be sent again when it is not known whether it arrived. Default: true, but for POST. */
  readonly repeatable?: boolean
  /** True for a server on this machine that the user named: the only case of an address that is not public. */
  readonly loopback?: boolean
  /** An answer that waiting will not change is not asked for again, whatever its status. */
  readonly isFinal?: (answer: HttpAnswer) => boolean
}

/** The server answered; redirects are answers too, nobody follows them. */
export interface HttpAnswer {
  readonly kind: 'answer'
  readonly status: number
  /** Names in lower case; of repeated headers the first. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly attempts: number
}

export const FAILURES = [
  'timeout',
  'name',
  'connection',
  'tls',
  'proxy',
  'too-large',
  'not-public',
  'not-http',
  'interrupted',
] as const

/** No answer that can be read. `reason` is a sentence part for people and holds nothing of the request. */
export interface HttpFailure {
  readonly kind: 'failure'
  readonly code: (typeof FAILURES)[number]
  readonly reason: string
  readonly attempts: number
}

export type HttpOutcome = HttpAnswer | HttpFailure

/** One line of the audit log: what was sent where, never what was in it. */
export interface HttpLogEntry {
  readonly time: string
  readonly method: string
  readonly host: string
  readonly path: string
  readonly attempt: number
  readonly status?: number
  readonly failure?: HttpFailure['code']
  readonly durationMs: number
}

/** Time as the callers need it; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Resolves after `ms`, or at once when the signal aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

export interface HttpOptions {
  /** For one request with all its repetitions, in milliseconds. Default 20 000. */
  readonly timeoutMs?: number
  /** For one attempt, in milliseconds. Default 10 000. */
  readonly attemptMs?: number
  /** Repetitions after a failed connection, 429 or 5xx. Default 2. */
  readonly retries?: number
  /** Requests at a time to one host. Default 4. */
  readonly perHost?: number
  /** Longest body that is read. Default 4 MiB. */
  readonly maxBytes?: number
  /** A server on this machine that gets every request in place of the real ones, for tests. */
  readonly standIn?: string
  readonly log?: (entry: HttpLogEntry) => void
  readonly clock?: Clock
  readonly signal?: AbortSignal
}

export interface Http {
  /** Never throws: trouble on the way is an outcome. */
  readonly send: (request: HttpRequest) => Promise<HttpOutcome>
}
