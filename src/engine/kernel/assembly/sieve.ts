// Which positions are worth a look at all, one in some fourteen: the two passes that see every byte.
// Two tables of masks, by hash of the first bytes, say which last bytes (their low five bits) are worth a look; a
// sharper hash rejects half of what they let pass.

import { FOUR_FACTOR, isMet } from './grams'
import { CANDIDATES, FOURS, THREES } from './layout'

const FOUR_SHIFT: u32 = 19
const THREE_FACTOR: u32 = 0x79b1
const THREE_SHIFT: u32 = 6

/**
 * Writes the positions in [p, end), every second one, that are worth a look; returns the end of the list. Up to
 * seven positions behind `end` are looked at too: most searches are of few bytes, and all of a vector costs less than its parts.
 */
export function collect(p: usize, end: usize): usize {
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

/** Keeps of the candidates those at which a keyword is met; returns the new end of the list. */
export function sift(table: usize, last: usize): usize {
  let kept = CANDIDATES
  for (let c = CANDIDATES; c < last; c += 4) {
    const p = load<u32>(c)
    kept = keep(kept, p, isMet(table, p))
  }
  return kept
}

// @ts-ignore: decorator
@inline
function fourHashes(bytes: v128): v128 {
  const folded = i32x4.shl(v128.or(bytes, i8x16.splat(0x20)), 8)
  return i32x4.shl(i32x4.shr_u(i32x4.mul(folded, i32x4.splat(FOUR_FACTOR)), FOUR_SHIFT), 2)
}

// @ts-ignore: decorator
@inline
function keep(c: usize, p: usize, bit: u32): usize {
  store<u32>(c, <u32>p)
  return c + ((bit & 1) << 2)
}
