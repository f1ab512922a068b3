// The prefilter in the kernel: bytes go into its memory in slabs, hits come back. Same hits as the reference.
import { type HitBuffer, MIN_RUN, type Prefilter } from '../prefilter.ts'
import type { KeywordTable } from './keyword-table.ts'
import type { Kernel } from './load.ts'
import { ALPHABET } from './runs.ts'

/** Small enough to stay in the second-level cache, large enough that calls cost nothing. */
const SLAB = 1 << 17
const ROOM = 1 << 14

/**
 * The same contract as `createPrefilter`, and the same hits, but for those that an image knows to be worth no look.
 * @param table of the keywords, in this kernel
 */
export function createKernelPrefilter(kernel: Kernel, table: KeywordTable): Prefilter {
  const slab = kernel.reserve(SLAB + table.longest)
  let room = ROOM
  let out = kernel.reserve(room * 8)
  /** What `find` has just put into the slab: `findRuns` looks at the same bytes next. */
  let held: { readonly bytes: Uint8Array; readonly from: number; readonly end: number } | undefined

  function fill(bytes: Uint8Array, from: number, end: number): void {
    const isHeld = held?.bytes === bytes && held.from === from && held.end >= end
    if (!isHeld)
      kernel.bytes().set(from === 0 && end === bytes.length ? bytes : bytes.subarray(from, end), slab)
    held = undefined
  }

  /** Hits of keywords that begin in `[from, to)`, at most a slab. */
  function findInSlab(bytes: Uint8Array, from: number, to: number): number {
    const end = Math.min(bytes.length, to + table.longest - 1)
    held = undefined
    fill(bytes, from, end)
    held = { bytes, from, end }
    const search = () => kernel.exports.findKeywords(table.at, slab, end - from, 0, to - from, out, room)
    let found = search()
    if (found > room) {
      // Keywords inside keywords, over and over: rare enough to leave the old room behind and start again.
      room = found * 2
      out = kernel.reserve(room * 8)
      found = search()
    }
    return keepProbable(found, end - from, Number(from > 0) | (end < bytes.length ? 2 : 0))
  }

  /** Of the hits in the slab those at which a rule could match; `open`: on which sides the text goes on. */
  function keepProbable(found: number, size: number, open: number): number {
    const { probes } = table
    return probes === undefined ? found : kernel.exports.keepHits(probes, slab, size, out, found, open)
  }

  /** Runs in `[from, to)`, at most a slab, that decode to text; places are relative to `from`. */
  function runsInSlab(bytes: Uint8Array, from: number, to: number): Uint32Array {
    fill(bytes, from, to)
    // A slab holds fewer runs than there is room for: each takes 25 bytes with what ends it.
    const count = kernel.exports.findRuns(slab, 0, to - from, MIN_RUN, 1, out, room)
    return new Uint32Array(kernel.bytes().buffer, out, count * 2)
  }

  return {
    findRuns(bytes, runs) {
      for (let at = 0; bytes.length - at >= MIN_RUN; ) {
        const end = Math.min(at + SLAB, bytes.length)
        const isLast = end === bytes.length
        const found = runsInSlab(bytes, at, end)
        for (let i = 0; i < found.length; i += 2) {
          if (isLast || at + found[i + 1]! < end) runs.push(at + found[i]!, at + found[i + 1]!)
        }
        if (isLast) return
        at = goOnFrom(bytes, at, end, runs)
      }
    },
    find(bytes, from, to, hits) {
      const stop = Math.min(to, bytes.length)
      for (let at = from; at < stop; at += SLAB) {
        const found = findInSlab(bytes, at, Math.min(at + SLAB, stop))
        if (found > 0) pushHits(kernel.bytes(), out, found, at, hits)
      }
    },
  }
}

/** A run that goes on behind the slab belongs to the next one; one that fills the slab is walked to its end here. */
function goOnFrom(bytes: Uint8Array, at: number, end: number, runs: number[]): number {
  let start = end
  while (start > at && ALPHABET[bytes[start - 1]!]) start -= 1
  if (start > at || !ALPHABET[bytes[at]!]) return start
  let stop = end
  while (stop < bytes.length && ALPHABET[bytes[stop]!]) stop += 1
  runs.push(at, stop)
  return stop
}

/** Adds hits as the kernel writes them, keyword in the low 16 bits and offset above, moved by `shift`. */
export function pushHits(
  memory: Uint8Array,
  out: number,
  count: number,
  shift: number,
  hits: HitBuffer,
): void {
  const words = new Uint32Array(memory.buffer, out, count * 2)
  for (let i = 0; i < count * 2; i += 2) {
    const low = words[i]!
    const high = words[i + 1]!
    hits.push(low & 0xffff, shift + high * 65536 + (low >>> 16))
  }
}
