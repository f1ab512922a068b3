// Reads the header of every entry of a pack, front to back in large reads: its type and what it is based on.
import { readSync } from 'node:fs'

/** Type of an entry whose header is no header. */
export const BAD_TYPE = 0
export const OFS_DELTA = 6
export const REF_DELTA = 7

export const NO_BASE = -1
/** The base is named by id: see `refs`. */
export const BASE_BY_ID = -2
/** The base is said to stand where no object begins. */
export const BASE_NOWHERE = -3

export interface PackHeaders {
  /** Number of the type as it stands in the pack. */
  readonly types: Uint8Array
  /** Index in the pack's order of the entry that this one is based on, or one of the above. */
  readonly bases: Int32Array
  /** Entries based on an id, and these ids one behind the other. */
  readonly refs: { readonly entries: number[]; readonly ids: number[] }
}

const BLOCK = 4 << 20
/** No header is longer: 10 bytes of size, and an offset of 10 or an id of 32. */
const HEADER_ROOM = 64

/** @param offsets places of all entries, ascending; every one at least 12 and below `end` */
export function readHeaders(fd: number, offsets: Float64Array, end: number, hashBytes: number): PackHeaders {
  const types = new Uint8Array(offsets.length)
  const bases = new Int32Array(offsets.length).fill(NO_BASE)
  const refs = { entries: [] as number[], ids: [] as number[] }
  const block = Buffer.allocUnsafe(BLOCK)
  let blockStart = 0
  let blockEnd = 0
  for (let i = 0; i < offsets.length; i++) {
    const offset = offsets[i]!
    if (offset + HEADER_ROOM > blockEnd && blockEnd < end) {
      blockStart = offset
      blockEnd = offset + readFully(fd, block, Math.min(BLOCK, end - offset), offset)
    }
    readHeader(i, offset - blockStart, Math.min(blockEnd, offsets[i + 1] ?? end) - blockStart)
  }
  return { types, bases, refs }

  function readHeader(entry: number, start: number, limit: number): void {
    let at = start
    let byte = at < limit ? block[at++]! : 0
    const type = (byte >> 4) & 7
    while (byte & 0x80) {
      if (at >= limit || at - start > 9) return
      byte = block[at++]!
    }
    if (type === OFS_DELTA) bases[entry] = ofsBase(entry, at, limit)
    else if (type === REF_DELTA) {
      if (at + hashBytes > limit) return
      bases[entry] = BASE_BY_ID
      refs.entries.push(entry)
      for (let i = 0; i < hashBytes; i++) refs.ids.push(block[at + i]!)
    } else if (type < 1 || type > 4) return
    types[entry] = type
  }

  function ofsBase(entry: number, start: number, limit: number): number {
    const distance = readDistance(block, start, limit)
    return distance === undefined ? BASE_NOWHERE : findBackwards(offsets, entry, offsets[entry]! - distance)
  }
}

/** How far before its entry a base stands, written at `at`; undefined when it does not end before `limit`. */
export function readDistance(bytes: Uint8Array, at: number, limit: number): number | undefined {
  let distance = 0
  for (let p = at; p < limit && distance <= 2 ** 45; distance += 1) {
    const byte = bytes[p++]!
    distance = distance * 128 + (byte & 127)
    if (byte < 128) return distance
  }
  return undefined
}

/** Index of `wanted` among the offsets before `entry`; bases mostly stand close before. */
function findBackwards(offsets: Float64Array, entry: number, wanted: number): number {
  let high = entry
  let step = 1
  let low = entry - 1
  while (low > 0 && offsets[low]! > wanted) {
    high = low
    step *= 2
    low = Math.max(0, low - step)
  }
  while (low < high) {
    const middle = (low + high) >> 1
    if (offsets[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low >= 0 && low < entry && offsets[low] === wanted ? low : BASE_NOWHERE
}

/** Reads up to `length` bytes; fewer only at the end of the file. */
export function readFully(fd: number, into: Uint8Array, length: number, position: number): number {
  let done = 0
  while (done < length) {
    const got = readSync(fd, into, done, length - done, position + done)
    if (got === 0) break
    done += got
  }
  return done
}
