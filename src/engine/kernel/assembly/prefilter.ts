// Finds the keywords of all rules in one pass. Only every second position is looked at: each keyword of five bytes or
// more is met by four of its bytes at an even and by four at an odd distance from its start; one of three or four by
// three, which may stand one byte behind the position.
// The sieve rejects nearly all positions. What is left is looked up by a hash of those bytes and their neighbours, and
// confirmed byte by byte.

import { ANCHOR, CHUNKS, DEEPEST, ENTRY_BYTES, KEYWORD, LAST, MASK_BYTES, SIZE, TABLE_MASKS, writeHeads } from './grams'
import { CANDIDATES, CANDIDATES_ROOM, FOURS, HEADS } from './layout'
import { collect, sift } from './sieve'

let current: usize = 0 // the table whose masks are in place
let found: u32 = 0

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
    const last = lookUp(table, sift(table, collect(p, stop)))
    for (let head = HEADS; head < last; head += 8) {
      confirm(load<u32>(head), load<u32>(head, 4), at, length, from, to, out, room)
    }
    p = stop
  }
  sort(out, min(found, room))
  return found
}

/** Writes for each candidate the entries that its bytes lead to; returns the end of the list. */
function lookUp(table: usize, last: usize): usize {
  let end = HEADS
  for (let c = CANDIDATES; c < last; c += 4) end = writeHeads(table, load<u32>(c), end)
  return end
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
