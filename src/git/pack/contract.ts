// What the direct reader tells its caller: objects with something in them, problems, and sums.
import type { HitBuffer } from '../../engine/prefilter.ts'
import type { Probe } from '../../engine/probe.ts'
import type { LaidOut } from './tables.ts'

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag'

/** Git's numbers for the types, as they stand in a pack. */
export const TYPE_NUMBERS: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 }
export const TYPE_NAMES: readonly (ObjectType | undefined)[] = [undefined, 'commit', 'tree', 'blob', 'tag']

/** An object in which something was found. Views into memory that is used again: valid during the call only. */
export interface PackObject {
  readonly id: string
  readonly type: ObjectType
  /** The whole object. */
  readonly bytes: Uint8Array
  /** All hits and runs of the object are given, not only those at what its delta changes. */
  readonly whole: boolean
  /** Start and end of each part that can hold a match its base does not; `[0, bytes.length]` for a whole one. */
  readonly windows: Uint32Array
  /** Keywords worth a look that have a change within their reach, by place; of a whole object all of those. */
  readonly hits: HitBuffer
  /** Start and end of each long run of base64 characters in a text that was changed; of a whole object all. */
  readonly runs: Uint32Array
  /** The object is a UTF-16 text or holds one; it is whole then. */
  readonly utf16: boolean
}

/** What the text of objects is searched for; plain data. */
export interface Sought {
  /** Lower-case ASCII literals of 3 bytes or more. */
  readonly keywords: readonly string[]
  /** Indexes of keywords whose rules have no bound: an object that holds one is given whole. */
  readonly longKeywords: readonly number[]
  /** What must lie near each keyword to make it worth a look, by index; left out: all are. */
  readonly probes?: readonly (readonly Probe[] | undefined)[]
  /** How far from a keyword's start, on either side, a changed byte can make or change a match. */
  readonly reach: number
  /** The same for single keywords, by index, where it is known better: fewer hits to look at. */
  readonly keywordReach?: readonly number[]
}

/** What is wanted of the objects; plain data, the same for every worker. */
export interface PackOptions {
  readonly sought: Sought | LaidOut
  /** Shortest run of base64 characters worth a look; 0 for none. */
  readonly minRun: number
  /** Only runs whose first 16 characters decode to ASCII text; `minRun` is 16 or more then. */
  readonly textRuns?: boolean
  /** Types to search. Of trees only the names count. */
  readonly types: readonly ObjectType[]
  /** Types of which every object is handed to `each`, found in or not. */
  readonly each?: readonly ObjectType[]
  /** Larger objects are a problem instead (`too-large`), so that memory has a bound. Default 512 MiB. */
  readonly maxObjectBytes?: number
  /** Give every object whole, and take nothing over from its base; for tests. */
  readonly whole?: boolean
}

export interface PackVisitor {
  /** Called for an object of `types` with a hit, a run or UTF-16. True: give the objects based on it whole. */
  visit(object: PackObject): boolean
  /** Called for every blob that is an archive, whatever was found in it. The bytes are valid during the call only. */
  archive?(id: string, bytes: Uint8Array): void
  /** The same for every blob that is one word. */
  word?(id: string, bytes: Uint8Array): void
  /** Called for every object of the types in `each`. The bytes are valid during the call only. */
  each?(id: ObjectId, type: ObjectType, bytes: Uint8Array): void
}

/** Which object it is. Used again for the next one: valid during the call only. */
export interface ObjectId {
  /** Its number in the plan. */
  readonly entry: number
  /** The entry of the whole object that its family hangs on. */
  readonly family: number
  hex(): string
  raw(): Uint8Array
}

export type PackProblemCode =
  | 'unreadable' // a file or folder could not be read; `where` names it
  | 'bad-index' // a pack whose index is damaged, or is another pack's
  | 'bad-header' // no object begins where the index says
  | 'bad-data' // does not inflate to what its header says
  | 'bad-delta' // is no delta, or not one of its base
  | 'base-missing' // the object it is based on is nowhere
  | 'base-broken' // the object it is based on could not be read
  | 'base-cycle' // is based on itself, over others
  | 'too-large' // larger than `maxObjectBytes`, or than memory

/** Something that was not read. The caller can ask git for the objects named, and else must say so. */
export interface PackProblem {
  readonly code: PackProblemCode
  /** The object in hex; absent when it is about a file. */
  readonly id?: string
  readonly where?: string
  readonly message: string
}

/** Sums over what was read; the same for any number of jobs. */
export interface PackCounts {
  /** Distinct objects visited, by type. */
  commit: number
  tree: number
  blob: number
  tag: number
  /** Bytes that came out of inflate: whole objects and deltas. */
  inflated: number
  /** Sum of the sizes of the objects read. */
  objectBytes: number
  /** Bytes the prefilter looked at; keywords in copies are taken over from the base. */
  searched: number
  /** Objects handed to `visit`. */
  visited: number
  /** Blobs that are pointers to content git LFS keeps elsewhere. */
  lfsPointers: number
}

export function noCounts(): PackCounts {
  return {
    commit: 0,
    tree: 0,
    blob: 0,
    tag: 0,
    inflated: 0,
    objectBytes: 0,
    searched: 0,
    visited: 0,
    lfsPointers: 0,
  }
}

export function addCounts(sum: PackCounts, part: PackCounts): void {
  for (const key of Object.keys(sum) as (keyof PackCounts)[]) sum[key] += part[key]
}
