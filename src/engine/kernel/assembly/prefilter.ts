// Finds the keywords of all rules in one pass. Only every second position is looked at: each keyword has a
// three-byte gram at an even and one at an odd distance from its start, so one of them is always met.
// A table of masks, by hash of the gram's first two bytes, says which third bytes (their low five bits) are
// worth a look; that rejects nearly all positions. Of the rest most have four bytes that no keyword has; what is left
// is confirmed byte by byte.

import { CANDIDATES, CANDIDATES_ROOM, MASKS } from './layout'

// The table, written by the host (keyword-table.ts beside this folder):
const DEEPEST: usize = 0 // u32: the greatest anchor
const TABLE_MASKS: usize = 64 // u32[4096] by hash; copied to MASKS, where the loop finds them without a base register
const MASK_BYTES: usize = 16384
const HEADS: usize = 16448 // u32[4096] by hash: address of the first entry; odd when four bytes tell nothing of it
const BLOOM_FROM: usize = 32832 // 65536 bits by the hash of four bytes from a gram on
const BLOOM_BEFORE: usize = 41024 // … from the byte before it on
const BLOOM_FACTOR: u32 = 0x9e3779b1
// Entries of one hash lie in a row, 48 bytes each: the keyword's first eight bytes as a chunk (below), then
const ANCHOR: usize = 24 // u32: the gram's distance from the keyword's start
const KEYWORD: usize = 28 // u32
const CHUNKS: usize = 32 // u32: address of the chunks after the first
const SIZE: usize = 36 // u32: the keyword's length
const LAST: usize = 40 // u32: 1 for the last of its hash
const ENTRY_BYTES: usize = 48
// A chunk stands for eight bytes, in three u64: bits to set (letters' case), bits to keep, value.

const HASH_FACTOR: u32 = 0x79b1
const MULTIPLIER: u32 = HASH_FACTOR << 16 // of the low two bytes only
const FOLD: u64 = 0x2020202020202020

let current: usize = 0 // the table whose masks are in place
let found: u32 = 0

// @ts-ignore: decorator
@inline
function hashOf(gram: u32): u32 {
  return (gram * MULTIPLIER) >> 20
}

/** In the lowest bit: whether the gram is worth a look. */
// @ts-ignore: decorator
@inline
function look(gram: u32): u32 {
  return load<u32>(hashOf(gram) << 2, MASKS) >> (gram >> 16)
}

/**
 * Writes hits of keywords that begin in [from, to) and end within `length`, as u64 (offset << 16 | keyword) in
 * ascending order. Returns how many there are; when that is more than `room`, the rest is not written.
 */
export function findKeywords(
  table: usize, at: usize, length: u32, from: u32, to: u32, out: usize, room: u32,
): u32 {
  found = 0
  if (to > length) to = length
  if (length < 3 || from >= to) return 0
  if (table != current) {
    memory.copy(MASKS, table + TABLE_MASKS, MASK_BYTES)
    current = table
  }
  // A gram that begins at the last byte but one belongs to a keyword of three, whose third byte is open.
  const end = at + min<u32>(length - 1, to + load<u32>(table, DEEPEST))
  let p = at + from
  while (p < end) {
    const stop = min(end, p + (CANDIDATES_ROOM << 1))
    const last = collect(p, stop)
    for (let c = CANDIDATES; c < last; c += 4) {
      const place = <usize>load<u32>(c)
      const head = load<u32>(table + (hashOf(load<u32>(place) | <u32>FOLD) << 2), HEADS)
      if ((head | hasFour(table, place)) & 1) confirm(head & ~1, place, at, length, from, to, out, room)
    }
    p = stop
  }
  sort(out, min(found, room))
  return found
}

// @ts-ignore: decorator
@inline
function keep(c: usize, p: usize, bit: u32): usize {
  store<u32>(c, <u32>p)
  return c + ((bit & 1) << 2)
}

/** Writes the positions in [p, end), every second one, that are worth a look; returns the end of the list. */
function collect(p: usize, end: usize): usize {
  let c = CANDIDATES
  while (p + 15 < end) {
    // Eight grams at once: the hash of two bytes, times four, in each lane.
    const pairs = v128.or(v128.load(p), i8x16.splat(0x20))
    const hashes = i16x8.shl(i16x8.shr_u(i16x8.mul(pairs, i16x8.splat(<i16>HASH_FACTOR)), 4), 2)
    const thirds = load<u64>(p, 2)
    const b0 = load<u32>(i16x8.extract_lane_u(hashes, 0), MASKS) >> <u32>thirds
    const b1 = load<u32>(i16x8.extract_lane_u(hashes, 1), MASKS) >> <u32>(thirds >> 16)
    const b2 = load<u32>(i16x8.extract_lane_u(hashes, 2), MASKS) >> <u32>(thirds >> 32)
    const b3 = load<u32>(i16x8.extract_lane_u(hashes, 3), MASKS) >> <u32>(thirds >> 48)
    const more = load<u64>(p, 10)
    const b4 = load<u32>(i16x8.extract_lane_u(hashes, 4), MASKS) >> <u32>more
    const b5 = load<u32>(i16x8.extract_lane_u(hashes, 5), MASKS) >> <u32>(more >> 16)
    const b6 = load<u32>(i16x8.extract_lane_u(hashes, 6), MASKS) >> <u32>(more >> 32)
    const b7 = load<u32>(i16x8.extract_lane_u(hashes, 7), MASKS) >> <u32>(more >> 48)
    // No branch for each: they would all be mispredicted.
    if ((b0 | b1 | b2 | b3) & 1) {
      c = keep(c, p, b0)
      c = keep(c, p + 2, b1)
      c = keep(c, p + 4, b2)
      c = keep(c, p + 6, b3)
    }
    if ((b4 | b5 | b6 | b7) & 1) {
      c = keep(c, p + 8, b4)
      c = keep(c, p + 10, b5)
      c = keep(c, p + 12, b6)
      c = keep(c, p + 14, b7)
    }
    p += 16
  }
  for (; p < end; p += 2) {
    store<u32>(c, <u32>p)
    c += (look(load<u32>(p) | <u32>FOLD) & 1) << 2
  }
  return c
}

/** In the lowest bit: whether a keyword has these bytes, from here on or from the one before. Rejects most candidates. */
// @ts-ignore: decorator
@inline
function hasFour(table: usize, p: usize): u32 {
  const from = ((load<u32>(p) | <u32>FOLD) * BLOOM_FACTOR) >> 16
  const before = ((load<u32>(p - 1) | <u32>FOLD) * BLOOM_FACTOR) >> 16
  return (<u32>load<u8>(table + (from >> 3), BLOOM_FROM) >> (from & 7))
    | (<u32>load<u8>(table + (before >> 3), BLOOM_BEFORE) >> (before & 7))
}

// @ts-ignore: decorator
@inline
function confirm(
  first: u32, p: usize, at: usize, length: u32, from: u32, to: u32, out: usize, room: u32,
): void {
  let entry = <usize>first
  while (true) {
    const start = p - load<u32>(entry, ANCHOR)
    // The first bytes first: almost nothing gets past them. They may lie before `at`, never outside of memory.
    if (equals(entry, start)) report(entry, start, at, length, from, to, out, room)
    if (load<u32>(entry, LAST)) break
    entry += ENTRY_BYTES
  }
}

// @ts-ignore: decorator
@inline
function equals(chunk: usize, at: usize): bool {
  return ((load<u64>(at) | load<u64>(chunk)) & load<u64>(chunk, 8)) == load<u64>(chunk, 16)
}

function report(
  entry: usize, p: usize, at: usize, length: u32, from: u32, to: u32, out: usize, room: u32,
): void {
  if (p < at) return
  const start = <u32>(p - at)
  const size = load<u32>(entry, SIZE)
  if (start < from || start >= to || size > length - start) return
  let chunk = <usize>load<u32>(entry, CHUNKS)
  for (let i: u32 = 8; i < size; i += 8) {
    if (!equals(chunk, p + i)) return
    chunk += 24
  }
  if (found < room) store<u64>(out + (found << 3), (<u64>start << 16) | <u64>load<u32>(entry, KEYWORD))
  found++
}

/** Grams lie at different depths, so hits come almost sorted. */
function sort(out: usize, length: u32): void {
  for (let i: u32 = 1; i < length; i++) {
    const hit = load<u64>(out + (i << 3))
    let j = i
    while (j > 0 && load<u64>(out + ((j - 1) << 3)) > hit) {
      store<u64>(out + (j << 3), load<u64>(out + ((j - 1) << 3)))
      j--
    }
    store<u64>(out + (j << 3), hit)
  }
}
