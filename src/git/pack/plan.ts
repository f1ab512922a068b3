// Turns all objects of a repository into a plan of reading: families of deltas, and tasks of families.
// Everything large lies in shared memory, so that workers are handed the plan at no cost.
import type { ObjectType, PackOptions, PackProblem } from './contract.ts'
import { TYPE_NUMBERS } from './contract.ts'
import { type Family, groupFamilies, sharedArray } from './families.ts'
import { BASE_BY_ID, BASE_NOWHERE, NO_BASE } from './headers.ts'
import { createIdTable, type IdTable } from './id-table.ts'
import { leaveOutKnown } from './known.ts'
import { type OpenPack, openPack } from './pack-file.ts'
import { findObjects, type ObjectPlaces } from './places.ts'

/** One number for every object: entries of the first pack by place, those of the next, then the loose ones. */
export interface Plan {
  readonly hashBytes: number
  readonly packs: readonly PlannedPack[]
  readonly folders: readonly string[]
  /** First entry that is a loose object. */
  readonly firstLoose: number
  readonly ids: Uint8Array
  /** Where in `ids` the id of an entry is, in units of ids. */
  readonly positions: Uint32Array
  /** Place in its pack, or folder of a loose object. */
  readonly offsets: Float64Array
  /** CRC-32 of its packed bytes; 0: not known. */
  readonly checksums: Uint32Array
  /** 1 when the object itself is to be visited; its copies in other packs are not. */
  readonly wanted: Uint8Array
  /** Type by git's number; 0 for a loose object, whose type is inside. */
  readonly types: Uint8Array
  /** Entry + 1 of the first object based on this one that leads to a wanted one, and of the next beside it; 0 for none. */
  readonly firstChild: Uint32Array
  readonly nextSibling: Uint32Array
  /** Tasks as runs of `roots`: task i is roots[taskStarts[i]] up to roots[taskStarts[i + 1]]. */
  readonly roots: Uint32Array
  readonly taskStarts: Uint32Array
  /** From this task on there are blobs only. */
  readonly firstBlobTask: number
}

export interface PlannedPack {
  readonly path: string
  readonly first: number
  readonly end: number
}

export interface Planned {
  readonly plan: Plan
  readonly problems: PackProblem[]
  /** Distinct objects in all packs and loose. */
  readonly distinct: number
  /** What is known was left out; false when some of it is gone, and so nothing was left out. */
  readonly leftOut: boolean
}

/** Reads indexes and headers of everything the repository has. `known`: objects to leave out, see `known.ts`. */
export function planReading(gitDir: string, options: PackOptions, known?: Uint8Array): Planned {
  const problems: PackProblem[] = []
  const places = findObjects(gitDir)
  for (const { path, message } of places.problems) problems.push({ code: 'unreadable', where: path, message })
  const packs = places.packs.flatMap((base) => openPack(base, places.hashBytes, problems) ?? [])
  const entries = collectEntries(packs, places)
  const table = needsTable(packs, places) ? createTable(entries) : undefined
  resolveNamedBases(packs, entries, table)
  const leftOut = known !== undefined && leaveOutKnown(entries, known)
  const { family, distinct } = {
    family: groupFamilies(entries, wantedTypes(options)),
    distinct: entries.count - entries.copies,
  }
  reportLost(entries, family, problems)
  const { firstChild, nextSibling, roots, taskStarts, firstBlobTask } = family
  const { ids, positions, offsets, checksums, wanted, types, firstLoose } = entries
  const planned = packs.map(({ path, end }, i) => ({ path, end, first: entries.firsts[i]! }))
  const { hashBytes, folders } = places
  return {
    plan: {
      hashBytes,
      packs: planned,
      folders,
      firstLoose,
      ids,
      positions,
      offsets,
      checksums,
      wanted,
      types,
      firstChild,
      nextSibling,
      roots,
      taskStarts,
      firstBlobTask,
    },
    problems,
    distinct,
    leftOut,
  }
}

/** The part of a plan that reads objects of these types; a loose object may be of any. */
export function planOf(plan: Plan, types: readonly ObjectType[]): Plan {
  const numbers = new Set([0, ...types.map((type) => TYPE_NUMBERS[type])])
  const roots: number[] = []
  const starts: number[] = []
  for (let task = 0; task + 1 < plan.taskStarts.length; task++) {
    const own = plan.roots
      .subarray(plan.taskStarts[task], plan.taskStarts[task + 1])
      .filter((root) => numbers.has(plan.types[root]!))
    if (own.length === 0) continue
    starts.push(roots.length)
    for (const root of own) roots.push(root)
  }
  const taskStarts = sharedArray([...starts, roots.length])
  return { ...plan, roots: sharedArray(roots), taskStarts, firstBlobTask: starts.length }
}

/** The part of a plan that reads these families. */
export function withRoots(plan: Plan, roots: readonly number[]): Plan {
  return { ...plan, roots: sharedArray(roots), taskStarts: sharedArray([0, roots.length]), firstBlobTask: 1 }
}

/** What is known of every object before any is inflated. */
export interface Entries {
  readonly count: number
  readonly hashBytes: number
  readonly firsts: readonly number[]
  readonly firstLoose: number
  readonly ids: Uint8Array
  readonly positions: Uint32Array
  readonly offsets: Float64Array
  readonly checksums: Uint32Array
  /** Entry this one is based on, or NO_BASE, BASE_NOWHERE; BASE_BY_ID until that is resolved. */
  readonly bases: Int32Array
  /** Type as in the pack; a loose object has 0, its type is inside. */
  readonly types: Uint8Array
  /** 1 until the entry turns out to be a copy of another or of no wanted type. */
  readonly wanted: Uint8Array
  /** How many entries are copies of others. */
  copies: number
}

function shared(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes)
}

function collectEntries(packs: readonly OpenPack[], places: ObjectPlaces): Entries {
  const { hashBytes, loose } = places
  const firsts: number[] = []
  let firstLoose = 0
  for (const pack of packs) {
    firsts.push(firstLoose)
    firstLoose += pack.index.count
  }
  const count = firstLoose + loose.length
  const entries: Entries = {
    count,
    hashBytes,
    firsts,
    firstLoose,
    ids: new Uint8Array(shared(count * hashBytes)),
    positions: new Uint32Array(shared(count * 4)),
    offsets: new Float64Array(shared(count * 8)),
    checksums: new Uint32Array(shared(count * 4)),
    bases: new Int32Array(count).fill(NO_BASE),
    types: new Uint8Array(shared(count)),
    wanted: new Uint8Array(shared(count)).fill(1),
    copies: 0,
  }
  for (const [i, { index, headers }] of packs.entries()) {
    const first = firsts[i]!
    entries.ids.set(index.ids, first * hashBytes)
    entries.offsets.set(index.offsets, first)
    if (index.checksums) entries.checksums.set(index.checksums, first)
    entries.types.set(headers.types, first)
    for (let j = 0; j < index.count; j++) {
      entries.positions[first + j] = index.positions[j]! + first
      const base = headers.bases[j]!
      entries.bases[first + j] = base >= 0 ? base + first : base
    }
  }
  for (const [i, { folder, id }] of loose.entries()) {
    const entry = firstLoose + i
    entries.ids.set(Buffer.from(id, 'hex'), entry * hashBytes)
    entries.positions[entry] = entry
    entries.offsets[entry] = folder
  }
  return entries
}

/** Copies of objects and bases by id are rare: one pack of git's own making has neither. */
function needsTable(packs: readonly OpenPack[], places: ObjectPlaces): boolean {
  const [pack] = packs
  if (packs.length !== 1 || places.loose.length > 0 || pack === undefined) return true
  return pack.headers.refs.entries.length > 0 || pack.index.hasCopies
}

/** Enters every object; of several with one id the first stays, the others are not wanted. */
function createTable(entries: Entries): IdTable {
  const { ids, hashBytes, count, positions, wanted } = entries
  const table = createIdTable(ids, hashBytes, count, (entry) => positions[entry]! * hashBytes)
  for (let entry = 0; entry < count; entry++) {
    if (table.add(entry) < 0) continue
    wanted[entry] = 0
    entries.copies += 1
  }
  return table
}

function resolveNamedBases(packs: readonly OpenPack[], entries: Entries, table: IdTable | undefined): void {
  for (const [i, { headers }] of packs.entries()) {
    const ids = Uint8Array.from(headers.refs.ids)
    for (const [j, local] of headers.refs.entries.entries()) {
      const base = table === undefined ? -1 : table.find(ids, j * entries.hashBytes)
      entries.bases[entries.firsts[i]! + local] = base < 0 ? BASE_NOWHERE : base
    }
  }
}

function wantedTypes(options: PackOptions): ReadonlySet<number> {
  return new Set([...options.types, ...(options.each ?? [])].map((type) => TYPE_NUMBERS[type]))
}

/** Objects that no family reaches: their header is bad, or their base or its base is. */
function reportLost(entries: Entries, family: Family, problems: PackProblem[]): void {
  if (family.reached === entries.count) return
  const { bases, types, wanted, firstLoose, ids, positions, hashBytes } = entries
  for (let entry = 0; entry < firstLoose; entry++) {
    if (family.isReached(entry) || !wanted[entry]) continue
    const at = positions[entry]! * hashBytes
    const id = Buffer.from(ids.buffer, at, hashBytes).toString('hex')
    if (types[entry] === 0) problems.push({ code: 'bad-header', id, message: 'no object begins there' })
    else if (bases[entry] === BASE_NOWHERE)
      problems.push({ code: 'base-missing', id, message: 'its base is not there' })
    else problems.push(lostBecause(entry, entries, id))
  }
}

function lostBecause(entry: number, { bases, types, count }: Entries, id: string): PackProblem {
  let base = bases[entry]!
  for (let steps = 0; steps <= count && base >= 0; steps++) {
    if (types[base] === 0 || bases[base] === BASE_NOWHERE || bases[base] === BASE_BY_ID) {
      return { code: 'base-broken', id, message: 'its base could not be read' }
    }
    base = bases[base]!
  }
  return { code: 'base-cycle', id, message: 'it is based on itself' }
}
