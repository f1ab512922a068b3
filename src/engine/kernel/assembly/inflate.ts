// Inflates one zlib stream whose inflated size is known. Never reads or writes past the given buffers by more
// than SLOP, whatever the bytes; the caller keeps that much room behind each.
import { adler32 } from './adler'
import { buildTable, END_OF_BLOCK, EXCEPTIONAL, LITERAL, SUBTABLE } from './huffman'
import {
  FIXED_LITLEN, FIXED_OFFSETS, LENS, LITLEN, LITLEN_BITS, LITLEN_RESULTS, OFFSET_BITS, OFFSET_RESULTS,
  OFFSETS, PATTERNS, PRECODE, PRECODE_BITS, PRECODE_ORDER, PRECODE_RESULTS, STEPS,
} from './layout'

const BAD_HEADER: i32 = -1
const BAD_BLOCK: i32 = -2
const BAD_STORED: i32 = -3
const BAD_CODES: i32 = -4
const BAD_SYMBOL: i32 = -5
const TRUNCATED: i32 = -6
const TOO_LONG: i32 = -7
const TOO_SHORT: i32 = -8
const BAD_CHECKSUM: i32 = -9
const TRAILING: i32 = -10

/** Fills the constant tables; called once. */
export function initInflate(): void {
  for (let i: u32 = 0; i < 19; i++) store<u32>(PRECODE_RESULTS + (i << 2), i << 16)
  for (let i: u32 = 0; i < 256; i++) store<u32>(LITLEN_RESULTS + (i << 2), LITERAL | (i << 16))
  store<u32>(LITLEN_RESULTS + 1024, EXCEPTIONAL | END_OF_BLOCK)
  let base: u32 = 3
  for (let i: u32 = 257; i < 285; i++) {
    const extra: u32 = i < 265 ? 0 : (i - 261) >> 2
    store<u32>(LITLEN_RESULTS + (i << 2), (base << 16) | extra)
    base += 1 << extra
  }
  store<u32>(LITLEN_RESULTS + (285 << 2), 258 << 16)
  store<u32>(LITLEN_RESULTS + (286 << 2), EXCEPTIONAL)
  store<u32>(LITLEN_RESULTS + (287 << 2), EXCEPTIONAL)
  base = 1
  for (let i: u32 = 0; i < 30; i++) {
    const extra: u32 = i < 4 ? 0 : (i - 2) >> 1
    store<u32>(OFFSET_RESULTS + (i << 2), (base << 16) | extra)
    base += 1 << extra
  }
  store<u32>(OFFSET_RESULTS + (30 << 2), EXCEPTIONAL)
  store<u32>(OFFSET_RESULTS + (31 << 2), EXCEPTIONAL)

  memory.fill(LENS, 8, 144)
  memory.fill(LENS + 144, 9, 112)
  memory.fill(LENS + 256, 7, 24)
  memory.fill(LENS + 280, 8, 8)
  buildTable(FIXED_LITLEN, LENS, 288, LITLEN_RESULTS, 9, 9, false)
  memory.fill(LENS, 5, 32)
  buildTable(FIXED_OFFSETS, LENS, 32, OFFSET_RESULTS, 5, 5, false)

  for (let n: u32 = 1; n < 16; n++) {
    for (let i: u32 = 0; i < 16; i++) store<u8>(PATTERNS + (n << 4) + i, <u8>(i % n))
    store<u8>(STEPS + n, <u8>(16 - (16 % n)))
  }
  store<u8>(PRECODE_ORDER, 16)
  store<u8>(PRECODE_ORDER + 1, 17)
  store<u8>(PRECODE_ORDER + 2, 18)
  store<u8>(PRECODE_ORDER + 3, 0)
  // 8 7 9 6 10 5 11 4 12 3 13 2 14 1 15
  for (let i: u32 = 0; i < 15; i++) store<u8>(PRECODE_ORDER + 4 + i, <u8>(i & 1 ? 7 - (i >> 1) : 8 + (i >> 1)))
}

// The stream between two blocks; inside a block all of it lives in locals.
let bits: u64 = 0 // bits read ahead; above `count` they repeat what comes next
let count: u32 = 0 // how many of them are paid for
let next: usize = 0 // next byte to read
let limit: usize = 0 // reading past here means the stream is truncated
let out: usize = 0
let outStart: usize = 0
let outEnd: usize = 0

// @ts-ignore: decorator
@inline
function refill(): void {
  bits |= load<u64>(next) << (count & 63)
  next += 7 - ((count >> 3) & 7)
  count |= 56
}

// @ts-ignore: decorator
@inline
function take(n: u32): u32 {
  const value = <u32>bits & ((1 << n) - 1)
  bits >>= n
  count -= n
  return value
}

/**
 * Inflates the zlib stream at `src` to exactly `size` bytes at `dst`.
 * Returns the bytes of the stream, or a negative number that names what is wrong with it.
 */
export function inflate(src: usize, available: u32, dst: usize, size: u32, checked: bool): i32 {
  const status = readBlocks(src, available, dst, size)
  if (status < 0) return status
  if (out != outEnd) return TOO_SHORT
  if (checked && !isWhole(dst, size)) return BAD_CHECKSUM
  return <i32>(next + 4 - src)
}

/**
 * Inflates a zlib stream of `available` bytes, of which only the most is known that it may come to.
 * Returns the inflated size, or a negative number; after TOO_LONG the first `room` bytes stand at `dst`.
 */
export function inflateWhole(src: usize, available: u32, dst: usize, room: u32): i32 {
  const status = readBlocks(src, available, dst, room)
  if (status < 0) return status
  if (next + 4 != src + available) return TRAILING
  const size = <u32>(out - dst)
  return isWhole(dst, size) ? <i32>size : BAD_CHECKSUM
}

function isWhole(dst: usize, size: u32): bool {
  return adler32(dst, size) == bswap<u32>(load<u32>(next))
}

/** Reads all blocks, at most `size` bytes of them; `next` is then at the checksum. */
function readBlocks(src: usize, available: u32, dst: usize, size: u32): i32 {
  if (available < 6) return TRUNCATED
  const header: u32 = (<u32>load<u8>(src) << 8) | load<u8>(src + 1)
  if ((header & 0x0f20) != 0x0800 || header >= 0x8000 || header % 31 != 0) return BAD_HEADER
  bits = 0
  count = 0
  next = src + 2
  limit = src + available + 8
  out = outStart = dst
  outEnd = dst + size
  let last: u32 = 0
  while (!last) {
    if (next > limit) return TRUNCATED
    refill()
    last = take(1)
    const type = take(2)
    let status: i32
    if (type == 0) status = readStored(src + available)
    else if (type == 1) status = readBlock(FIXED_LITLEN, 511, FIXED_OFFSETS, 31)
    else if (type == 2) status = readDynamic()
    else status = BAD_BLOCK
    if (status < 0) return status
  }
  next -= (count >> 3) & 7
  return next + 4 > src + available ? TRUNCATED : 0
}

function readStored(end: usize): i32 {
  next -= (count >> 3) & 7
  bits = 0
  count = 0
  if (next + 4 > end) return TRUNCATED
  const length: u32 = load<u16>(next)
  if (length != (<u32>load<u16>(next + 2) ^ 0xffff)) return BAD_STORED
  next += 4
  if (next + length > end) return TRUNCATED
  if (out + length > outEnd) return TOO_LONG
  memory.copy(out, next, length)
  next += length
  out += length
  return 0
}

function readDynamic(): i32 {
  const literals: u32 = 257 + take(5)
  const distances: u32 = 1 + take(5)
  const lengths: u32 = 4 + take(4)
  if (literals > 286 || distances > 30) return BAD_CODES
  store<u64>(LENS, 0)
  store<u64>(LENS + 8, 0)
  store<u32>(LENS + 16, 0)
  refill()
  for (let i: u32 = 0; i < lengths; i++) {
    if (i == 17) refill()
    store<u8>(LENS + load<u8>(PRECODE_ORDER + i), <u8>take(3))
  }
  const precodeBits = buildTable(PRECODE, LENS, 19, PRECODE_RESULTS, PRECODE_BITS, 7, false)
  if (precodeBits == 0) return BAD_CODES
  if (!readLengths(literals + distances, (1 << precodeBits) - 1)) return BAD_CODES
  if (load<u8>(LENS + 256) == 0) return BAD_CODES
  // The first table must not overwrite the lengths of the second: both lie apart from the tables.
  const offsetBits = buildTable(OFFSETS, LENS + literals, distances, OFFSET_RESULTS, OFFSET_BITS, 15, true)
  if (offsetBits == 0) return BAD_CODES
  const litlenBits = buildTable(LITLEN, LENS, literals, LITLEN_RESULTS, LITLEN_BITS, 15, true)
  if (litlenBits == 0) return BAD_CODES
  return readBlock(LITLEN, (1 << litlenBits) - 1, OFFSETS, (1 << offsetBits) - 1)
}

/** Reads the run-length coded code lengths; a wide write may pass the end by 16 bytes, within LENS. */
function readLengths(total: u32, mask: u32): bool {
  let i: u32 = 0
  while (i < total) {
    if (next > limit) return false
    refill()
    const entry = load<u32>(PRECODE + ((<u32>bits & mask) << 2))
    bits >>= entry & 0xff
    count -= entry & 0xff
    const symbol = entry >> 16
    if (symbol < 16) {
      store<u8>(LENS + i, <u8>symbol)
      i++
      continue
    }
    let value: u32 = 0
    let repeat: u32
    if (symbol == 16) {
      if (i == 0) return false
      value = load<u8>(LENS + i - 1)
      repeat = 3 + take(2)
    } else if (symbol == 17) repeat = 3 + take(3)
    else repeat = 11 + take(7)
    if (i + repeat > total) return false
    for (let j: u32 = 0; j < repeat; j++) store<u8>(LENS + i + j, <u8>value)
    i += repeat
  }
  return true
}

// @ts-ignore: decorator
@inline
function copyMatch(to: usize, distance: u32, end: usize): void {
  let from = to - distance
  if (distance >= 16) {
    do {
      v128.store(to, v128.load(from))
      to += 16
      from += 16
    } while (to < end)
  } else {
    const pattern = i8x16.swizzle(v128.load(from), v128.load(PATTERNS + (distance << 4)))
    const step = <usize>load<u8>(STEPS + distance)
    do {
      v128.store(to, pattern)
      to += step
    } while (to < end)
  }
}

/** Decodes one block. Checks input and output once a symbol: the slop behind both takes what one symbol can do. */
function readBlock(litlen: usize, litlenMask: u32, offsets: usize, offsetMask: u32): i32 {
  let b = bits
  let n = count
  let at = next
  let to = out
  const inLimit = limit
  const outLimit = outEnd
  const outFirst = outStart
  let status: i32 = 0
  while (true) {
    if (at > inLimit) { status = TRUNCATED; break }
    if (to > outLimit) { status = TOO_LONG; break }
    b |= load<u64>(at) << (n & 63)
    at += 7 - ((n >> 3) & 7)
    n |= 56
    let entry = load<u32>(litlen + ((<u32>b & litlenMask) << 2))
    let saved = b
    b >>= entry
    n -= entry
    if (entry & LITERAL) {
      store<u8>(to, entry >> 16)
      entry = load<u32>(litlen + ((<u32>b & litlenMask) << 2))
      saved = b
      b >>= entry
      n -= entry
      to++
      if (entry & LITERAL) {
        store<u8>(to, entry >> 16)
        entry = load<u32>(litlen + ((<u32>b & litlenMask) << 2))
        saved = b
        b >>= entry
        n -= entry
        to++
        if (entry & LITERAL) {
          store<u8>(to, entry >> 16)
          to++
          continue
        }
      }
    }
    if (entry & EXCEPTIONAL) {
      if (entry & SUBTABLE) {
        entry = load<u32>(litlen + (((entry >> 16) + (<u32>b & ((1 << ((entry >> 8) & 15)) - 1))) << 2))
        saved = b
        b >>= entry
        n -= entry
        if (entry & LITERAL) {
          store<u8>(to, entry >> 16)
          to++
          continue
        }
      }
      if (entry & EXCEPTIONAL) {
        if (!(entry & END_OF_BLOCK)) status = BAD_SYMBOL
        break
      }
    }
    const length = (entry >> 16) + ((<u32>saved & ((1 << entry) - 1)) >> ((entry >> 8) & 15))
    if ((n & 63) < 30) {
      b |= load<u64>(at) << (n & 63)
      at += 7 - ((n >> 3) & 7)
      n |= 56
    }
    entry = load<u32>(offsets + ((<u32>b & offsetMask) << 2))
    if (entry & EXCEPTIONAL) {
      if (!(entry & SUBTABLE)) { status = BAD_SYMBOL; break }
      b >>= entry
      n -= entry
      entry = load<u32>(offsets + (((entry >> 16) + (<u32>b & ((1 << ((entry >> 8) & 15)) - 1))) << 2))
      if (entry & EXCEPTIONAL) { status = BAD_SYMBOL; break }
    }
    const distance = (entry >> 16) + ((<u32>b & ((1 << entry) - 1)) >> ((entry >> 8) & 15))
    b >>= entry
    n -= entry
    if (distance > <u32>(to - outFirst)) { status = BAD_SYMBOL; break }
    const end = to + length
    copyMatch(to, distance, end)
    to = end
  }
  bits = b
  count = n & 63
  next = at
  out = to
  return status < 0 ? status : to > outLimit ? TOO_LONG : 0
}
