// A request with its patience: repetitions with back-off inside one time limit, a queue for each host, a log.
import { version } from '../version.ts'
import { type AttemptOutcome, attempt, seconds } from './attempt.ts'
import { systemClock } from './clock.ts'
import type { Http, HttpAnswer, HttpOptions, HttpOutcome, HttpRequest } from './types.ts'

const DEFAULTS = { timeoutMs: 20_000, attemptMs: 10_000, retries: 2, perHost: 4, maxBytes: 4 << 20 }
const FIRST_PAUSE_MS = 500

/** Services see who asks, and where to complain. */
const USER_AGENT = `unleak/${version} (secret verification; +https://www.npmjs.com/package/unleak)`

/** The only door to the network. */
export function createHttp(options: HttpOptions = {}): Http {
  const settings = { ...DEFAULTS, clock: systemClock, ...options }
  const queue = hostQueue(settings.perHost)
  return { send: (request) => queue(hostOf(request.url), () => sendPatiently(request, settings)) }
}

type Settings = typeof DEFAULTS & HttpOptions & Required<Pick<HttpOptions, 'clock'>>

async function sendPatiently(request: HttpRequest, settings: Settings): Promise<HttpOutcome> {
  const { clock, signal } = settings
  const limit = clock.now() + settings.timeoutMs
  for (let attempts = 1; ; attempts++) {
    const left = limit - clock.now()
    const outcome = await sendOnce(request, settings, attempts, Math.min(left, settings.attemptMs))
    const pause =
      attempts > settings.retries ? undefined : pauseAfter(outcome, request, attempts, clock.now())
    if (pause === undefined || signal?.aborted) return { ...outcome, attempts }
    if (clock.now() + pause >= limit) return givenUp({ ...outcome, attempts }, settings.timeoutMs)
    await clock.sleep(pause, signal)
  }
}

/** A time limit spent on repetitions is told as one. */
function givenUp(outcome: HttpOutcome, timeoutMs: number): HttpOutcome {
  if (outcome.kind === 'answer' || outcome.attempts === 1) return outcome
  return { ...outcome, reason: `${outcome.reason}, ${outcome.attempts} times in ${seconds(timeoutMs)}` }
}

async function sendOnce(
  request: HttpRequest,
  { clock, standIn, maxBytes, signal, log }: Settings,
  number: number,
  timeoutMs: number,
): Promise<AttemptOutcome> {
  const started = clock.now()
  const url = new URL(request.url)
  request = { ...request, headers: { 'User-Agent': USER_AGENT, ...request.headers } }
  const limits = { timeoutMs: Math.max(1, timeoutMs), maxBytes, signal }
  const outcome = standIn
    ? await attempt(...standingIn(request, url, standIn), limits)
    : await attempt(request, url, limits)
  const shown = new URL(request.shownUrl ?? request.url)
  log?.({
    time: new Date(started).toISOString(),
    method: request.method,
    host: shown.host,
    path: `${shown.pathname}${shown.search}`,
    attempt: number,
    ...(outcome.kind === 'answer' ? { status: outcome.status } : { failure: outcome.code }),
    durationMs: clock.now() - started,
  })
  return outcome
}

/** The same request for a server on this machine, which learns from `Host` whom it stands for. */
function standingIn(request: HttpRequest, url: URL, standIn: string): [HttpRequest, URL] {
  const there = new URL(url.pathname + url.search, standIn)
  return [{ ...request, loopback: true, headers: { ...request.headers, Host: url.host } }, there]
}

/** Milliseconds to wait before sending again, or undefined: the outcome stands. */
function pauseAfter(
  outcome: AttemptOutcome,
  request: HttpRequest,
  attempts: number,
  now: number,
): number | undefined {
  const { repeatable = request.method !== 'POST' } = request
  const backOff = FIRST_PAUSE_MS * 2 ** (attempts - 1) * (0.75 + Math.random() / 2)
  if (outcome.kind === 'failure') {
    const mayPass = ['timeout', 'connection', 'proxy', 'name'].includes(outcome.code)
    return mayPass && repeatable ? backOff : undefined
  }
  if (request.isFinal?.({ ...outcome, attempts })) return undefined
  const isBusy = outcome.status === 429
  if (!isBusy && !(outcome.status >= 500 && repeatable)) return undefined
  return retryAfter(outcome, now) ?? backOff
}

/** Milliseconds that the server asks for, as a number of seconds or a date. */
export function retryAfter({ headers }: Pick<HttpAnswer, 'headers'>, now: number): number | undefined {
  const text = headers['retry-after']?.trim()
  if (!text) return undefined
  if (/^\d{1,6}(?:\.\d{1,3})?$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** Runs at most `limit` works of one host at a time, in the order they came. */
function hostQueue(limit: number) {
  const hosts = new Map<string, { running: number; waiting: (() => void)[] }>()
  return async <T>(host: string, work: () => Promise<T>): Promise<T> => {
    const state = hosts.get(host) ?? { running: 0, waiting: [] }
    hosts.set(host, state)
    if (state.running >= limit) await new Promise<void>((resolve) => state.waiting.push(resolve))
    else state.running++
    try {
      return await work()
    } finally {
      const next = state.waiting.shift()
      if (next) next()
      else state.running--
    }
  }
}

function hostOf(url: string): string {
  return new URL(url).host
}
