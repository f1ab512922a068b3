// Unpacks single objects into the kernel's memory: a packed one, a delta on a base that is there, a loose one.
import { crc32 } from 'node:zlib'
import type { Kernel } from '../../engine/kernel/load.ts'
import { loosePath } from '../loose-path.ts'
import type { Arena } from './arena.ts'
import type { PackProblemCode } from './contract.ts'
import { readEntryHeader } from './entry-header.ts'
import { OFS_DELTA } from './headers.ts'
import { createList } from './list.ts'
import { readLoose } from './loose.ts'
import type { Pages } from './pages.ts'
import type { Plan } from './plan.ts'

/** An object in memory. */
export interface Unpacked {
  readonly at: number
  readonly size: number
  readonly type: number
  /** Of what copies of its base it is made; valid until the next object is unpacked. */
  readonly delta?: Delta
}

export interface Delta {
  readonly copies: number
  readonly count: number
  readonly baseSize: number
}

export interface Failure {
  readonly code: PackProblemCode
  readonly message: string
}

export interface Unpacker {
  unpack(entry: number, base: Unpacked | undefined): Unpacked | Failure
  /** The id of an entry in hex. */
  idOf(entry: number): string
  /** Bytes that came out of inflate so far. */
  inflated(): number
}

const NO_MEMORY: Failure = { code: 'too-large', message: 'there is no memory for it' }
/** Enough for any header; fits a page wherever it begins. */
const HEAD_BYTES = 64
/** Packed bytes can be more than what they hold, but not by much. */
const PACKED_SPARE = 1 << 16
const NOT_INTACT: Failure = { code: 'bad-data', message: 'its checksum is not the one of the index' }
const BAD_HEADER: Failure = { code: 'bad-header', message: 'no object begins there' }

/** @param maxBytes larger objects fail */
export function createUnpacker(
  kernel: Kernel,
  plan: Plan,
  pages: Pages,
  arena: Arena,
  maxBytes: number,
): Unpacker {
  const { exports } = kernel
  const ids = Buffer.from(plan.ids.buffer)
  const copies = createList(arena, 4096)
  let inflated = 0
  let pack = 0

  function idOf(entry: number): string {
    const at = plan.positions[entry]! * plan.hashBytes
    return ids.toString('hex', at, at + plan.hashBytes)
  }

  function packOf(entry: number): number {
    while (entry < plan.packs[pack]!.first) pack -= 1
    while (entry >= (plan.packs[pack + 1]?.first ?? plan.firstLoose)) pack += 1
    return pack
  }

  function unpackEntry(entry: number, base: Unpacked | undefined): Unpacked | Failure {
    const { end: packEnd } = plan.packs[packOf(entry)]!
    const start = plan.offsets[entry]!
    const isLast = entry + 1 === (plan.packs[pack + 1]?.first ?? plan.firstLoose)
    const end = isLast ? packEnd : plan.offsets[entry + 1]!
    const page = pages.locate(pack, start, end)
    if (page < 0) return unpackLarge(entry, start, end, base)
    return isIntact(entry, page, end - start) ? unpackAt(page, end - start, base) : NOT_INTACT
  }

  /** What inflates well may still be another object: a header or a base's place that was changed shows here only. */
  function isIntact(entry: number, packed: number, length: number): boolean {
    const checksum = plan.checksums[entry]!
    return checksum === 0 || crc32(kernel.bytes().subarray(packed, packed + length)) === checksum
  }

  /** An entry that does not fit a page is read by itself: as much as its size can need, should more lie behind it. */
  function unpackLarge(
    entry: number,
    start: number,
    end: number,
    base: Unpacked | undefined,
  ): Unpacked | Failure {
    const head = pages.locate(pack, start, Math.min(end, start + HEAD_BYTES))
    const header = readEntryHeader(kernel.bytes(), head, Math.min(end - start, HEAD_BYTES), plan.hashBytes)
    if (header === undefined) return BAD_HEADER
    const length = Math.min(end - start, header.length + 2 * header.size + PACKED_SPARE)
    const copy = arena.take(length)
    if (copy < 0) return NO_MEMORY
    try {
      if (pages.read(pack, start, start + length, copy)) {
        const isWhole = length === end - start
        return isWhole && !isIntact(entry, copy, length) ? NOT_INTACT : unpackAt(copy, length, base)
      }
      return { code: 'unreadable', message: 'the pack has become shorter' }
    } finally {
      arena.free(copy)
    }
  }

  function unpackAt(packed: number, length: number, base: Unpacked | undefined): Unpacked | Failure {
    const header = readEntryHeader(kernel.bytes(), packed, length, plan.hashBytes)
    if (header === undefined || header.type >= OFS_DELTA !== (base !== undefined)) return BAD_HEADER
    if (header.size > maxBytes) return { code: 'too-large', message: `it has ${header.size} bytes` }
    const at = arena.take(header.size)
    if (at < 0) return NO_MEMORY
    const status = exports.inflate(packed + header.length, length - header.length, at, header.size, 1)
    if (status < 0) {
      arena.free(at)
      return { code: 'bad-data', message: `its packed bytes are damaged (${status})` }
    }
    inflated += header.size
    if (base === undefined) return { at, size: header.size, type: header.type }
    const result = applyDelta(at, header.size, base)
    arena.free(at)
    return result
  }

  function applyDelta(delta: number, deltaSize: number, base: Unpacked): Unpacked | Failure {
    const size = exports.deltaResultSize(delta, deltaSize)
    if (size < 0) return { code: 'bad-delta', message: 'it says no size' }
    if (size > maxBytes) return { code: 'too-large', message: `it has ${size} bytes` }
    const at = arena.take(size)
    if (at < 0) return NO_MEMORY
    // Three words for each copy.
    copies.room(Math.ceil(exports.mostCopies(size) * 1.5))
    const count = exports.applyDelta(base.at, base.size, delta, deltaSize, at, size, copies.at())
    if (count < 0) {
      arena.free(at)
      return { code: 'bad-delta', message: `it does not fit its base (${count})` }
    }
    return { at, size, type: base.type, delta: { copies: copies.at(), count, baseSize: base.size } }
  }

  function unpackLoose(entry: number): Unpacked | Failure {
    const folder = plan.folders[plan.offsets[entry]!]!
    const content = readLoose(loosePath(folder, idOf(entry)), maxBytes)
    if ('code' in content) return content
    const at = arena.take(content.bytes.length)
    if (at < 0) return NO_MEMORY
    kernel.bytes().set(content.bytes, at)
    inflated += content.bytes.length
    return { at, size: content.bytes.length, type: content.type }
  }

  return {
    idOf,
    inflated: () => inflated,
    unpack: (entry, base) => (entry >= plan.firstLoose ? unpackLoose(entry) : unpackEntry(entry, base)),
  }
}
