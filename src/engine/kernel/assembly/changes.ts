// What a delta changed: which keywords, runs and windows lie at the changes, told from the copies it is made of.
// Change k lies before copy k, the last one behind the last copy. Where the object starts or ends as its base does,
// the first or last is none.
import { COPY_BYTES } from './delta'
import { findKeywords } from './prefilter'
import { findRuns, findUtf16, isBase64, runEnd, runStart } from './runs'

// @ts-ignore: decorator
@inline
function changeStart(copies: usize, k: u32): u32 {
  if (k == 0) return 0
  const copy = copies + (k - 1) * COPY_BYTES
  return load<u32>(copy) + load<u32>(copy, 8)
}

// @ts-ignore: decorator
@inline
function changeEnd(copies: usize, count: u32, k: u32, size: u32): u32 {
  return k < count ? load<u32>(copies + k * COPY_BYTES) : size
}

function isChange(copies: usize, count: u32, k: u32, baseSize: u32, size: u32): bool {
  if (count == 0) return true
  if (k == 0) return load<u32>(copies) != 0 || load<u32>(copies, 4) != 0
  if (k < count) return true
  const last = copies + (count - 1) * COPY_BYTES
  const length = load<u32>(last, 8)
  return load<u32>(last) + length != size || load<u32>(last, 4) + length != baseSize
}

/**
 * All hits of an object, from those of its base: a keyword that lies whole in a copy is moved, only around changes
 * the bytes are looked at. Format and return value as those of findKeywords; `searched` says how many bytes it cost.
 */
export function mapHits(
  table: usize, longest: u32, baseHits: usize, baseCount: u32, copies: usize, count: u32,
  at: usize, size: u32, out: usize, room: u32,
): u32 {
  let found: u32 = 0
  let position: u32 = 0
  searchedBytes = 0
  for (let k: u32 = 0; k <= count; k++) {
    const copy = copies + k * COPY_BYTES
    const to = k < count ? load<u32>(copy) : size
    if (to > position) {
      found += findKeywords(table, at, size, position, to, out + (found << 3), room > found ? room - found : 0)
      searchedBytes += to - position + longest
      position = to
    }
    if (k == count) break
    const length = load<u32>(copy, 8)
    // A keyword that begins later may end in what follows the copy.
    if (length < longest) continue
    const from = load<u32>(copy, 4)
    const end = from + length - longest + 1
    for (let i = lowerBound(baseHits, baseCount, from); i < baseCount; i++) {
      const hit = load<u64>(baseHits + (i << 3))
      const offset = <u32>(hit >> 16)
      if (offset >= end) break
      if (found < room) store<u64>(out + (found << 3), hit + ((<u64>to - <u64>from) << 16))
      found++
    }
    position = to + length - longest + 1
  }
  return found
}

let searchedBytes: u32 = 0

export function searched(): u32 {
  return searchedBytes
}

function lowerBound(hits: usize, count: u32, offset: u32): u32 {
  let low: u32 = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (<u32>(load<u64>(hits + (middle << 3)) >> 16) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** In the table of reaches: the keyword's rule has no bound. */
const FAR: u32 = 0xffff

/** Writes the hits that lie within their keyword's reach (a u16 each; FAR: everywhere) of a change; returns how many. */
export function changedHits(
  hits: usize, hitCount: u32, reaches: usize, copies: usize, count: u32, baseSize: u32, size: u32, out: usize,
): i32 {
  let kept = out
  let k: u32 = 0 // the last change that starts at or before the hit
  const isFirst = isChange(copies, count, 0, baseSize, size)
  const isLast = isChange(copies, count, count, baseSize, size)
  for (let i: u32 = 0; i < hitCount; i++) {
    const hit = load<u64>(hits + (i << 3))
    const offset = <u32>(hit >> 16)
    const reach = <u32>load<u16>(reaches + ((<u32>hit & 0xffff) << 1))
    while (k < count && changeStart(copies, k + 1) <= offset) k++
    const before = (k > 0 || isFirst) && (k < count || isLast)
    const near = (before && <u64>offset < <u64>changeEnd(copies, count, k, size) + reach)
      || (k < count && (k + 1 < count || isLast) && changeStart(copies, k + 1) - offset <= reach)
    if (near || reach == FAR) {
      store<u64>(kept, hit)
      kept += 8
    }
  }
  return <i32>((kept - out) >> 3)
}

/**
 * Of an object's base the hits that are not within their keyword's reach of a change, moved to where they are now:
 * the rest of what `changedHits` writes for the same reaches, in order. Returns how many; `out` has room for all.
 */
export function carriedHits(
  baseHits: usize, baseCount: u32, reaches: usize, copies: usize, count: u32, baseSize: u32, size: u32, out: usize,
): i32 {
  let kept = out
  for (let k: u32 = 0; k < count; k++) {
    const copy = copies + k * COPY_BYTES
    const to = load<u32>(copy)
    const from = load<u32>(copy, 4)
    const end = from + load<u32>(copy, 8)
    const hasBefore = k > 0 || isChange(copies, count, 0, baseSize, size)
    const hasBehind = k + 1 < count || isChange(copies, count, count, baseSize, size)
    for (let i = lowerBound(baseHits, baseCount, from); i < baseCount; i++) {
      const hit = load<u64>(baseHits + (i << 3))
      const offset = <u32>(hit >> 16)
      if (offset >= end) break
      const reach = <u32>load<u16>(reaches + ((<u32>hit & 0xffff) << 1))
      if (reach == FAR || (hasBefore && offset - from < reach) || (hasBehind && end - offset <= reach)) continue
      store<u64>(kept, hit + ((<u64>to - <u64>from) << 16))
      kept += 8
    }
  }
  return <i32>((kept - out) >> 3)
}

/** Merges two lists of hits, both in order, into one; returns how many. */
export function mergeHits(one: usize, oneCount: u32, other: usize, otherCount: u32, out: usize): u32 {
  const oneEnd = one + (oneCount << 3)
  const otherEnd = other + (otherCount << 3)
  while (one < oneEnd && other < otherEnd) {
    const first = load<u64>(one)
    const second = load<u64>(other)
    const isFirst = first < second
    store<u64>(out, isFirst ? first : second)
    one += isFirst ? 8 : 0
    other += isFirst ? 0 : 8
    out += 8
  }
  memory.copy(out, one, oneEnd - one)
  memory.copy(out + (oneEnd - one), other, otherEnd - other)
  return oneCount + otherCount
}

/** True when there is UTF-16 at a change: when the base has none, the object has none elsewhere. */
export function changedUtf16(copies: usize, count: u32, at: usize, size: u32): bool {
  for (let k: u32 = 0; k <= count; k++) {
    const start = changeStart(copies, k)
    const end = changeEnd(copies, count, k, size)
    if (findUtf16(at, start > 15 ? start - 15 : 0, min(end + 15, size))) return true
  }
  return false
}

/** How far before an encoded value a byte can lie that decides about it: its name; see the engine's decode/assignment.ts. */
const NAME_AHEAD: usize = 120

/** Runs, as findRuns writes them, of every base64 text (wrapped or not) that a change lies in, beside, or closely before. */
export function changedRuns(
  copies: usize, count: u32, baseSize: u32, at: usize, size: u32, minLength: u32, text: bool, out: usize,
  room: u32,
): u32 {
  let found: u32 = 0
  let low = at
  let high = at
  const limit = at + size
  for (let k: u32 = 0; k <= count; k++) {
    if ((k == 0 || k == count) && !isChange(copies, count, k, baseSize, size)) continue
    const start = at + changeStart(copies, k)
    const end = min(at + changeEnd(copies, count, k, size) + NAME_AHEAD, limit)
    if (end > high || high == at) {
      const textLow = start > high ? textStart(start, high) : high
      if (textLow > high) {
        found += runsIn(at, low, high, minLength, text, out, room, found)
        low = textLow
      }
      high = textEnd(end, lineStart(end, low), limit)
    }
  }
  return found + runsIn(at, low, high, minLength, text, out, room, found)
}

function runsIn(
  at: usize, low: usize, high: usize, minLength: u32, text: bool, out: usize, room: u32, found: u32,
): u32 {
  if (high <= low) return 0
  return findRuns(at, <u32>(low - at), <u32>(high - at), minLength, text, out + (found << 3), room > found ? room - found : 0)
}

/** Writes start and end of each change widened by `reach`, merged where they meet; returns how many. */
export function windowsOf(
  copies: usize, count: u32, baseSize: u32, size: u32, reach: u32, out: usize,
): u32 {
  let windows: u32 = 0
  let last: u32 = 0
  for (let k: u32 = 0; k <= count; k++) {
    if (!isChange(copies, count, k, baseSize, size)) continue
    const start = changeStart(copies, k)
    const low = start > reach ? start - reach : 0
    const high = <u32>min<u64>(<u64>changeEnd(copies, count, k, size) + reach, size)
    if (windows > 0 && low <= last) windows--
    else store<u32>(out + (windows << 3), low)
    last = high
    store<u32>(out + (windows << 3), high, 4)
    windows++
  }
  return windows
}

/** Lines of base64 at least this long go on over a line break. */
const WRAPPED_LINE: u32 = 56

/** Start of the base64 text, wrapped or not, that `p` stands in; not below `floor`. */
function textStart(p: usize, floor: usize): usize {
  p = runStart(p, floor)
  while (p > floor && load<u8>(p - 1) == 10) {
    let lineEnd = p - 1
    if (lineEnd > floor && load<u8>(lineEnd - 1) == 13) lineEnd--
    const line = runStart(lineEnd, floor)
    if (<u32>(lineEnd - line) < WRAPPED_LINE) return p
    p = line
  }
  return p
}

/** Start of the line of base64 that ends at `p`, as far as it matters for wrapping. */
function lineStart(p: usize, floor: usize): usize {
  return runStart(p, <usize>max<i64>(<i64>floor, <i64>p - WRAPPED_LINE))
}

/** End of the base64 text that `p` stands in, given where its first line began; not above `end`. */
function textEnd(p: usize, lineStart: usize, end: usize): usize {
  while (true) {
    p = max(p, runEnd(p, end))
    if (<u32>(p - lineStart) < WRAPPED_LINE) return p
    let line = p
    if (line < end && load<u8>(line) == 13) line++
    if (line >= end || load<u8>(line) != 10) return p
    lineStart = p = line + 1
  }
}

/**
 * Widens each window whose border stands in a base64 text longer than `reach` to the ends of that text, and merges
 * windows that now meet. Returns how many are left.
 */
export function widenWindows(at: usize, size: u32, windows: usize, count: u32, reach: u32): u32 {
  let kept: u32 = 0
  let floor = at // end of the last window kept
  const limit = at + size
  for (let i: u32 = 0; i < count; i++) {
    let low = at + load<u32>(windows + (i << 3))
    let high = at + load<u32>(windows + (i << 3), 4)
    if (kept > 0 && high <= floor) continue
    if (low > floor) low = widenLow(low, floor, limit, reach)
    high = widenHigh(high, low, limit, reach)
    if (kept > 0 && low <= floor) store<u32>(windows + ((kept - 1) << 3), <u32>(high - at), 4)
    else {
      store<u32>(windows + (kept << 3), <u32>(low - at))
      store<u32>(windows + (kept << 3), <u32>(high - at), 4)
      kept++
    }
    floor = high
  }
  return kept
}

function widenLow(low: usize, floor: usize, limit: usize, reach: u32): usize {
  if (!isBase64(low) && load<u8>(low) > 13) return low
  const start = textStart(low, floor)
  const end = textEnd(low, start, min(limit, low + reach + 1))
  return <u32>(end - start) > reach ? start : low
}

function widenHigh(high: usize, low: usize, limit: usize, reach: u32): usize {
  if (high >= limit) return high
  const near = high - low > reach ? high - reach - 1 : low
  const start = textStart(high, near)
  const end = textEnd(high, start, limit)
  return <u32>(end - start) > reach ? end : high
}
