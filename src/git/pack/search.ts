// Searches the windows of one object that lies in the kernel's memory.
//
// Why windows are enough. A delta says which bytes of the object are copies of its base, and where. Call a place
// changed when bytes were inserted there, when two copies meet that do not meet in the base, or when the object starts
// or ends otherwise than the base. Windows are all places within `reach` of a change. Take a match of a rule in the
// object: it is decided by bytes within `reach` of one of its keywords (the rule set's own bound). If that keyword
// begins in no window, no byte within `reach` of it is changed, nor is one missing or added between them: all that
// decides about the match is one unbroken piece of the base, start and end of the text included. So the base has the
// same match, and since it was visited the same way, this match was found in it, or in what it is based on, down to
// an object that was searched whole. What remains:
//  - matches must be known in each object, not only in the first that has them: where the visitor found something
//    it says so (sticky), and what is based on that object is searched whole, and so on from there.
//  - rules that reach farther than `reach` name their keywords (`longKeywords`); an object with one is searched whole
//    and is sticky. A long keyword is either in a window, and seen, or in the base, which was sticky then.
//  - base64 text longer than `reach` is decoded as a whole: a window that ends inside of one grows to its ends.
//  - UTF-16 halves the reach and hides keywords: an object that starts with its mark, or has such text in a window,
//    is searched whole. Where no window has any, all of it is unchanged.
//  - a base that was not visited here (a copy of an object of another pack, or of a type nobody asked for) says
//    nothing about stickiness: what is based on it is searched whole.
import type { KeywordTable } from '../../engine/kernel/keyword-table.ts'
import type { Kernel } from '../../engine/kernel/load.ts'
import { pushHits } from '../../engine/kernel/prefilter.ts'
import { HitBuffer } from '../../engine/prefilter.ts'
import type { Arena } from './arena.ts'
import type { PackOptions } from './contract.ts'

const NO_RUNS = new Uint32Array(0)
const WINDOWS_ROOM = 8192

export interface Findings {
  readonly windows: Uint32Array
  readonly hits: HitBuffer
  readonly runs: Uint32Array
  readonly utf16: boolean
  /** A keyword of a rule that reaches far is among the hits. */
  readonly long: boolean
}

export interface Search {
  readonly reach: number
  /** Where `applyDelta` may put the windows of an object of that size; 0 when they could be too many. */
  windowsFor(size: number): number
  /** Searches the object at `at`: its first `count` windows, or all of it when `count` is negative. Undefined: nothing. */
  look(at: number, size: number, count: number): Findings | undefined
  /** Bytes searched so far. */
  searched(): number
}

export function createSearch(
  kernel: Kernel,
  arena: Arena,
  table: KeywordTable,
  options: PackOptions,
): Search {
  const reach = Math.max(64, options.reach)
  const windows = takeOrThrow(arena, WINDOWS_ROOM * 8)
  const isLong = new Uint8Array(options.keywords.length)
  for (const keyword of options.longKeywords) isLong[keyword] = 1
  const hitList = createList(arena, 4096)
  const runList = createList(arena, 1024)
  const hits = new HitBuffer()
  let searched = 0

  function look(at: number, size: number, count: number): Findings | undefined {
    let whole = count < 0 || hasMark(kernel.bytes(), at, size)
    if (!whole) {
      count = kernel.exports.widenWindows(at, size, windows, count, reach)
      whole = hasUtf16(kernel, at, windows, count)
    }
    if (whole) {
      new Uint32Array(kernel.bytes().buffer, windows, 2).set([0, size])
      count = 1
    }
    const bounds = new Uint32Array(kernel.bytes().buffer, windows, count * 2).slice()
    const found = searchWindows(at, size, bounds)
    if (found === undefined || whole || !found.long) return found
    return look(at, size, -1)
  }

  function searchWindows(at: number, size: number, bounds: Uint32Array): Findings | undefined {
    hits.clear()
    const runs: number[] = []
    let utf16 = false
    for (let i = 0; i < bounds.length; i += 2) {
      const from = bounds[i]!
      const to = bounds[i + 1]!
      searched += to - from
      findKeywords(at, size, from, to)
      if (options.minRun > 0) findRuns(at, from, to, runs)
      if (bounds.length === 2 && from === 0 && to === size) {
        utf16 = hasMark(kernel.bytes(), at, size) || kernel.exports.findUtf16(at, 0, size) !== 0
      }
    }
    if (hits.length === 0 && runs.length === 0 && !utf16) return undefined
    const long = hits.keywords.subarray(0, hits.length).some((keyword) => isLong[keyword] === 1)
    return { windows: bounds, hits, runs: runs.length > 0 ? Uint32Array.from(runs) : NO_RUNS, utf16, long }
  }

  function findKeywords(at: number, size: number, from: number, to: number): void {
    const count = hitList.fill((out, room) =>
      kernel.exports.findKeywords(table.at, at, size, from, to, out, room),
    )
    if (count > 0) pushHits(kernel.bytes(), hitList.at(), count, 0, hits)
  }

  function findRuns(at: number, from: number, to: number, runs: number[]): void {
    const count = runList.fill((out, room) =>
      kernel.exports.findRuns(at, from, to, options.minRun, out, room),
    )
    for (const end of new Uint32Array(kernel.bytes().buffer, runList.at(), count * 2)) runs.push(end)
  }

  return {
    reach,
    windowsFor: (size) => (size / reach + 2 < WINDOWS_ROOM ? windows : 0),
    look,
    searched: () => searched,
  }
}

/** The mark at the start of a UTF-16 text, of either byte order. */
function hasMark(memory: Uint8Array, at: number, size: number): boolean {
  if (size < 2) return false
  const mark = (memory[at]! << 8) | memory[at + 1]!
  return mark === 0xfffe || mark === 0xfeff
}

function hasUtf16(kernel: Kernel, at: number, windows: number, count: number): boolean {
  const bounds = new Uint32Array(kernel.bytes().buffer, windows, count * 2)
  for (let i = 0; i < bounds.length; i += 2) {
    if (kernel.exports.findUtf16(at, bounds[i]!, bounds[i + 1]!) !== 0) return true
  }
  return false
}

interface List {
  at(): number
  /** Lets `find` write its results of 8 bytes; when there are more than there is room for, again with more room. */
  fill(find: (out: number, room: number) => number): number
}

function createList(arena: Arena, items: number): List {
  let room = items
  let out = takeOrThrow(arena, room * 8)
  return {
    at: () => out,
    fill(find) {
      const count = find(out, room)
      if (count <= room) return count
      arena.free(out)
      room = count + (count >> 1)
      out = takeOrThrow(arena, room * 8)
      return find(out, room)
    },
  }
}

function takeOrThrow(arena: Arena, size: number): number {
  const at = arena.take(size)
  if (at < 0) throw new RangeError('no memory for what was found')
  return at
}
