// What an audit leaves for the next one, as text: object ids and counts, never a secret. Read strictly: what does not
// look exactly so is no state, and everything is scanned.
import { createHash } from 'node:crypto'
import type { ObjectCounts } from '../run.ts'
import { isTold, type Told } from './told.ts'

export interface AuditState {
  /** Of which store this is true; see `fingerprint.ts`. */
  readonly store: string
  /** When the last object of it was read. */
  readonly since: string
  readonly counts: ObjectCounts
  /** Candidates that were not reported, by reason, of the objects that are not hot. */
  readonly dropped: readonly (readonly [string, number])[]
  /**
   * Objects that hold a secret, or may by their path, with the rules that match there: they are read again each time,
   * for their secrets are not kept.
   */
  readonly hot: readonly (readonly [string, readonly string[]])[]
  /** Archives that were not opened, by the reason. */
  readonly closed: readonly (readonly [string, readonly string[]])[]
  /** Objects whose decoding stopped at its byte budget. */
  readonly cutShort: readonly string[]
  readonly missing: { readonly count: number; readonly examples: readonly string[] }
  /** The list of ids beside this file. */
  readonly ids: { readonly digest: string; readonly objects: number; readonly missing: number }
  readonly told?: Told | undefined
}

const FORMAT = 'unleak-audit-cache/1'

export function writeState(state: AuditState): string {
  const text = JSON.stringify(state)
  return `${FORMAT} ${digestOf(text)}\n${text}\n`
}

export function parseState(file: string): AuditState | undefined {
  const [, digest, text] = /^unleak-audit-cache\/1 ([0-9a-f]{64})\n(\{.*\})\n$/.exec(file) ?? []
  if (text === undefined || digest !== digestOf(text)) return undefined
  try {
    const state: unknown = JSON.parse(text)
    return isState(state) ? state : undefined
  } catch {
    return undefined
  }
}

export function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

const COUNTS = ['commits', 'objects', 'blobs', 'bytes', 'lfsPointers']

function isState(value: unknown): value is AuditState {
  const { store, since, counts, dropped, hot, closed, cutShort, missing, ids, told } = value as AuditState
  return (
    /^[0-9a-f]{64}$/.test(store) &&
    !Number.isNaN(Date.parse(since)) &&
    Object.keys(counts).length === COUNTS.length &&
    COUNTS.every((key) => isCount(counts[key as keyof ObjectCounts])) &&
    dropped.every(([reason, count]) => typeof reason === 'string' && isCount(count)) &&
    closed.every(([reason]) => typeof reason === 'string') &&
    hot.every(([id, rules]) => isId(id) && rules.every((rule) => typeof rule === 'string')) &&
    [...closed.flatMap(([, blobs]) => blobs), ...cutShort, ...missing.examples].every(isId) &&
    [missing.count, ids.objects, ids.missing].every(isCount) &&
    /^[0-9a-f]{64}$/.test(ids.digest) &&
    (told === undefined || isTold(told))
  )
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)
}
