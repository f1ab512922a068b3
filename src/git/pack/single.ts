// Reads single objects from the packs of a folder by their ids: the few that a hook needs, without a plan of all.
import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Kernel } from '../../engine/kernel/load.ts'
import { type Arena, createArena } from './arena.ts'
import { type EntryHeader, readEntryHeader } from './entry-header.ts'
import { OFS_DELTA, REF_DELTA, readDistance } from './headers.ts'

/** An object as a pack holds it. */
export interface PackedObject {
  /** Git's number of its type. */
  readonly type: number
  readonly bytes: Buffer
}

export interface PackedReader {
  /** The object of an id in hex; undefined when it is in no pack, or can't be read from the first one that has it. */
  read(oid: string): PackedObject | undefined
  close(): void
}

const HASH_BYTES = 20
const SIGNATURE = 0xff744f63
const IDS_AT = 8 + 1024
const LARGE_OFFSET = 0x80000000
/** Git makes chains of 50, and of 250 when told to take its time. */
const LONGEST_CHAIN = 300
/** What nearly every entry fits in with its header. */
const FIRST_READ = 4096
const LONGEST_HEADER = 32

interface Pack {
  /** Descriptor of the pack. */
  fd(): number
  /** Where the entry of an id begins. */
  find(id: Buffer): number | undefined
}

/** An entry: inflated at `at`, and what it is based on. */
interface Entry {
  readonly type: number
  readonly at: number
  readonly size: number
  readonly base: number | undefined
}

/** @param kernel uses all of its open memory during a call */
export function createPackedReader(kernel: Kernel, folder: string, maxBytes: number): PackedReader {
  const files: number[] = []
  const open = (path: string) => {
    const fd = openSync(path, 'r')
    files.push(fd)
    return fd
  }
  let packs: readonly Pack[] | undefined
  return {
    read(oid) {
      packs ??= readdirSync(folder)
        .filter((name) => name.endsWith('.idx'))
        .flatMap((name) => openIndex(join(folder, name), open))
      const id = Buffer.from(oid, 'hex')
      for (const pack of packs) {
        const offset = pack.find(id)
        if (offset !== undefined)
          return readObject({ kernel, fd: pack.fd(), pack, maxBytes, arena: createArena(kernel) }, offset)
      }
      return undefined
    },
    close() {
      for (const fd of files.splice(0)) closeSync(fd)
    },
  }
}

/** Nothing where the index has another version: git reads those. */
function openIndex(path: string, open: (path: string) => number): Pack[] {
  const fd = open(path)
  const head = readAt(fd, IDS_AT, 0)
  if (head === undefined || head.readUInt32BE(0) !== SIGNATURE || head.readUInt32BE(4) !== 2) return []
  const upTo = (first: number) => (first < 0 ? 0 : head.readUInt32BE(8 + first * 4))
  const count = upTo(255)
  let pack: number | undefined
  return [
    {
      fd() {
        pack ??= open(path.replace(/idx$/, 'pack'))
        return pack
      },
      find(id) {
        const from = upTo(id[0]! - 1)
        const ids = readAt(fd, (upTo(id[0]!) - from) * HASH_BYTES, IDS_AT + from * HASH_BYTES)
        const position = ids && searchIds(ids, id)
        return position === undefined ? undefined : offsetOf(fd, count, from + position)
      },
    },
  ]
}

function offsetOf(fd: number, count: number, position: number): number | undefined {
  const offsetsAt = IDS_AT + count * (HASH_BYTES + 4)
  const offset = readAt(fd, 4, offsetsAt + position * 4)?.readUInt32BE(0)
  if (offset === undefined || offset < LARGE_OFFSET) return offset
  const large = readAt(fd, 8, offsetsAt + count * 4 + (offset - LARGE_OFFSET) * 8)
  return large && large.readUInt32BE(0) * 0x100000000 + large.readUInt32BE(4)
}

/** Which of the ids, one behind the other in ascending order, is `id`. */
function searchIds(ids: Buffer, id: Buffer): number | undefined {
  let low = 0
  let high = ids.length / HASH_BYTES
  while (low < high) {
    const middle = (low + high) >> 1
    const order = ids.compare(id, 0, HASH_BYTES, middle * HASH_BYTES, (middle + 1) * HASH_BYTES)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle
  }
  return undefined
}

interface Work {
  readonly kernel: Kernel
  readonly arena: Arena
  readonly fd: number
  readonly pack: Pack
  readonly maxBytes: number
}

/** Inflates the entry and those that it is based on, then applies the deltas from the last to the first. */
function readObject(work: Work, offset: number): PackedObject | undefined {
  const deltas: Entry[] = []
  let entry = inflateEntry(work, offset)
  while (entry?.base !== undefined && deltas.length < LONGEST_CHAIN) {
    deltas.push(entry)
    entry = inflateEntry(work, entry.base)
  }
  if (entry === undefined || entry.base !== undefined) return undefined
  const { type } = entry
  let object: Pick<Entry, 'at' | 'size'> | undefined = entry
  for (let delta = deltas.pop(); delta && object; delta = deltas.pop())
    object = applyDelta(work, delta, object)
  if (object === undefined) return undefined
  return { type, bytes: Buffer.copyBytesFrom(work.kernel.bytes(), object.at, object.size) }
}

function inflateEntry({ kernel, arena, fd, pack, maxBytes }: Work, offset: number): Entry | undefined {
  let room = FIRST_READ
  for (;;) {
    const packed = arena.take(room)
    if (packed < 0) return undefined
    const length = readSync(fd, kernel.bytes(), packed, room, offset)
    if (length < LONGEST_HEADER) return undefined // the checksum of the pack alone is not much less
    const header = readEntryHeader(kernel.bytes(), packed, length, HASH_BYTES)
    if (header === undefined || header.size > maxBytes) return undefined
    const { type, size, length: end } = header
    const base = type < OFS_DELTA ? undefined : baseOf(header, kernel.bytes(), offset, pack)
    if (type >= OFS_DELTA && base === undefined) return undefined
    // Packed bytes can be more than what they hold, but not by much.
    const most = end + size + (size >> 8) + 64
    if (most <= room || length < room) {
      const at = arena.take(size)
      if (at < 0 || kernel.exports.inflate(packed + end, length - end, at, size, 1) < 0) return undefined
      arena.free(packed)
      return { type, at, size, base }
    }
    arena.free(packed)
    room = most
  }
}

/** Where the entry stands that the one at `offset` is based on; undefined: nowhere. */
function baseOf(
  { type, base }: EntryHeader,
  bytes: Uint8Array,
  offset: number,
  pack: Pack,
): number | undefined {
  if (type === REF_DELTA) return pack.find(Buffer.from(bytes.subarray(base, base + HASH_BYTES)))
  const distance = readDistance(bytes, base, base + LONGEST_HEADER) ?? 0
  return distance > 0 && distance < offset ? offset - distance : undefined
}

function applyDelta(
  { kernel, arena, maxBytes }: Work,
  delta: Entry,
  base: Pick<Entry, 'at' | 'size'>,
): Pick<Entry, 'at' | 'size'> | undefined {
  const { exports } = kernel
  const size = exports.deltaResultSize(delta.at, delta.size)
  if (size < 0 || size > maxBytes) return undefined
  const at = arena.take(size)
  const copies = arena.take(exports.mostCopies(size) * 12 + 64)
  if (at < 0 || copies < 0) return undefined
  if (exports.applyDelta(base.at, base.size, delta.at, delta.size, at, size, copies) < 0) return undefined
  for (const done of [copies, delta.at, base.at]) arena.free(done)
  return { at, size }
}

/** `length` bytes of a file; undefined when it is shorter. */
function readAt(fd: number, length: number, position: number): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(length)
  return readSync(fd, bytes, 0, length, position) === length ? bytes : undefined
}
