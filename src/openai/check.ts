// Asks OpenAI about one key, with the key itself, at the one free route that fits its kind; answers a verdict.
import type { Clock, Http, HttpAnswer, HttpOutcome } from '../http/index.ts'
import { systemClock } from '../http/index.ts'
import type { Secret, Verdict, VerdictState } from '../model/index.ts'
import { type ErrorBody, errorOf, parse } from './error-body.ts'
import { type KeyKind, kindOfKey, startsAndEndsLike } from './key.ts'
import { isWrongRegion, regionIn } from './region.ts'
import { type Call, openTransport } from './transport.ts'
import { type Cause, ROWS, type Row } from './verdict-table.ts'

/** A verdict with what else the answer told. */
export interface KeyCheck extends Verdict {
  readonly state: Exclude<VerdictState, 'unchecked'>
  readonly reason: string
  readonly checkedAt: string
  readonly kind: KeyKind
  readonly cause?: Cause
  /** OpenAI's own code. */
  readonly code?: string
  /** Permissions that the key lacks, such as `api.model.read`. */
  readonly missingScopes?: readonly string[]
  /** The regional host that the key belongs to. */
  readonly region?: string
  /** The organization, as OpenAI's headers name it: a hint whose key it is. */
  readonly organization?: string
  readonly requestId?: string
}

export interface CheckOptions {
  readonly http: Http
  /** Default: OpenAI's own. */
  readonly baseUrl?: string
  readonly organization?: string
  readonly clock?: Clock
}

/** The free route that tells whether a key of this kind is alive. */
export function routeOf(kind: KeyKind): Call {
  return kind === 'admin'
    ? { method: 'GET', path: '/organization/admin_api_keys', query: { limit: 1 } }
    : { method: 'GET', path: '/models' }
}

/** Is this key alive, and if not, why? Never throws for what the network does. */
export async function checkKey(key: Secret, options: CheckOptions): Promise<KeyCheck> {
  return await ask(key, options, routeOf(kindOfKey(key)), 'list')
}

/** Can this key spend? The only sure test of billing; costs less than a hundredth of a cent. For one's own keys. */
export async function checkSpending(key: Secret, model: string, options: CheckOptions): Promise<KeyCheck> {
  const body = { model, input: 'ping', max_output_tokens: 16 }
  return await ask(key, options, { method: 'POST', path: '/responses', body }, 'response')
}

async function ask(key: Secret, options: CheckOptions, call: Call, object: string): Promise<KeyCheck> {
  const { clock = systemClock } = options
  const { outcome, region, referral } = await openTransport({ key, ...options }).ask(call)
  const verdict = judge(outcome, key, object, new Date(clock.now()).toISOString())
  if (region === undefined) return verdict
  // A key that OpenAI refers elsewhere is alive: when that place is silent, this is what is known.
  if (verdict.state === 'unknown' && referral) return judge(referral, key, object, verdict.checkedAt)
  return { ...verdict, region, reason: `${verdict.reason} (at ${region})` }
}

/** A list has its entries; whatever else a stranger may answer. */
function isAnswer(body: unknown, object: string): boolean {
  const answer = body as { object?: unknown; data?: unknown } | null | undefined
  return answer?.object === object && (object !== 'list' || Array.isArray(answer.data))
}

/** Reads a verdict from an outcome: status and body, never the status alone. */
export function judge(outcome: HttpOutcome, key: Secret, object: string, checkedAt: string): KeyCheck {
  const kind = kindOfKey(key)
  if (outcome.kind === 'failure')
    return { state: 'unknown', reason: `no answer: ${outcome.reason}`, cause: 'network', checkedAt, kind }
  const told = { ...facts(outcome), checkedAt, kind }
  const unknown = (reason: string, cause: Cause): KeyCheck => ({ state: 'unknown', reason, cause, ...told })
  const { status } = outcome
  if (status >= 200 && status < 300) {
    if (status === 200 && isAnswer(parse(outcome.body), object))
      return { state: 'live', reason: 'OpenAI accepted it', ...told }
    return unknown("the answer is not OpenAI's own: a proxy or gateway may have sent it", 'network')
  }
  if (status >= 300 && status < 400)
    return unknown('the answer leads to another place, where keys are not sent', 'network')
  const error = errorOf(outcome.body)
  if (error === undefined) {
    if (status >= 500) return unknown(`the server is out of order (status ${status})`, 'openai')
    return unknown(
      `status ${status} without OpenAI's own words: a proxy or gateway may have sent it`,
      'network',
    )
  }
  return fromError(error, outcome, key, told)
}

type Told = Pick<KeyCheck, 'checkedAt' | 'kind' | 'requestId' | 'organization'>

function fromError(error: ErrorBody, { status }: HttpAnswer, key: Secret, facts: Told): KeyCheck {
  const told = { ...facts, ...(error.code ? { code: error.code } : {}) }
  const row = ROWS.find((each) => fits(each, status, error))
  if (row === undefined) {
    const reason = `an answer that this version does not know (status ${status}${error.code ? `, ${plain(error.code)}` : ''})`
    return { state: 'unknown', reason, ...told }
  }
  const { state, cause } = row
  if (state === 'dead' && isOfAnotherKey(error.message, key)) {
    const reason = 'the answer speaks of another key: a proxy or gateway may have put its own in place'
    return { state: 'unknown', reason, cause: 'network', ...told }
  }
  const missingScopes = cause === 'permission' ? scopesIn(error.message) : []
  const region = isWrongRegion(error) ? regionIn(error.message) : undefined
  const detail = detailOf(error, missingScopes, region)
  return {
    state,
    cause,
    reason: row.reason + detail,
    ...told,
    ...(missingScopes.length > 0 ? { missingScopes } : {}),
    ...(region ? { region } : {}),
  }
}

function detailOf(error: ErrorBody, missingScopes: readonly string[], region: string | undefined): string {
  if (missingScopes.length > 0) return ` (it lacks ${missingScopes.join(', ')})`
  if (region) return `: ${region}`
  return isWrongRegion(error) ? ', which is not known here, so it was sent nowhere else' : ''
}

function fits({ status, code, type, says }: Row, given: number, error: ErrorBody): boolean {
  if (!status.includes(given)) return false
  if (!code && !type && !says) return true
  return [code?.test(error.code ?? ''), type?.test(error.type ?? ''), says?.test(error.message)].includes(
    true,
  )
}

function facts({ headers }: HttpAnswer): Pick<KeyCheck, 'requestId' | 'organization'> {
  const requestId = headers['x-request-id']
  const organization = headers['openai-organization']
  return {
    ...(requestId && isPlain(requestId) ? { requestId } : {}),
    ...(organization && isPlain(organization) ? { organization } : {}),
  }
}

/** Ids and codes of a foreign server are kept only when they are short and plain. */
const isPlain = (text: string) => /^[\w.-]{1,64}$/.test(text)
const plain = (text: string) => (isPlain(text) ? text : 'a code that is not plain')

function scopesIn(message: string): string[] {
  const list = /missing scopes:\s*([a-z0-9_.,\s]{1,300})/i.exec(message)?.[1] ?? ''
  return list.split(/[,\s]+/).flatMap((scope) => /^[a-z]+(?:\.[a-z_]+)+/.exec(scope)?.[0] ?? [])
}

/** OpenAI repeats the key it refused, redacted; when that is not ours, somebody in between swapped it. */
function isOfAnotherKey(message: string, key: Secret): boolean {
  const hint = /(?:^|\s)([\w-]{1,12}\*{3,}[\w-]{1,8})(?=[.\s]|$)/.exec(message)?.[1]
  return hint !== undefined && !startsAndEndsLike(key, hint)
}
