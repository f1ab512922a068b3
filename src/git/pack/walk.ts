// Walks families depth-first: each entry is inflated once, each delta applied once, its base still in memory.
import { archiveKind } from '../../engine/decode/archive-kind.ts'
import { isOneWord } from '../../engine/decode/named-file.ts'
import type { Kernel } from '../../engine/kernel/load.ts'
import { isLfsPointer } from '../lfs.ts'
import type { Arena } from './arena.ts'
import {
  type ObjectId,
  type ObjectType,
  type PackCounts,
  type PackOptions,
  type PackProblem,
  type PackVisitor,
  TYPE_NAMES,
} from './contract.ts'
import type { Plan } from './plan.ts'
import type { Findings, Search, Searched } from './search.ts'
import { keepNames } from './tree.ts'
import type { Failure, Unpacked, Unpacker } from './unpack.ts'

/** An object whose children are being walked. */
interface Frame {
  readonly object: Unpacked
  /** What is known of its text; absent when its type is not searched. */
  readonly searched: Searched | undefined
  /** Its children are given whole. */
  readonly sticky: boolean
  /** Entry + 1 of the next child. */
  next: number
}

export interface Reader {
  readonly kernel: Kernel
  readonly plan: Plan
  readonly options: PackOptions
  readonly arena: Arena
  readonly search: Search
  readonly unpacker: Unpacker
  readonly visitor: PackVisitor
  readonly counts: PackCounts
  readonly problems: PackProblem[]
  /** The object that `each` is told of. */
  readonly current: CurrentId
}

export interface CurrentId extends ObjectId {
  entry: number
  family: number
}

/** Walks one family. Memory: no base is kept while its last and heaviest child is walked. */
export function walkFamily(reader: Reader, root: number): void {
  const { plan, arena } = reader
  reader.current.family = root
  const stack: Frame[] = []
  enter(reader, root, undefined, stack)
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const entry = frame.next - 1
    frame.next = plan.nextSibling[entry]!
    const isLast = frame.next === 0
    if (isLast) stack.pop()
    enter(reader, entry, frame, stack)
    if (!isLast) continue
    arena.free(frame.object.at)
    if (frame.searched !== undefined) arena.free(frame.searched.hits)
  }
}

/** Unpacks and visits an object; pushes it when others are based on it, else lets go of it. */
function enter(reader: Reader, entry: number, base: Frame | undefined, stack: Frame[]): void {
  const { plan, arena, search } = reader
  const object = unpackSafely(reader, entry, base?.object)
  if ('code' in object) {
    reportFamily(reader, entry, object)
    return
  }
  const sticky = visit(reader, entry, object, base)
  const next = plan.firstChild[entry]!
  if (next === 0) {
    arena.free(object.at)
    return
  }
  const searched = isSearched(reader, object) ? search.keep() : undefined
  stack.push({ object, searched, sticky, next })
}

function bytesOf({ kernel }: Reader, { at, size }: Unpacked): Uint8Array {
  return kernel.bytes().subarray(at, at + size)
}

function isSearched({ options }: Reader, object: Unpacked): boolean {
  return options.types.includes(TYPE_NAMES[object.type]!)
}

function unpackSafely({ unpacker }: Reader, entry: number, base: Unpacked | undefined): Unpacked | Failure {
  try {
    return unpacker.unpack(entry, base)
  } catch (error) {
    return { code: 'unreadable', message: (error as Error).message }
  }
}

/** True when what is based on the object must be given whole. */
function visit(reader: Reader, entry: number, object: Unpacked, base: Frame | undefined): boolean {
  const { plan, options, counts, visitor, search } = reader
  const type = TYPE_NAMES[object.type]!
  const isWanted = plan.wanted[entry] === 1
  const isEach = options.each?.includes(type) === true
  if (isWanted && (isEach || isSearched(reader, object))) {
    counts[type] += 1
    counts.objectBytes += object.size
  }
  if (isWanted && isEach) {
    reader.current.entry = entry
    visitor.each?.(reader.current, type, bytesOf(reader, object))
  }
  if (!isSearched(reader, object)) return true
  if (isWanted && type === 'blob' && object.size < 1024 && isLfsPointer(bytesOf(reader, object))) {
    counts.lfsPointers += 1
  }
  if (isWanted && type === 'blob') tellForm(reader, entry, object)
  const isWhole = base === undefined || base.sticky || options.whole === true
  const found = search.look(object, options.whole ? undefined : base?.searched, isWhole)
  // A copy of an object of another pack is visited there; here nobody says whether it is sticky.
  if (!isWanted) return true
  return found !== undefined && tell(reader, entry, object, type, found)
}

/** Tells of blobs that are more than their text: archives, and words whose meaning is the name of their file. */
function tellForm(reader: Reader, entry: number, object: Unpacked): void {
  const { visitor, unpacker } = reader
  const memory = reader.kernel.bytes()
  const { at, size } = object
  if (visitor.archive && archiveKind(memory, at, size) !== undefined)
    visitor.archive(unpacker.idOf(entry), bytesOf(reader, object))
  if (visitor.word && isOneWord(memory, at, size)) visitor.word(unpacker.idOf(entry), bytesOf(reader, object))
}

function tell(reader: Reader, entry: number, object: Unpacked, type: ObjectType, found: Findings): boolean {
  const { plan, visitor, unpacker, counts } = reader
  const bytes = bytesOf(reader, object)
  let { hits, runs } = found
  if (type === 'tree') {
    ;({ hits, runs } = keepNames(bytes, plan.hashBytes, hits, runs))
    if (hits.length === 0 && runs.length === 0) return false
  }
  counts.visited += 1
  const { whole, windows, utf16 } = found
  return visitor.visit({ id: unpacker.idOf(entry), type, bytes, whole, windows, hits, runs, utf16 })
}

/** One problem for the object itself, and one for each wanted object that hangs on it. */
function reportFamily({ plan, problems, unpacker }: Reader, entry: number, failure: Failure): void {
  if (plan.wanted[entry]) problems.push({ ...failure, id: unpacker.idOf(entry) })
  const below = [plan.firstChild[entry]!]
  for (let next = below.pop(); next !== undefined; next = below.pop()) {
    if (next === 0) continue
    const child = next - 1
    if (plan.wanted[child]) {
      problems.push({ code: 'base-broken', id: unpacker.idOf(child), message: 'its base could not be read' })
    }
    below.push(plan.nextSibling[child]!, plan.firstChild[child]!)
  }
}
