// Finds what is worth a look in one object that lies in the kernel's memory: all of it, or what its delta changed.
//
// Keywords. Every object's list of hits is complete. A delta's is made from its base's: a keyword that lies whole in
// one copied piece is moved along, and only around inserts and seams the bytes are searched. So each distinct byte is
// searched about once, however many versions hold it.
//
// What is given to the visitor, and why that is enough. Call a place changed when bytes were inserted there, when two
// copies meet that do not meet in the base, or when the object starts or ends otherwise than the base. A match of a
// rule is decided by bytes within the reach of one of its keywords (the rule set's own bound, by keyword). If nothing
// within that reach is changed, all that decides about the match is one unbroken piece of the base, start and end of
// the text included: the base has the same match. It was found there when the base was visited, or in what the base
// is based on, down to an object that was given whole. What remains:
//  - matches must be known in each object, not only in the first that has them: where the visitor found something
//    it says so (sticky), and what is based on that object is given whole, and so on from there.
//  - a keyword is left out where the bytes are not that a match of its rules must hold (`probes`). Those bytes are asked
//    again only where one within the probe's own reach, which is shorter, is changed.
//  - rules without bound name their keywords (`longKeywords`): an object that holds one anywhere is given whole.
//  - base64 is decoded text by text: what it decodes to is decided by the text alone, wrapped lines included, and by
//    the name it is assigned to. So the runs of a text are given when a change lies in it, beside it, or closely before.
//  - UTF-16 hides keywords: an object with such text anywhere is given whole. It has some anywhere when it starts with
//    the mark, when there is some at a change, or when its base had some and it is still there.
//  - a base that was not visited here (a copy of an object of another pack) says nothing about stickiness: what is
//    based on it is given whole.
import type { Kernel } from '../../engine/kernel/load.ts'
import { pushHits } from '../../engine/kernel/prefilter.ts'
import { HitBuffer } from '../../engine/prefilter.ts'
import type { Arena } from './arena.ts'
import type { PackOptions } from './contract.ts'
import { createList } from './list.ts'
import type { SearchTables } from './tables.ts'
import type { Unpacked } from './unpack.ts'

/** What is known of an object after its search, for the sake of the objects based on it. */
export interface Searched {
  /** All hits, as the kernel writes them; freed with the object. Behind them those that are worth a look. */
  readonly hits: number
  readonly hitCount: number
  readonly probableCount: number
  readonly utf16: boolean
}

/** What the visitor is told. Views and buffers that are used again for the next object. */
export interface Findings {
  readonly whole: boolean
  readonly windows: Uint32Array
  readonly hits: HitBuffer
  readonly runs: Uint32Array
  readonly utf16: boolean
}

export interface Search {
  /**
   * Looks for what is worth a visit; undefined when nothing is.
   * `base` is absent for an object without base, `whole` gives all there is.
   */
  look(object: Unpacked, base: Searched | undefined, whole: boolean): Findings | undefined
  /** What `look` learned of its last object, in a block of the arena of its own. */
  keep(): Searched
  /** Bytes searched so far. */
  searched(): number
}

export function createSearch(
  kernel: Kernel,
  arena: Arena,
  { table, probes, reaches, probeReaches }: SearchTables,
  options: PackOptions,
): Search {
  const { exports } = kernel
  const { minRun } = options
  const text = Number(options.textRuns === true && minRun >= 16)
  const all = createList(arena, 4096)
  const touched = createList(arena, 4096)
  const carried = createList(arena, 4096)
  const probable = createList(arena, 4096)
  const near = createList(arena, 4096)
  const runs = createList(arena, 1024)
  const windows = createList(arena, 1024)
  const hits = new HitBuffer()
  let searched = 0
  let hitCount = 0
  let probableCount = 0
  let utf16 = false

  function findAll({ at, size, delta }: Unpacked, base: Searched | undefined): void {
    if (base === undefined || delta === undefined) {
      hitCount = all.fill((out, room) => exports.findKeywords(table.at, at, size, 0, size, out, room))
      utf16 = hasMark(kernel.bytes(), at, size) || exports.findUtf16(at, 0, size) !== 0
      searched += size
      return
    }
    const { copies, count } = delta
    hitCount = all.fill((out, room) =>
      exports.mapHits(table.at, table.longest, base.hits, base.hitCount, copies, count, at, size, out, room),
    )
    searched += exports.searched()
    const found = base.utf16 ? exports.findUtf16(at, 0, size) : exports.changedUtf16(copies, count, at, size)
    utf16 = found !== 0 || hasMark(kernel.bytes(), at, size)
  }

  /**
   * Of all hits those with what a match must hold beside them. Where nothing within a probe's reach is changed, the
   * base's hits have been asked already: they are moved along.
   */
  function findProbable({ at, size, delta }: Unpacked, base: Searched | undefined): void {
    if (base === undefined || delta === undefined) {
      probable.room(hitCount)
      kernel.bytes().copyWithin(probable.at(), all.at(), all.at() + hitCount * 8)
      probableCount = keepProbable(at, size, probable.at(), hitCount)
      return
    }
    const { copies, count, baseSize } = delta
    touched.room(hitCount)
    const changed = exports.changedHits(
      all.at(),
      hitCount,
      probeReaches,
      copies,
      count,
      baseSize,
      size,
      touched.at(),
    )
    const kept = keepProbable(at, size, touched.at(), changed)
    const baseHits = base.hits + base.hitCount * 8
    carried.room(hitCount)
    const moved = exports.carriedHits(
      baseHits,
      base.probableCount,
      probeReaches,
      copies,
      count,
      baseSize,
      size,
      carried.at(),
    )
    probable.room(kept + moved)
    probableCount = exports.mergeHits(touched.at(), kept, carried.at(), moved, probable.at())
  }

  /** Of the `count` hits at `hits`, in place; returns how many. */
  function keepProbable(at: number, size: number, hits: number, count: number): number {
    return probes === undefined ? count : exports.keepHits(probes, at, size, hits, count, 0)
  }

  function lookWhole({ at, size }: Unpacked): Findings | undefined {
    const runCount =
      minRun > 0 ? runs.fill((out, room) => exports.findRuns(at, 0, size, minRun, text, out, room)) : 0
    if (probableCount === 0 && runCount === 0 && !utf16) return undefined
    return tell(true, probable.at(), probableCount, runCount, Uint32Array.of(0, size))
  }

  function tell(
    whole: boolean,
    hitsAt: number,
    count: number,
    runCount: number,
    bounds: Uint32Array,
  ): Findings {
    hits.clear()
    pushHits(kernel.bytes(), hitsAt, count, 0, hits)
    const runBounds = new Uint32Array(kernel.bytes().buffer, runs.at(), runCount * 2)
    return { whole, windows: bounds, hits, runs: runBounds, utf16 }
  }

  /** Windows of what the delta changed: only worked out for objects that are visited. */
  function windowsOf({ at, size, delta }: Unpacked): Uint32Array {
    const { copies, count, baseSize } = delta!
    windows.room(count + 1)
    const found = exports.windowsOf(copies, count, baseSize, size, options.sought.reach, windows.at())
    const kept = exports.widenWindows(at, size, windows.at(), found, options.sought.reach)
    return new Uint32Array(kernel.bytes().buffer, windows.at(), kept * 2)
  }

  return {
    searched: () => searched,
    look(object, base, whole) {
      findAll(object, base)
      findProbable(object, base)
      const { at, size, delta } = object
      if (whole || utf16 || delta === undefined) return lookWhole(object)
      const { copies, count, baseSize } = delta
      near.room(probableCount)
      const nearCount = exports.changedHits(
        probable.at(),
        probableCount,
        reaches,
        copies,
        count,
        baseSize,
        size,
        near.at(),
      )
      if (exports.anyFar(near.at(), nearCount, reaches)) return lookWhole(object)
      const runCount =
        minRun > 0
          ? runs.fill((out, room) =>
              exports.changedRuns(copies, count, baseSize, at, size, minRun, text, out, room),
            )
          : 0
      if (nearCount === 0 && runCount === 0) return undefined
      return tell(false, near.at(), nearCount, runCount, windowsOf(object))
    },
    keep() {
      const kept = arena.take((hitCount + probableCount) * 8)
      if (kept < 0) throw new RangeError('no memory for the keywords of an object')
      const memory = kernel.bytes()
      memory.copyWithin(kept, all.at(), all.at() + hitCount * 8)
      memory.copyWithin(kept + hitCount * 8, probable.at(), probable.at() + probableCount * 8)
      return { hits: kept, hitCount, probableCount, utf16 }
    },
  }
}

/** The mark at the start of a UTF-16 text, of either byte order. */
function hasMark(memory: Uint8Array, at: number, size: number): boolean {
  if (size < 2) return false
  const mark = (memory[at]! << 8) | memory[at + 1]!
  return mark === 0xfffe || mark === 0xfeff
}
