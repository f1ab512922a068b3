// One object of the history → the secrets in it, as plain data that can travel between threads.
import { addCounts } from '../counts.ts'
import type { Engine, Found } from '../engine/index.ts'
import { MOST_KEPT_PATH } from '../filters/candidate.ts'
import { judgeMatches } from '../judge-matches.ts'
import type { Chunk, Confidence, Match, Origin, Place, Rule, Ruleset } from '../model/index.ts'
import type { Sighting } from '../sighting.ts'
import { openArchive } from '../sources/archive/open.ts'
import { chunkOf } from '../sources/windows.ts'
import type { MissingIds } from './references.ts'
import type { Seen, Sifted } from './seen.ts'

/** One occurrence of a secret. Lives in memory and in messages between our own threads only. */
export interface FoundSecret {
  readonly rule: string
  readonly secret: string
  readonly place: Place
  readonly confidence: Confidence
  readonly evidence: readonly string[]
  readonly proven: boolean
  /** It counts at these paths of its blob only; absent: at all. */
  readonly paths?: readonly string[]
  /** Path in the archive that the blob is. */
  readonly inside?: string
  /** It stands in the name that a tree gives this object. */
  readonly named?: string
}

/** What a piece of the work found. */
export interface Harvest {
  readonly secrets: FoundSecret[]
  /** Blobs that hold a secret or not by the path they stand at: to be examined again when that is known. */
  readonly byPath: string[]
  /** Objects that hold a secret, or may: they have to be read again to be told again, with the rules that match there. */
  readonly hot: Map<string, ReadonlySet<string>>
  /** What was not reported of objects that need no second look, and of the others. */
  readonly dropped: Map<string, number>
  readonly droppedHot: Map<string, number>
  /** Objects whose decoding stopped at its byte budget. */
  readonly cutShort: string[]
  /** Archives, or files in them, that were not opened: the blobs by the reason. */
  readonly closed: Map<string, string[]>
  /** Objects that others name and the store does not hold. */
  readonly missing: MissingIds
}

export function emptyHarvest(): Harvest {
  return {
    secrets: [],
    byPath: [],
    hot: new Map(),
    dropped: new Map(),
    droppedHot: new Map(),
    cutShort: [],
    closed: new Map(),
    missing: new Map(),
  }
}

export type AuditType = 'blob' | 'commit' | 'tag'

/**
 * The rules for an audit: the path of a blob is not known yet, so that those for certain paths look everywhere.
 * They keep a pattern of paths, though one that all have: what they find depends on the path.
 */
export function rulesAnywhere(ruleset: Ruleset): Ruleset {
  const anywhere = (rule: Rule) => (rule.paths === undefined ? rule : { ...rule, paths: '' })
  const { hash, indexed } = ruleset
  return {
    hash,
    get rules() {
      return ruleset.rules.map(anywhere)
    },
    ...(indexed && { indexed: { ...indexed, ruleAt: (number) => anywhere(indexed.ruleAt(number)) } }),
  }
}

/** Some of the rules, as a rule set of their own. */
export function onlyRules({ hash, rules }: Ruleset, ids: ReadonlySet<string>): Ruleset {
  const wanted = rules.filter(({ id }) => ids.has(id))
  return { hash: `${hash} ${[...ids].sort().join(' ')}`, rules: wanted }
}

/** Scans one object; returns true when it may hold a secret. `found`: where another prefilter says to look. */
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
  let byPath = type === 'blob' && matches.some(({ rule }) => rule.paths !== undefined)
  const dropped = new Map<string, number>()
  const onPath = () => {
    byPath = true
  }
  const sightings = judgeMatches(matches, chunk, dropped, type === 'blob' ? onPath : undefined)
  const isHot = byPath || budgetSpent || sightings.length > 0
  if (isHot) addHot(harvest, id, matches)
  if (byPath) harvest.byPath.push(id)
  else for (const sighting of sightings) harvest.secrets.push(secretOf(sighting))
  if (!byPath) addCounts(isHot ? harvest.droppedHot : harvest.dropped, dropped)
  return byPath || sightings.length > 0
}

/** Larger blobs may spend the budget for decoding, which is that of the blob as a whole. */
const MOST_IN_PIECES = 2 << 20

/** The same for a blob where another prefilter has found something; pieces that were seen elsewhere are passed over. */
export function examinePieces(
  engine: Engine,
  blob: { readonly id: string; readonly bytes: Uint8Array },
  harvest: Harvest,
  found: Found,
  seen: Seen,
): boolean {
  const object = { ...blob, type: 'blob' } as const
  const chunk = chunkOf(blob.bytes, originOf(blob.id, 'blob'))
  const isInPieces =
    chunk.bytes === blob.bytes &&
    chunk.bytes.length <= MOST_IN_PIECES &&
    found.runs.length === 0 &&
    !found.utf16
  if (!isInPieces) return examineObject(engine, object, harvest, found)
  const { fresh, hits, dropped } = seen.sift(blob.bytes, found.hits)
  const counts = fresh.length === 0 ? [] : countDropped(engine, chunk, { ...found, hits }, fresh)
  // What may be a secret is told with all that stands in its blob.
  if (counts === undefined) return examineObject(engine, object, harvest, found)
  for (const [i, own] of counts.entries()) seen.remember(fresh[i]!.key, own)
  for (const known of [...dropped, ...counts]) addCounts(harvest.dropped, known)
  return false
}

/** By piece, what was dropped; undefined when something is kept or depends on the path, or lies in no piece. */
function countDropped(
  engine: Engine,
  chunk: Chunk,
  found: Found,
  fresh: Sifted['fresh'],
): Map<string, number>[] | undefined {
  const { matches, budgetSpent } = engine.match(chunk, found)
  if (budgetSpent || matches.some(({ rule }) => rule.paths !== undefined)) return undefined
  let inPieces = 0
  let isKept = false
  const onPath = () => {
    isKept = true
  }
  const counts = fresh.map(({ piece: { from, to } }) => {
    const own = matches.filter(({ whole }) => whole.start >= from && whole.end <= to)
    const dropped = new Map<string, number>()
    inPieces += own.length
    if (own.length > 0 && judgeMatches(own, chunk, dropped, onPath).length > 0) isKept = true
    return dropped
  })
  return isKept || inPieces < matches.length ? undefined : counts
}

/** Scans the files in a blob that is an archive. */
export function examineArchive(engine: Engine, id: string, bytes: Uint8Array, harvest: Harvest): void {
  const dropped = new Map<string, number>()
  const before = harvest.secrets.length
  const all: Match[] = []
  for (const item of openArchive(bytes, 'archive')) {
    if ('closed' in item) {
      addTo(harvest.closed, item.closed, id)
      continue
    }
    const chunk = chunkOf(item.bytes, { kind: 'history', blob: id, path: item.path })
    const { matches, budgetSpent } = engine.match(chunk)
    if (budgetSpent) harvest.cutShort.push(id)
    for (const match of matches) all.push(match)
    for (const sighting of matches.length > 0 ? judgeMatches(matches, chunk, dropped) : [])
      harvest.secrets.push({ ...secretOf(sighting), inside: item.path })
  }
  const isHot = harvest.secrets.length > before
  if (isHot) addHot(harvest, id, all)
  addCounts(isHot ? harvest.droppedHot : harvest.dropped, dropped)
}

/** Rules that lost against others, or match nowhere in it, decide nothing there. */
export function addHot(harvest: Harvest, id: string, matches: readonly Match[]): void {
  const rules = matches.map(({ rule }) => rule.id)
  harvest.hot.set(id, new Set([...(harvest.hot.get(id) ?? []), ...rules]))
}

function addTo(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

export function secretOf({ rule, secret, place, confidence, evidence, proven }: Sighting): FoundSecret {
  return { rule: rule.id, secret: secret.reveal(), place: plainPlace(place), confidence, evidence, proven }
}

function originOf(id: string, type: AuditType): Origin {
  if (type === 'blob') return { kind: 'history', blob: id, path: MOST_KEPT_PATH }
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

/** Without the path that was assumed; what stands in a header, such as an author's name, is told as the first line. */
function plainPlace({ path, ...place }: Place): Place {
  if (place.kind === 'name') return { ...place, ...(path === undefined ? {} : { path }) }
  return place.line >= 1 ? place : { ...place, line: 1, endLine: 1 }
}
