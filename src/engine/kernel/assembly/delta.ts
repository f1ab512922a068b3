// Applies a git delta, and says which parts of the result are copies of which parts of the base.

const BAD_DELTA: i32 = -20
const WRONG_BASE_SIZE: i32 = -21
const WRONG_SIZE: i32 = -22
const OUT_OF_BASE: i32 = -23
const OUT_OF_RESULT: i32 = -24

let cursor: usize = 0

function readSize(end: usize): u64 {
  let value: u64 = 0
  let shift: u64 = 0
  while (cursor < end && shift < 63) {
    const byte = <u64>load<u8>(cursor++)
    value |= (byte & 127) << shift
    if (byte < 128) return value
    shift += 7
  }
  return u64.MAX_VALUE
}

/** The size of the result that the delta announces, or -1 when it does not say. At most 4 GiB - 1. */
export function deltaResultSize(delta: usize, deltaSize: u32): f64 {
  cursor = delta
  readSize(delta + deltaSize)
  const size = readSize(delta + deltaSize)
  return size > <u64>u32.MAX_VALUE ? -1 : <f64>size
}

// @ts-ignore: decorator
@inline
function copyWide(to: usize, from: usize, length: usize): void {
  if (length > 1024) {
    memory.copy(to, from, length)
    return
  }
  const end = to + length
  do {
    v128.store(to, v128.load(from))
    to += 16
    from += 16
  } while (to < end)
}

/** A copy is three u32: where it begins in the result, where in the base, its length. */
export const COPY_BYTES: usize = 12

/** Shorter copies are not worth telling from inserts: some deltas have one every few bytes. */
const SHORT_COPY: u32 = 64

/** The most copies that `applyDelta` tells of for a result of `size` bytes. */
export function mostCopies(size: u32): u32 {
  return size / SHORT_COPY
}

/**
 * Builds the result at `dst`; it must be exactly `size` bytes. Writes the long copies it is made of to `copies`, in order,
 * those that go on where the one before ended in the base as one, and returns how many. What is not told as a copy may
 * have changed. Negative means a bad delta.
 */
export function applyDelta(
  base: usize, baseSize: u32, delta: usize, deltaSize: u32, dst: usize, size: u32, copies: usize,
): i32 {
  const end = delta + deltaSize
  cursor = delta
  if (readSize(end) != <u64>baseSize) return WRONG_BASE_SIZE
  if (readSize(end) != <u64>size) return WRONG_SIZE
  let at = cursor
  let to: u32 = 0
  let expected: u32 = u32.MAX_VALUE // where in the base the copy before ended, if the last op was one
  let copy = copies
  while (at < end) {
    const op: u32 = load<u8>(at++)
    if (op & 0x80) {
      let from: u32 = 0
      let length: u32 = 0
      if (op & 1) from = load<u8>(at++)
      if (op & 2) from |= <u32>load<u8>(at++) << 8
      if (op & 4) from |= <u32>load<u8>(at++) << 16
      if (op & 8) from |= <u32>load<u8>(at++) << 24
      if (op & 16) length = load<u8>(at++)
      if (op & 32) length |= <u32>load<u8>(at++) << 8
      if (op & 64) length |= <u32>load<u8>(at++) << 16
      if (length == 0) length = 0x10000
      if (at > end) return BAD_DELTA
      if (from > baseSize || length > baseSize - from) return OUT_OF_BASE
      if (length > size - to) return OUT_OF_RESULT
      copyWide(dst + to, base + from, length)
      if (from == expected) {
        store<u32>(copy - COPY_BYTES, load<u32>(copy - COPY_BYTES, 8) + length, 8)
        expected = from + length
      } else if (length < SHORT_COPY) {
        expected = u32.MAX_VALUE
      } else {
        store<u32>(copy, to)
        store<u32>(copy, from, 4)
        store<u32>(copy, length, 8)
        copy += COPY_BYTES
        expected = from + length
      }
      to += length
    } else {
      if (op == 0 || op > <u32>(end - at)) return BAD_DELTA
      if (op > size - to) return OUT_OF_RESULT
      copyWide(dst + to, at, op)
      at += op
      to += op
      expected = u32.MAX_VALUE
    }
  }
  if (to != size) return WRONG_SIZE
  return <i32>((copy - copies) / COPY_BYTES)
}
