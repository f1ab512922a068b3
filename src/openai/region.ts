// Keys of some organizations work at their region's address only. OpenAI says which; only the addresses listed here are believed.
import type { HttpOutcome } from '../http/index.ts'
import { errorOf } from './error-body.ts'

/** As OpenAI's own SDK lists them (src/internal/data-residency.ts). */
export const REGION_HOSTS: readonly string[] = ['us.api.openai.com', 'eu.api.openai.com', 'ae.api.openai.com']

const NAMED = new RegExp(`(?<![\\w.-])(?:${REGION_HOSTS.join('|').replaceAll('.', '\\.')})(?![\\w-]|\\.\\w)`)

/** The listed address that a message names. */
export function regionIn(message: string): string | undefined {
  return NAMED.exec(message)?.[0]
}

/** The listed address to which OpenAI refers the key that asked; undefined: to none. */
export function regionOf(outcome: HttpOutcome): string | undefined {
  if (outcome.kind === 'failure' || (outcome.status !== 401 && outcome.status !== 403)) return undefined
  const error = errorOf(outcome.body)
  return error && isWrongRegion(error) ? regionIn(error.message) : undefined
}

export function isWrongRegion({ code, message }: { code: string | undefined; message: string }): boolean {
  return code === 'incorrect_hostname' || /incorrect regional hostname/i.test(message)
}
