// The table of keywords as the host has written it (keyword-table.ts beside this folder), and the hashes by which
// keywords are found in it. Case is left aside: bit 5 is set in every byte.

export const DEEPEST: usize = 0 // u32: the greatest anchor
// u32[8192] by hash of the first three of four bytes; bits of the fourth, all of them where only three count
// u32[1024] by hash of the second and third byte; bits of the fourth, where the first doesn't count
export const TABLE_MASKS: usize = 64 // copied to FOURS and THREES, where the loop finds them without a base register
export const MASK_BYTES: usize = 36864
// Sets have a bit for each hash that a keyword is met by:
const FOUR_SET: usize = 36928 // of four bytes
const SIX_SET: usize = 53312 // of the same and two bytes beside them
const FIVE_SET: usize = 69696 // … and one byte
const THREE_SET: usize = 77888 // of three bytes
// Heads lead to the first entry, by the upper bits of the hash; where there is none, to one that nothing equals. Those
// of bytes ahead and behind are apart: else a keyword could be met twice.
const SIX_AHEAD: usize = 86080 // u32[8192]
const SIX_BEHIND: usize = 118848 // u32[8192]
const FIVE_AHEAD: usize = 151616 // u32[1024]
const FIVE_BEHIND: usize = 155712 // u32[1024]
const THREE_HEADS: usize = 159808 // u32[1024]
// Entries of one head lie in a row, 48 bytes each: the keyword's first eight bytes as a chunk (below), then
export const ANCHOR: usize = 24 // u32: where in the keyword the bytes stand that it is met by
export const KEYWORD: usize = 28 // u32
export const CHUNKS: usize = 32 // u32: address of the chunks after the first
export const SIZE: usize = 36 // u32: the keyword's length
export const LAST: usize = 40 // u32: 1 for the last of its head
export const ENTRY_BYTES: usize = 48
// A chunk stands for eight bytes, in three u64: bits to set (letters' case), bits to keep, value.

const CASE: u32 = 0x20202020
export const FOUR_FACTOR: u32 = 0x9e3779b1
const AHEAD_FACTOR: u32 = 0x85ebca6b
const BEHIND_FACTOR: u32 = 0xc2b2ae35

/** In the lowest bit: whether a keyword is met by the four bytes at `p`, or by three there or one byte on. */
// @ts-ignore: decorator
@inline
export function isMet(table: usize, p: usize): u32 {
  return isIn(table + FOUR_SET, four(p) >> 15) | isIn(table + THREE_SET, three(p)) | isIn(table + THREE_SET, three(p + 1))
}

/**
 * Writes to `out` where the entries of the keywords begin that may be met at `p`, as u32 address and u32 position of
 * what they are met by; returns the end of what was written, at most six pairs. What lies behind the end is written over too.
 */
// @ts-ignore: decorator
@inline
export function writeHeads(table: usize, p: usize, out: usize): usize {
  const product = four(p)
  const twoAhead = (product + (<u32>load<u16>(p + 4) | 0x2020) * AHEAD_FACTOR) >> 15
  const twoBehind = (product + (<u32>load<u16>(p - 2) | 0x2020) * BEHIND_FACTOR) >> 15
  const oneAhead = (product + (<u32>load<u8>(p + 4) | 0x20) * AHEAD_FACTOR) >> 16
  const oneBehind = (product + (<u32>load<u8>(p - 1) | 0x20) * BEHIND_FACTOR) >> 16
  out = writeHead(out, table + SIX_SET, table + SIX_AHEAD, twoAhead, 4, p)
  out = writeHead(out, table + SIX_SET, table + SIX_BEHIND, twoBehind, 4, p)
  out = writeHead(out, table + FIVE_SET, table + FIVE_AHEAD, oneAhead, 6, p)
  out = writeHead(out, table + FIVE_SET, table + FIVE_BEHIND, oneBehind, 6, p)
  out = writeHead(out, table + THREE_SET, table + THREE_HEADS, three(p), 6, p)
  return writeHead(out, table + THREE_SET, table + THREE_HEADS, three(p + 1), 6, p + 1)
}

// Written first and kept or not afterwards: a branch would be mispredicted too often.
// @ts-ignore: decorator
@inline
function writeHead(out: usize, set: usize, heads: usize, hash: u32, shift: u32, p: usize): usize {
  store<u32>(out, load<u32>(heads + ((hash >> shift) << 2)))
  store<u32>(out, <u32>p, 4)
  return out + ((isIn(set, hash) & 1) << 3)
}

/** The upper bits of it are the hash of four bytes. */
// @ts-ignore: decorator
@inline
function four(p: usize): u32 {
  return (load<u32>(p) | CASE) * FOUR_FACTOR
}

// @ts-ignore: decorator
@inline
function three(p: usize): u32 {
  return (((load<u32>(p) | CASE) << 8) * FOUR_FACTOR) >> 16
}

/** In the lowest bit: whether the set has the hash. */
// @ts-ignore: decorator
@inline
function isIn(set: usize, hash: u32): u32 {
  return <u32>load<u8>(set + (hash >> 3)) >> (hash & 7)
}
