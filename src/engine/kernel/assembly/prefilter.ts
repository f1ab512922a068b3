// Finds the keywords of all rules in one pass. Only every second position is looked at: each keyword of five bytes or
// more is met by four of its bytes at an even and by four at an odd distance from its start; one of three or four by
// three, which may stand one byte behind the position.
// Two tables of masks, by hash of the first bytes, say which last bytes (their low five bits) are worth a look; that
// rejects nearly all positions. A sharper hash rejects most of what is left, the rest is confirmed byte by byte.

import { CANDIDATES, CANDIDATES_ROOM, FOURS, THREES } from './layout'

// The table, written by the host (keyword-table.ts beside this folder):
const DEEPEST: usize = 0 // u32: the greatest anchor
const TABLE_MASKS: usize = 64 // copied to FOURS and THREES, where the loop finds them without a base register
// u32[8192] by hash of the first three of four bytes; bits of the fourth, all of them where only three count
// u32[1024] by hash of the second and third byte; bits of the fourth, where the first doesn't count
const MASK_BYTES: usize = 36864
const FOUR_SET: usize = 36928 // a bit for each sharp hash of four bytes that a keyword is met by
const THREE_SET: usize = 45120 // … of three
const FOUR_HEADS: usize = 53312 // u32[8192] by the upper bits of the sharp hash: address of the first entry
const THREE_HEADS: usize = 86080 // u32[1024] the same
// Entries of one head lie in a row, 48 bytes each: the keyword's first eight bytes as a chunk (below), then
const ANCHOR: usize = 24 // u32: where in the keyword the bytes stand that it is met by
const KEYWORD: usize = 28 // u32
const CHUNKS: usize = 32 // u32: address of the chunks after the first
const SIZE: usize = 36 // u32: the keyword's length
const LAST: usize = 40 // u32: 1 for the last of its head
const ENTRY_BYTES: usize = 48
// A chunk stands for eight bytes, in three u64: bits to set (letters' case), bits to keep, value.

const FOUR_FACTOR: u32 = 0x9e3779b1
const FOUR_SHIFT: u32 = 19
const THREE_FACTOR: u32 = 0x79b1
const THREE_SHIFT: u32 = 6
const CASE: u32 = 0x20202020

let current: usize = 0 // the table whose masks are in place
let found: u32 = 0

// The sharp hashes, of 16 bits: of four bytes in a row, and of three; case aside.

// @ts-ignore: decorator
@inline
function fourHash(p: usize): u32 {
  return ((load<u32>(p) | CASE) * FOUR_FACTOR) >> 16
}

// @ts-ignore: decorator
@inline
function threeHash(p: usize): u32 {
  return (((load<u32>(p) | CASE) << 8) * FOUR_FACTOR) >> 16
}

/** In the lowest bit: whether the set has the hash. */
// @ts-ignore: decorator
@inline
function isIn(set: usize, hash: u32): u32 {
  return <u32>load<u8>(set + (hash >> 3)) >> (hash & 7)
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
    memory.copy(FOURS, table + TABLE_MASKS, MASK_BYTES)
    current = table
  }
  const end = at + min<u32>(length - 2, to + load<u32>(table, DEEPEST))
  // One byte early: three bytes may stand behind the position. What lies there is no part of the text.
  let p = at + from - 1
  while (p < end) {
    const stop = min(end, p + (CANDIDATES_ROOM << 1))
    const last = sift(table, collect(p, stop))
    for (let c = CANDIDATES; c < last; c += 4) {
      const place = <usize>load<u32>(c)
      const four = fourHash(place)
      if (isIn(table + FOUR_SET, four) & 1) {
        confirm(load<u32>(table + ((four >> 3) << 2), FOUR_HEADS), place, at, length, from, to, out, room)
      }
      for (let p = place; p < place + 2; p++) {
        const three = threeHash(p)
        if (isIn(table + THREE_SET, three) & 1) {
          confirm(load<u32>(table + ((three >> 6) << 2), THREE_HEADS), p, at, length, from, to, out, room)
        }
      }
    }
    p = stop
  }
  sort(out, min(found, room))
  return found
}

/** Keeps of the candidates those that the sharp hashes know; returns the new end of the list. */
function sift(table: usize, last: usize): usize {
  let kept = CANDIDATES
  for (let c = CANDIDATES; c < last; c += 4) {
    const p = load<u32>(c)
    const known = isIn(table + FOUR_SET, fourHash(p)) | isIn(table + THREE_SET, threeHash(p)) | isIn(table + THREE_SET, threeHash(p + 1))
    kept = keep(kept, p, known)
  }
  return kept
}

// @ts-ignore: decorator
@inline
function keep(c: usize, p: usize, bit: u32): usize {
  store<u32>(c, <u32>p)
  return c + ((bit & 1) << 2)
}

// @ts-ignore: decorator
@inline
function fourHashes(bytes: v128): v128 {
  const folded = i32x4.shl(v128.or(bytes, i8x16.splat(0x20)), 8)
  return i32x4.shl(i32x4.shr_u(i32x4.mul(folded, i32x4.splat(FOUR_FACTOR)), FOUR_SHIFT), 2)
}

/**
 * Writes the positions in [p, end), every second one, that are worth a look; returns the end of the list. Up to
 * seven positions behind `end` are looked at too: most searches are of few bytes, and all of a vector costs less than its parts.
 */
function collect(p: usize, end: usize): usize {
  let c = CANDIDATES
  while (p < end) {
    // Eight positions at once: those four bytes apart in one vector, and those between in another.
    const even = fourHashes(v128.load(p))
    const odd = fourHashes(v128.load(p, 2))
    const pairs = v128.or(v128.load(p, 1), i8x16.splat(0x20))
    const threes = i16x8.shl(i16x8.shr_u(i16x8.mul(pairs, i16x8.splat(<i16>THREE_FACTOR)), THREE_SHIFT), 2)
    const lasts = load<u64>(p, 3)
    const b0 = (load<u32>(i32x4.extract_lane(even, 0), FOURS) | load<u32>(i16x8.extract_lane_u(threes, 0), THREES)) >> <u32>lasts
    const b1 = (load<u32>(i32x4.extract_lane(odd, 0), FOURS) | load<u32>(i16x8.extract_lane_u(threes, 1), THREES)) >> <u32>(lasts >> 16)
    const b2 = (load<u32>(i32x4.extract_lane(even, 1), FOURS) | load<u32>(i16x8.extract_lane_u(threes, 2), THREES)) >> <u32>(lasts >> 32)
    const b3 = (load<u32>(i32x4.extract_lane(odd, 1), FOURS) | load<u32>(i16x8.extract_lane_u(threes, 3), THREES)) >> <u32>(lasts >> 48)
    const more = load<u64>(p, 11)
    const b4 = (load<u32>(i32x4.extract_lane(even, 2), FOURS) | load<u32>(i16x8.extract_lane_u(threes, 4), THREES)) >> <u32>more
    const b5 = (load<u32>(i32x4.extract_lane(odd, 2), FOURS) | load<u32>(i16x8.extract_lane_u(threes, 5), THREES)) >> <u32>(more >> 16)
    const b6 = (load<u32>(i32x4.extract_lane(even, 3), FOURS) | load<u32>(i16x8.extract_lane_u(threes, 6), THREES)) >> <u32>(more >> 32)
    const b7 = (load<u32>(i32x4.extract_lane(odd, 3), FOURS) | load<u32>(i16x8.extract_lane_u(threes, 7), THREES)) >> <u32>(more >> 48)
    // Each position is written, most are written over at once: branches would be mispredicted too often.
    c = keep(c, p, b0)
    c = keep(c, p + 2, b1)
    c = keep(c, p + 4, b2)
    c = keep(c, p + 6, b3)
    c = keep(c, p + 8, b4)
    c = keep(c, p + 10, b5)
    c = keep(c, p + 12, b6)
    c = keep(c, p + 14, b7)
    p += 16
  }
  return c
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

/** Keywords are met at different depths, so hits come almost sorted. */
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
