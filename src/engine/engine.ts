// Bytes → matches: prefilter, rules around its hits, decoders, and one winner where rules overlap.
import type { Chunk, Layer, Match, Rule, Ruleset, Span } from '../model/index.ts'
import { decodeBase64 } from './decode/base64.ts'
import type { Decoded } from './decode/decoded.ts'
import { decodeEscapes } from './decode/escapes.ts'
import { decodeJoints } from './decode/joints.ts'
import { namedByFile } from './decode/named-file.ts'
import { decodePair, endOfName } from './decode/pairs.ts'
import { decodeUtf16Runs } from './decode/utf16.ts'
import { lazy } from './lazy.ts'
import { matchRules } from './match.ts'
import { resolveOverlaps } from './overlaps.ts'
import { createPrefilter, HitBuffer, type Prefilter } from './prefilter.ts'
import { buildTables, isJoined, type Keywords, namesValue, type Tables } from './tables.ts'

const SEGMENT = 1 << 20
/** Hits nearer than this share one piece of text. */
const NEAR = 1 << 11
const MAX_DEPTH = 3
const MIN_DECODED_BUDGET = 4 << 20

export interface EngineResult {
  readonly matches: Match[]
  /** True when decoding stopped at its byte budget: what lies deeper was not looked at. */
  readonly budgetSpent: boolean
}

/** One literal of the prefilter. */
export interface Keyword {
  readonly text: string
  readonly reach: number
}

/** Where to look in a chunk: keywords, long runs of base64, and whether it holds UTF-16. */
export interface Found {
  readonly hits: HitBuffer
  /** Start and end of each run, in ascending order. */
  readonly runs: Uint32Array
  readonly utf16: boolean
}

export interface Engine {
  /** Longest distance over which bytes decide about one match: windows of one origin overlap by this much. */
  readonly reach: number
  /** The literals that wake rules and decoders, with how far from each a byte can decide about a match. */
  readonly keywords: readonly Keyword[]
  /** What must lie near each of them to make it worth a look. */
  readonly probes: Tables['probes']
  /**
   * All matches that start in the part of the chunk it owns, in order, overlaps resolved. Pure.
   * `found` is what another prefilter has found in the chunk already; only around that rules are run.
   */
  match(chunk: Chunk, found?: Found): EngineResult
}

/** @param rules hash of the rules whose keywords they are */
type MakePrefilter = (keywords: Keywords, rules: string) => Prefilter

const plainPrefilter: MakePrefilter = ({ list }) => createPrefilter(list())

/**
 * Builds the engine for a rule set. `makePrefilter` is the plain reference or one that keeps its contract;
 * rules below `leastTier` are left out.
 */
export function createEngine(
  ruleset: Ruleset,
  makePrefilter: MakePrefilter = plainPrefilter,
  leastTier: Rule['tier'] = 0,
): Engine {
  const tables = buildTables(ruleset, leastTier)
  // Made when it is needed: not where another prefilter looks first.
  const prefilter = lazy(() => makePrefilter(tables.keywords, ruleset.hash))
  const buffers = Array.from({ length: MAX_DEPTH + 1 }, () => new HitBuffer())
  return {
    reach: tables.reach,
    get keywords() {
      return tables.keywords.list().map((text, i) => ({ text, reach: tables.reachOf(i) }))
    },
    probes: tables.probes,
    match(chunk, found) {
      const scan: Scan = {
        tables,
        prefilter,
        buffers,
        matches: [],
        budget: Math.max(MIN_DECODED_BUDGET, chunk.bytes.length),
        budgetSpent: false,
      }
      const source: Source = {
        path: pathOf(chunk),
        via: [],
        depth: 0,
        toChunk: (start, end) => ({ start, end }),
      }
      if (found) scanFound(scan, chunk.bytes, source, found)
      else scanBytes(scan, chunk.bytes, source)
      if (source.path !== undefined) descend(scan, source, namedByFile(chunk.bytes, source.path))
      const owned = scan.matches.filter(
        (m) => m.span.start >= chunk.ownedFrom && m.span.start < chunk.ownedTo,
      )
      return { matches: resolveOverlaps(owned), budgetSpent: scan.budgetSpent }
    },
  }
}

function pathOf({ origin }: Chunk): string | undefined {
  return 'path' in origin ? origin.path : undefined
}

interface Scan {
  readonly tables: Tables
  readonly prefilter: () => Prefilter
  /** For the hits of each depth: a text is done with before the next one of its depth begins. */
  readonly buffers: readonly HitBuffer[]
  readonly matches: Match[]
  budget: number
  budgetSpent: boolean
}

interface Source {
  readonly path: string | undefined
  readonly via: readonly string[]
  readonly depth: number
  readonly toChunk: (start: number, end: number) => Span
}

/** Scans one text: the chunk itself, or what a decoder made of a part of it. */
function scanBytes(scan: Scan, bytes: Uint8Array, source: Source): void {
  const hits = scan.buffers[source.depth]!
  const runs: number[] = []
  hits.clear()
  const prefilter = scan.prefilter()
  prefilter.find(bytes, 0, bytes.length, hits)
  if (source.depth < MAX_DEPTH) prefilter.findRuns(bytes, runs)
  scanHits(scan, bytes, source, hits)
  if (source.depth >= MAX_DEPTH) return
  scanRuns(scan, bytes, source, runs)
  scanUtf16Runs(scan, bytes, source)
}

/** The same where another prefilter has been over the bytes: they are looked at only where it found something. */
function scanFound(scan: Scan, bytes: Uint8Array, source: Source, { hits, runs, utf16 }: Found): void {
  scanHits(scan, bytes, source, hits)
  scanRuns(scan, bytes, source, runs)
  if (utf16) scanUtf16Runs(scan, bytes, source)
}

/** Scans what runs of base64 decode to; a block that is wrapped over lines is decoded once, from its first. */
function scanRuns(scan: Scan, bytes: Uint8Array, source: Source, runs: ArrayLike<number>): void {
  let from = 0
  for (let i = 0; i < runs.length; i += 2) {
    if (runs[i]! < from) continue
    const decoded = decodeBase64(bytes, runs[i]!, runs[i + 1]!)
    descend(scan, source, decoded)
    from = decoded?.end ?? runs[i + 1]!
  }
}

/** Scans around the hits: those that lie near each other together, so that little text is made of the bytes. */
function scanHits(scan: Scan, bytes: Uint8Array, source: Source, hits: HitBuffer): void {
  const { offsets } = hits
  for (let first = 0, last = 0; first < hits.length; first = last) {
    last = first + 1
    while (
      last < hits.length &&
      offsets[last]! - offsets[last - 1]! < NEAR &&
      offsets[last]! - offsets[first]! < SEGMENT
    ) {
      last += 1
    }
    scanSegment(scan, bytes, source, hits, first, last)
  }
}

function scanSegment(
  scan: Scan,
  bytes: Uint8Array,
  source: Source,
  hits: HitBuffer,
  first: number,
  last: number,
): void {
  const { tables } = scan
  const [base, end] = extentOf(tables, hits, first, last, bytes.length)
  const layer: Layer = {
    text: latin1(bytes, base, end),
    base,
    path: source.path,
    via: source.via,
    toChunk: source.toChunk,
  }
  const matched = matchRules(tables, layer, hits, first, last)
  scan.matches.push(...matched)
  if (source.depth >= MAX_DEPTH) return
  decodeAtHits(scan, source, layer, matched, hits, first, last)
}

/** Scans what can be undone at the hits: escapes, broken literals, names and values that stand apart. */
function decodeAtHits(
  scan: Scan,
  source: Source,
  { text, base }: Layer,
  matched: readonly Match[],
  hits: HitBuffer,
  first: number,
  last: number,
): void {
  const { tables } = scan
  let decodedTo = 0
  let nameEnd = 0
  for (let i = first; i < last; i++) {
    const at = hits.offsets[i]! - base
    const keyword = hits.keywords[i]!
    if (keyword >= tables.firstTrigger) {
      if (at < decodedTo) continue
      const decoded = decodeEscapes(text, at)
      if (decoded) decodedTo = decoded.end
      descend(scan, source, shifted(decoded, base))
    } else if (tables.wakesOf(keyword).some(isJoined)) {
      if (!matched.some((m) => m.start <= at && at < m.end))
        descend(scan, source, shifted(decodeJoints(text, at), base))
    } else if (at >= nameEnd && tables.wakesOf(keyword).some(namesValue)) {
      nameEnd = endOfName(text, at)
      const pair = decodePair(text, at, nameEnd)
      if (pair && !matched.some((m) => isFoundIn(m, pair))) descend(scan, source, shifted(pair, base))
    }
  }
}

/** Whether a value is known by its name as it stands. */
function isFoundIn(match: Match, { start, end }: Decoded): boolean {
  const isNamed = match.rule.tier === 1 && match.start < match.secretStart
  return isNamed && match.secretStart < end && start < match.secretEnd
}

/** The bytes that can decide about matches around these hits: each as far as its own keyword reaches. */
function extentOf(
  tables: Tables,
  hits: HitBuffer,
  first: number,
  last: number,
  length: number,
): [number, number] {
  let from = length
  let to = 0
  for (let i = first; i < last; i++) {
    const reach = tables.reachOf(hits.keywords[i]!)
    from = Math.min(from, hits.offsets[i]! - reach)
    to = Math.max(to, hits.offsets[i]! + reach)
  }
  return [Math.max(0, from), Math.min(length, to)]
}

function scanUtf16Runs(scan: Scan, bytes: Uint8Array, source: Source): void {
  for (let at = bytes.indexOf(0); at !== -1; ) {
    const from = Math.max(0, at - 1)
    const to = Math.min(bytes.length, from + SEGMENT)
    for (const decoded of decodeUtf16Runs(latin1(bytes, from, to)))
      descend(scan, source, shifted(decoded, from))
    at = to < bytes.length ? bytes.indexOf(0, to - scan.tables.reach) : -1
    if (at !== -1 && at < to - scan.tables.reach) return
  }
}

/** No part of a chunk that it owns. */
const NOWHERE: Span = { start: -1, end: -1 }

/** Scans what a decoder found, as long as the budget lasts. */
function descend(scan: Scan, source: Source, decoded: Decoded | undefined): void {
  if (!decoded) return
  if (decoded.text.length > scan.budget) {
    scan.budgetSpent = true
    return
  }
  scan.budget -= decoded.text.length
  scanBytes(scan, Buffer.from(decoded.text, 'latin1'), {
    path: source.path,
    via: decoded.via === undefined ? source.via : [...source.via, decoded.via],
    depth: source.depth + 1,
    toChunk(start, end) {
      if (end <= (decoded.nameLength ?? 0)) return NOWHERE
      const from = decoded.toSource(start)
      return source.toChunk(from, Math.max(from + 1, decoded.toSource(end)))
    },
  })
}

function shifted(decoded: Decoded | undefined, by: number): Decoded | undefined {
  if (!decoded || by === 0) return decoded
  const { toSource } = decoded
  return {
    ...decoded,
    start: decoded.start + by,
    end: decoded.end + by,
    toSource: (offset) => toSource(offset) + by,
  }
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end)
}
