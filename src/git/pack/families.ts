// Groups objects into families: a whole object, all deltas based on it, and all based on those.
import { TYPE_NUMBERS } from './contract.ts'
import { NO_BASE } from './headers.ts'
import type { Entries } from './plan.ts'

export interface Family {
  readonly firstChild: Uint32Array
  readonly nextSibling: Uint32Array
  readonly roots: Uint32Array
  readonly taskStarts: Uint32Array
  readonly firstBlobTask: number
  /** How many entries hang on a whole object, wanted or not. */
  readonly reached: number
  isReached(entry: number): boolean
}

/** A family of this many packed bytes is a task of its own; smaller ones share a task of about that size. */
const TASK_BYTES = 2 << 20
/** A loose object counts as this much: its size is not known, and opening it costs. */
const LOOSE_BYTES = 16 << 10

/** Builds families and tasks; takes the mark off entries whose type nobody wants. */
export function groupFamilies(entries: Entries, types: ReadonlySet<number>): Family {
  const { count } = entries
  const links = linkAll(entries)
  const { order, reached } = breadthFirst(entries, links)
  const weights = weigh(entries, order, reached, types)
  const firstChild = new Uint32Array(new SharedArrayBuffer(count * 4))
  const nextSibling = new Uint32Array(new SharedArrayBuffer(count * 4))
  linkNeeded(entries, order, reached, weights, firstChild, nextSibling)
  const seen = new Uint8Array(count)
  for (let i = 0; i < reached; i++) seen[order[i]!] = 1
  return {
    firstChild,
    nextSibling,
    ...makeTasks(entries, weights),
    reached,
    isReached: (entry) => seen[entry] === 1,
  }
}

interface Links {
  readonly first: Int32Array
  readonly next: Int32Array
}

/** Children of every entry, in ascending order. */
function linkAll({ count, bases }: Entries): Links {
  const first = new Int32Array(count).fill(-1)
  const next = new Int32Array(count).fill(-1)
  for (let entry = count - 1; entry >= 0; entry--) {
    const base = bases[entry]!
    if (base < 0) continue
    next[entry] = first[base]!
    first[base] = entry
  }
  return { first, next }
}

/** All entries that hang on a whole object, bases before what is based on them; their types become that object's. */
function breadthFirst({ count, bases, types, firstLoose }: Entries, { first, next }: Links) {
  const order = new Uint32Array(count)
  let reached = 0
  for (let entry = 0; entry < count; entry++) {
    const isWhole = bases[entry] === NO_BASE && (types[entry] !== 0 || entry >= firstLoose)
    if (isWhole) order[reached++] = entry
  }
  for (let i = 0; i < reached; i++) {
    const base = order[i]!
    for (let child = first[base]!; child >= 0; child = next[child]!) {
      types[child] = types[base]!
      order[reached++] = child
    }
  }
  return { order, reached }
}

/** Packed bytes of each entry with all that is needed below it; 0 when nothing there is wanted. */
function weigh(
  entries: Entries,
  order: Uint32Array,
  reached: number,
  types: ReadonlySet<number>,
): Float64Array {
  const { bases, wanted, firstLoose, offsets, count } = entries
  const weights = new Float64Array(count)
  // The type of a loose object, 0, shows when it is read.
  const isWanted = Uint8Array.from({ length: 8 }, (_, type) => Number(type === 0 || types.has(type)))
  for (let i = reached - 1; i >= 0; i--) {
    const entry = order[i]!
    if (!isWanted[entries.types[entry]!]) wanted[entry] = 0
    if (!wanted[entry] && weights[entry] === 0) continue
    const size = entry < firstLoose ? Math.max(1, (offsets[entry + 1] ?? 0) - offsets[entry]!) : LOOSE_BYTES
    weights[entry]! += entry + 1 === firstLoose ? 1 : size
    if (bases[entry]! >= 0) weights[bases[entry]!]! += weights[entry]!
  }
  return weights
}

/** Links what is needed, the heaviest child last: its base need not stay in memory while it is walked. */
function linkNeeded(
  { bases }: Entries,
  order: Uint32Array,
  reached: number,
  weights: Float64Array,
  firstChild: Uint32Array,
  nextSibling: Uint32Array,
): void {
  const heaviest = new Uint32Array(firstChild.length)
  for (let i = reached - 1; i >= 0; i--) {
    const entry = order[i]!
    const base = bases[entry]!
    if (base < 0 || weights[entry] === 0) continue
    if (heaviest[base] === 0 || weights[entry]! > weights[heaviest[base]! - 1]!) heaviest[base] = entry + 1
  }
  firstChild.set(heaviest)
  for (let i = reached - 1; i >= 0; i--) {
    const entry = order[i]!
    const base = bases[entry]!
    if (base < 0 || weights[entry] === 0 || heaviest[base] === entry + 1) continue
    nextSibling[entry] = firstChild[base]!
    firstChild[base] = entry + 1
  }
}

/** What names other objects (and what may) comes first, so that others can go on with it while the blobs are read. */
function makeTasks(
  entries: Entries,
  weights: Float64Array,
): Pick<Family, 'roots' | 'taskStarts' | 'firstBlobTask'> {
  const naming: number[] = []
  const blobs: number[] = []
  for (let entry = 0; entry < entries.count; entry++) {
    if (entries.bases[entry] !== NO_BASE || weights[entry] === 0) continue
    if (entries.types[entry] === TYPE_NUMBERS.blob) blobs.push(entry)
    else naming.push(entry)
  }
  const [first, second] = [tasksOf(naming, weights), tasksOf(blobs, weights)]
  return {
    roots: sharedArray([...first.roots, ...second.roots]),
    taskStarts: sharedArray([
      ...first.starts,
      ...second.starts.map((start) => first.roots.length + start),
      first.roots.length + second.roots.length,
    ]),
    firstBlobTask: first.starts.length,
  }
}

/** Large families first, each a task; then runs of small ones in the order of the packs. */
function tasksOf(families: readonly number[], weights: Float64Array): { roots: number[]; starts: number[] } {
  const large = families.filter((entry) => weights[entry]! >= TASK_BYTES)
  const small = families.filter((entry) => weights[entry]! < TASK_BYTES)
  large.sort((a, b) => weights[b]! - weights[a]! || a - b)
  const starts = large.map((_, i) => i)
  let bytes = TASK_BYTES
  for (const [i, entry] of small.entries()) {
    if (bytes >= TASK_BYTES) {
      starts.push(large.length + i)
      bytes = 0
    }
    bytes += weights[entry]!
  }
  return { roots: large.concat(small), starts }
}

export function sharedArray(numbers: readonly number[]): Uint32Array {
  const array = new Uint32Array(new SharedArrayBuffer(numbers.length * 4))
  array.set(numbers)
  return array
}
