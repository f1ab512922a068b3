// Runs of base64 characters, and text in UTF-16.
import { BASE64 } from './layout'

/** Fills the constant table; called once. */
export function initRuns(): void {
  for (let i: u32 = 0; i < 256; i++) {
    const letter = (i | 32) - 97 < 26
    const digit = i - 48 < 10
    store<u8>(BASE64 + i, u8(letter || digit || i == 43 || i == 47 || i == 45 || i == 95))
  }
}

// @ts-ignore: decorator
@inline
export function isBase64(at: usize): bool {
  return load<u8>(BASE64 + load<u8>(at)) != 0
}

/**
 * Writes start and end (u32) of every maximal run of base64 characters within [from, to) of at least
 * `minLength`. Returns how many there are; when that is more than `room`, the rest is not written.
 */
export function findRuns(at: usize, from: u32, to: u32, minLength: u32, out: usize, room: u32): u32 {
  let found: u32 = 0
  let start = from
  while (start + minLength <= to) {
    let i = start + minLength
    while (i > start && isBase64(at + i - 1)) i--
    if (i > start) {
      start = i
      continue
    }
    let end = start + minLength
    while (end < to && isBase64(at + end)) end++
    if (found < room) {
      store<u32>(out + (found << 3), start)
      store<u32>(out + (found << 3), end, 4)
    }
    found++
    start = end + 1
  }
  return found
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
    if (p + 16 <= end && !v128.any_true(i8x16.eq(v128.load(p), zero))) {
      p += 16
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
