// One object of the history → the secrets in it, as plain data that can travel between threads.
import type { Engine, Found } from '../engine/index.ts'
import { judgeMatches } from '../judge-matches.ts'
import type { Confidence, Origin, Place } from '../model/index.ts'
import { chunkOf } from '../sources/windows.ts'
import type { MissingIds } from './references.ts'

/** One occurrence of a secret. Lives in memory and in messages between our own threads only. */
export interface FoundSecret {
  readonly rule: string
  readonly secret: string
  readonly place: Place
  readonly confidence: Confidence
  readonly evidence: readonly string[]
  readonly proven: boolean
}

/** What a piece of the work found. */
export interface Harvest {
  readonly secrets: FoundSecret[]
  readonly dropped: Map<string, number>
  /** Objects whose decoding stopped at its byte budget. */
  readonly cutShort: string[]
  /** Objects that others name and the store does not hold. */
  readonly missing: MissingIds
}

export function emptyHarvest(): Harvest {
  return { secrets: [], dropped: new Map(), cutShort: [], missing: new Map() }
}

export type AuditType = 'blob' | 'commit' | 'tag'

/** Scans one object; returns true when it holds a secret. `found`: where another prefilter says to look. */
export function examineObject(
  engine: Engine,
  object: { readonly id: string; readonly type: AuditType; readonly bytes: Uint8Array },
  harvest: Harvest,
  found?: Found,
): boolean {
  const { id, type, bytes } = object
  const whole = chunkOf(bytes, originOf(id, type))
  // A text that was UTF-16 is another text now: what was found in its bytes does not hold.
  const asFound = whole.bytes === bytes ? found : undefined
  const chunk = type === 'blob' ? whole : { ...whole, line: 1 - headerLines(whole.bytes) }
  const { matches, budgetSpent } = engine.match(chunk, asFound)
  if (budgetSpent) harvest.cutShort.push(id)
  if (matches.length === 0) return false
  const sightings = judgeMatches(matches, chunk, harvest.dropped)
  for (const { rule, secret, place, confidence, evidence, proven } of sightings) {
    harvest.secrets.push({
      rule: rule.id,
      secret: secret.reveal(),
      place: onLineOne(place),
      confidence,
      evidence,
      proven,
    })
  }
  return sightings.length > 0
}

function originOf(id: string, type: AuditType): Origin {
  if (type === 'blob') return { kind: 'history', blob: id }
  return type === 'commit' ? { kind: 'message', commit: id } : { kind: 'tag', tag: id }
}

/** Lines before the message of a commit or tag, the empty one included: places count from the message on. */
function headerLines(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = buffer.indexOf('\n\n')
  let lines = 0
  for (let at = buffer.indexOf(10); at !== -1 && at <= end + 1; at = buffer.indexOf(10, at + 1)) lines += 1
  return lines
}

/** What stands in the header itself, such as an author's name, is told as the first line. */
function onLineOne(place: Place): Place {
  return place.line >= 1 ? place : { ...place, line: 1, endLine: 1 }
}
