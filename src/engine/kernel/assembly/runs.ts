// Runs of base64 characters, and text in UTF-16.
import { BASE64 } from './layout'

/** Fills the constant table; called once. */
export function initRuns(): void {
  for (let i: u32 = 0; i < 256; i++) {
    const letter = (i | 32) - 97 < 26
    const digit = i - 48 < 10
    let value: u32 = 255
    if (letter) value = (i & 31) - 1 + (i & 32 ? 26 : 0)
    else if (digit) value = i + 4
    else if (i == 43 || i == 45) value = 62
    else if (i == 47 || i == 95) value = 63
    store<u8>(BASE64 + i, <u8>(value + 1)) // 0 for no base64 character
  }
}

// @ts-ignore: decorator
@inline
export function isBase64(at: usize): bool {
  return load<u8>(BASE64 + load<u8>(at)) != 0
}

// For each low nibble, and each high one, the groups of base64 characters it occurs in: both in one group is a hit.
// 1: + - /   2: digits   4: A to O, a to o   8: P to Z and _   16: p to z
// @ts-ignore: decorator
@inline
function notBase64(at: usize): u32 {
  const low = i8x16(26, 30, 30, 30, 30, 30, 30, 30, 30, 30, 28, 5, 4, 5, 4, 13)
  const high = i8x16(0, 0, 1, 2, 4, 8, 4, 16, 0, 0, 0, 0, 0, 0, 0, 0)
  const bytes = v128.load(at)
  const groups = v128.and(
    i8x16.swizzle(low, v128.and(bytes, i8x16.splat(15))),
    i8x16.swizzle(high, i8x16.shr_u(bytes, 4)),
  )
  return i8x16.bitmask(i8x16.eq(groups, i8x16.splat(0)))
}

/** Start of the base64 characters that end before `p`, not below `floor`. May read 16 bytes before that. */
export function runStart(p: usize, floor: usize): usize {
  while (p > floor) {
    const others = notBase64(p - 16)
    if (others) return max(floor, p - <usize>(clz(others) - 16))
    p -= 16
  }
  return floor
}

/** End of the base64 characters that begin at `p`, not above `end`. */
export function runEnd(p: usize, end: usize): usize {
  while (p < end) {
    const others = notBase64(p)
    if (others) return min(end, p + <usize>ctz(others))
    p += 16
  }
  return end
}

// @ts-ignore: decorator
@inline
function isText(byte: u32): bool {
  return byte - 32 < 95 || byte - 9 < 2 || byte == 13 || byte == 0
}

/** True when the first 16 of base64 characters decode to text: printable ASCII, tab, line break, NUL. */
function decodesToText(at: usize): bool {
  for (let i: usize = 0; i < 16; i += 4) {
    const bits = ((<u32>load<u8>(BASE64 + load<u8>(at + i)) - 1) << 18)
      | ((<u32>load<u8>(BASE64 + load<u8>(at + i, 1)) - 1) << 12)
      | ((<u32>load<u8>(BASE64 + load<u8>(at + i, 2)) - 1) << 6)
      | (<u32>load<u8>(BASE64 + load<u8>(at + i, 3)) - 1)
    if (!isText(bits >> 16) || !isText((bits >> 8) & 255) || !isText(bits & 255)) return false
  }
  return true
}

let found: u32 = 0

// @ts-ignore: decorator
@inline
function report(at: usize, start: u32, end: u32, text: bool, out: usize, room: u32): void {
  if (text && !decodesToText(at + start)) return
  if (found < room) {
    store<u32>(out + (found << 3), start)
    store<u32>(out + (found << 3), end, 4)
  }
  found++
}

/**
 * Writes start and end (u32) of every maximal run of base64 characters within [from, to) of at least
 * `minLength`; with `text` (and `minLength` 16 or more) only of those that begin as encoded text does.
 * Returns how many there are; when that is more than `room`, the rest is not written.
 */
export function findRuns(
  at: usize, from: u32, to: u32, minLength: u32, text: bool, out: usize, room: u32,
): u32 {
  found = 0
  if (minLength < BLOCKS) findShortRuns(at, from, to, minLength, text, out, room)
  else findLongRuns(at, from, to, minLength, text, out, room)
  return found
}

function findShortRuns(
  at: usize, from: u32, to: u32, minLength: u32, text: bool, out: usize, room: u32,
): void {
  let start = from
  while (start + minLength <= to) {
    let i = start + minLength
    while (i > start && isBase64(at + i - 1)) i--
    if (i > start) {
      start = i
      continue
    }
    const end = <u32>(runEnd(at + start + minLength, at + to) - at)
    report(at, start, end, text, out, room)
    start = end + 1
  }
}

/** A run of this length covers two whole blocks of eight in a row, wherever it begins. */
const BLOCKS: u32 = 24

function findLongRuns(
  at: usize, from: u32, to: u32, minLength: u32, text: bool, out: usize, room: u32,
): void {
  let floor = from // no run begins before
  let before: u32 = 0 // whether the block of eight before p is all base64
  let p = from
  while (p + 16 <= to) {
    const others = notBase64(at + p)
    const first: u32 = u32((others & 0xff) == 0)
    const second: u32 = u32(others < 0x100)
    if (!(first & (before | second))) {
      before = second
      p += 16
      continue
    }
    floor = reportAround(at, floor, p, to, minLength, text, out, room)
    p = floor
    before = 0
  }
  if (before) reportAround(at, floor, p, to, minLength, text, out, room)
}

/** Reports the run that holds the byte before `p` or the one at `p`, if it is long enough; returns where to go on. */
function reportAround(
  at: usize, floor: u32, p: u32, to: u32, minLength: u32, text: bool, out: usize, room: u32,
): u32 {
  const start = <u32>(runStart(at + p, at + floor) - at)
  const end = <u32>(runEnd(at + p, at + to) - at)
  if (end - start >= minLength) report(at, start, end, text, out, room)
  return end + 1
}

// @ts-ignore: decorator
@inline
function isPrintable(byte: u32): bool {
  return byte - 32 < 95 || byte - 9 < 2 || byte == 13
}

const UTF16_RUN: u32 = 16

/** True when [from, to) holds 16 bytes in a row that are by turns a printable ASCII character and NUL. */
export function findUtf16(at: usize, from: u32, to: u32): bool {
  const zero = i8x16.splat(0)
  let run: u32 = 0
  let previous: u32 = 0xff
  let p = at + from
  const end = at + to
  while (p < end) {
    // May read past the end, into the room behind: a NUL there only costs the slow look.
    if (!v128.any_true(i8x16.eq(v128.load(p), zero))) {
      p += 16
      if (p >= end) return false
      previous = load<u8>(p - 1)
      run = isPrintable(previous) ? 1 : 0
      continue
    }
    const blockEnd = min(p + 16, end)
    for (; p < blockEnd; p++) {
      const byte: u32 = load<u8>(p)
      if (byte == 0) run = isPrintable(previous) ? run + 1 : 1
      else if (isPrintable(byte)) run = previous == 0 ? run + 1 : 1
      else run = 0
      previous = byte
      if (run >= UTF16_RUN) return true
    }
  }
  return false
}
