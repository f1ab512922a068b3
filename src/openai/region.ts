// Keys of some organizations work at their region's address only. OpenAI says which; only the addresses listed here are believed.
import type { HttpOutcome } from '../http/index.ts'
import { OPENAI_URL } from './base-url.ts'
import { type ErrorBody, errorOf } from './error-body.ts'

/** As OpenAI's own SDK lists them (src/internal/data-residency.ts). */
export const REGION_HOSTS: readonly string[] = ['us.api.openai.com', 'eu.api.openai.com', 'ae.api.openai.com']

const NAMED = new RegExp(`(?<![\\w.-])(?:${REGION_HOSTS.join('|').replaceAll('.', '\\.')})(?![\\w-]|\\.\\w)`)

/** The listed address that a message names. */
export function regionIn(message: string): string | undefined {
  return NAMED.exec(message)?.[0]
}

export function isWrongRegion({ code, message }: Pick<ErrorBody, 'code' | 'message'>): boolean {
  return code === 'incorrect_hostname' || /incorrect regional hostname/i.test(message)
}

/** An answer, and where it came from. */
export interface Answered {
  readonly outcome: HttpOutcome
  /** The regional address that answered; undefined: the one that was asked first. */
  readonly region?: string
  /** What OpenAI said when it referred this very call there. */
  readonly referral?: HttpOutcome
}

/**
 * Makes the calls of one key: where OpenAI refers it to its region, that call is made once more there (refused, it did
 * nothing), and all later ones at once. Only OpenAI itself is followed, never a server in its place.
 */
export function followRegion<Call>(
  baseUrl: string,
  askAt: (baseUrl: string, call: Call) => Promise<HttpOutcome>,
): (call: Call) => Promise<Answered> {
  let home: string | undefined
  return async (call) => {
    if (home !== undefined) return { outcome: await askAt(urlOf(home), call), region: home }
    const outcome = await askAt(baseUrl, call)
    const region = baseUrl === OPENAI_URL ? referredTo(outcome) : undefined
    if (region === undefined) return { outcome }
    home = region
    return { outcome: await askAt(urlOf(region), call), region, referral: outcome }
  }
}

const urlOf = (host: string): string => `https://${host}/v1`

/** The listed address to which OpenAI refers the key that asked; undefined: to none. */
function referredTo(outcome: HttpOutcome): string | undefined {
  if (outcome.kind === 'failure' || (outcome.status !== 401 && outcome.status !== 403)) return undefined
  const error = errorOf(outcome.body)
  return error && isWrongRegion(error) ? regionIn(error.message) : undefined
}
