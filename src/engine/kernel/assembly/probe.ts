// Which keywords are worth a look: those near which the bytes lie that a match of one of their rules must hold.

// The table, written by the host (probe-table.ts beside this folder): u32 by keyword, the address of its first probe,
// 0 where nothing is known; then the probes of a keyword in a row, 48 bytes each:
const CLASS: usize = 0 // u32: address of 256 flags
const LENGTH: usize = 4 // u32: so many bytes of the class in a row
const FROM: usize = 8 // i32: where that run begins at the earliest, from the keyword on
const TO: usize = 12 // i32: … at the latest
const START: usize = 16 // i32: where the match begins, from the keyword on; only with BOUNDED
const FLAGS: usize = 20 // u32
const PROBE_BYTES: usize = 48

const LAST: u32 = 1
/** Nothing that belongs to the token may stand before the match. */
const BOUNDED: u32 = 2
/** A literal that ends behind the keyword and goes on in the next one; CLASS: what a token is made of. */
const JOINT: u32 = 4
/** The match's beginning, by an automaton. CLASS: its 256 columns, LENGTH: bytes to look at, START: where it begins. */
const PREFIX: u32 = 8
/** The run begins behind a byte of a class, whose flags lie at BEHIND, and has at most MOST bytes (0: any number). */
const VALUE: u32 = 16
const EDGE: u32 = 64 // a token begins there
const BEHIND: usize = 24 // u32: address of 256 flags
const MOST: usize = 28 // u32
/** The keyword stands close before the run, or an automaton that reads backwards from it finds a name. */
const NAMED: u32 = 128
const NAME_COLUMNS: usize = 32 // u32: address of 256 columns
const NAME_NEXT: usize = 36 // u32: address of the next states
const NAME_WIDTH: usize = 40 // u32: columns
/** As far behind its own name's start as a value can be that needs no other name. */
const OWN: usize = 96
/** As far before a value as a general name can begin. */
const GENERAL: usize = 256
const NEXT: usize = 24 // u32: address of the next states, u16 by state and column
const WIDTH: usize = 28 // u32: columns
const TAIL_CLASS: usize = 32 // u32: address of 256 flags
const TAIL_LENGTH: usize = 36 // u32: bytes of that class that have to follow
const ACCEPT: u32 = 0x8000

/** The next row must be met as well. */
const ALSO: u32 = 32

/** The text goes on before, or behind, what lies in memory. */
const OPEN_BEFORE: u32 = 1
const OPEN_BEHIND: u32 = 2

let start: usize = 0
let end: usize = 0
let isOpenBefore: bool = false
let isOpenBehind: bool = false

/**
 * Keeps of `count` hits (as findKeywords writes them) those that can belong to a match; returns how many.
 * `open` says on which sides the text goes on beyond its `size` bytes: what can't be seen counts as worth a look.
 */
export function keepHits(table: usize, at: usize, size: u32, hits: usize, count: u32, open: u32): u32 {
  start = at
  end = at + size
  isOpenBefore = (open & OPEN_BEFORE) != 0
  isOpenBehind = (open & OPEN_BEHIND) != 0
  let kept = hits
  const stop = hits + (count << 3)
  for (let hit = hits; hit < stop; hit += 8) {
    const value = load<u64>(hit)
    const probe = <usize>load<u32>(table + ((<u32>value & 0xffff) << 2))
    if (probe == 0 || isWorthALook(probe, at + <usize>(value >> 16))) {
      store<u64>(kept, value)
      kept += 8
    }
  }
  return <u32>((kept - hits) >> 3)
}

function isWorthALook(probe: usize, hit: usize): bool {
  while (true) {
    let holds = isMet(probe, hit)
    while (load<u32>(probe, FLAGS) & ALSO) {
      probe += PROBE_BYTES
      if (holds) holds = isMet(probe, hit)
    }
    if (holds) return true
    if (load<u32>(probe, FLAGS) & LAST) return false
    probe += PROBE_BYTES
  }
}

// @ts-ignore: decorator
@inline
function isMet(probe: usize, hit: usize): bool {
  const flags = load<u32>(probe, FLAGS)
  if (flags & JOINT) return isJoint(load<u32>(probe, CLASS), hit)
  if (flags & PREFIX) return isBeginning(probe, hit + load<i32>(probe, START))
  if (flags & BOUNDED && !isBoundary(hit + load<i32>(probe, START))) return false
  const from = hit + load<i32>(probe, FROM)
  const to = hit + load<i32>(probe, TO)
  if (flags & VALUE) return holdsValue(probe, hit, from, to)
  return holdsRun(load<u32>(probe, CLASS), load<u32>(probe, LENGTH), from, to)
}

/** True when a run of `length` bytes of the class begins in [from, to]. */
function holdsRun(members: usize, length: usize, from: usize, to: usize): bool {
  if (<isize>from < <isize>start) {
    if (isOpenBefore) return true
    from = start
  }
  let stop = to + length
  if (stop > end) {
    if (isOpenBehind) return true
    stop = end
  }
  let begin = from
  while (begin + length <= stop) {
    let p = begin + length
    while (p > begin && load<u8>(members + load<u8>(p - 1))) p--
    if (p == begin) return true
    begin = p
  }
  return false
}

/** The same for a run that begins in [from, to] behind one of its bytes, and ends where its bytes do. */
function holdsValue(probe: usize, hit: usize, from: usize, to: usize): bool {
  const members = <usize>load<u32>(probe, CLASS)
  const length = load<u32>(probe, LENGTH)
  const most = load<u32>(probe, MOST)
  const isEdge = (load<u32>(probe, FLAGS) & EDGE) != 0
  const isNamed = (load<u32>(probe, FLAGS) & NAMED) != 0
  if (<isize>from <= <isize>start) {
    if (isOpenBefore) return true
    from = start
  }
  let stop = to + length
  if (stop > end) {
    if (isOpenBehind) return true
    stop = end
  }
  const limit = min(end, to + max(most, length) + 1)
  let begin = from
  while (begin + length <= stop) {
    let p = begin + length
    while (p > begin && load<u8>(members + load<u8>(p - 1))) p--
    if (p > begin) {
      begin = p
      continue
    }
    let runEnd = begin + length
    while (runEnd < limit && load<u8>(members + load<u8>(runEnd))) runEnd++
    if (runEnd == end && isOpenBehind) return true
    const last = min(to, runEnd - length)
    p = most > 0 ? max(begin, runEnd - most) : begin
    for (; p <= last; p++) {
      if (p == start) {
        if (isEdge) return true
        continue
      }
      if (!load<u8>(load<u32>(probe, BEHIND) + <usize>load<u8>(p - 1)) || (isEdge && !isBoundary(p))) continue
      if (!isNamed || (p > hit && p <= hit + OWN) || hasName(probe, p)) return true
    }
    begin = runEnd + 1
  }
  return false
}

/** True when a general name of a secret, and what joins it with its value, may end before `p`. */
function hasName(probe: usize, p: usize): bool {
  const columns = <usize>load<u32>(probe, NAME_COLUMNS)
  const next = <usize>load<u32>(probe, NAME_NEXT)
  const width = load<u32>(probe, NAME_WIDTH)
  const far = p > GENERAL ? p - GENERAL : 0
  let state: u32 = 1
  while (p > far) {
    if (p == start) return isOpenBefore
    p--
    state = load<u16>(next + ((state * width + load<u8>(columns + load<u8>(p))) << 1))
    if (state & ACCEPT) return true
    if (state == 0) return false
  }
  return true
}

// @ts-ignore: decorator
@inline
function isAlnum(byte: u32): bool {
  return (byte | 32) - 97 < 26 || byte - 48 < 10
}

/** False when a letter or digit stands before `p` that can't be the end of an escape, such as `\n` or `%22`. */
function isBoundary(p: usize): bool {
  if (p <= start || !isAlnum(load<u8>(p - 1))) return true
  if (p - 1 <= start) return isOpenBefore
  const second = load<u8>(p - 2)
  if (second == 0x5c) return true
  if (p - 2 <= start) return isOpenBefore
  const third = load<u8>(p - 3)
  return third == 0x25 || third == 0x78 || third == 0x30
}

/** True when a match may begin at `p`, by all that can be seen. */
function isBeginning(probe: usize, p: usize): bool {
  if (p < start) return isOpenBefore
  const columns = <usize>load<u32>(probe, CLASS)
  const next = <usize>load<u32>(probe, NEXT)
  const width = load<u32>(probe, WIDTH)
  const far = p + load<u32>(probe, LENGTH)
  let state: u32 = 1
  while (p < far) {
    if (p >= end) return isOpenBehind
    state = load<u16>(next + ((state * width + load<u8>(columns + load<u8>(p))) << 1))
    p++
    if (state & ACCEPT) {
      if (hasTail(<usize>load<u32>(probe, TAIL_CLASS), p, p + load<u32>(probe, TAIL_LENGTH))) return true
      state ^= ACCEPT
    }
    if (state == 0) return false
  }
  return true
}

function hasTail(members: usize, p: usize, stop: usize): bool {
  for (; p < stop; p++) {
    if (p >= end) return isOpenBehind
    if (!load<u8>(members + load<u8>(p))) return false
  }
  return true
}

/** Bytes of a token that is broken off, of the white space in a joint: as far as the decoder goes. */
const BROKEN_TOKEN: usize = 300
const BROKEN_SPACE: usize = 40
/** … of the operator between two literals. */
const BROKEN_OPERATOR: usize = 2

/** True when the token at `hit` ends with its literal, and another literal follows: `"sk-" + "…"`. */
function isJoint(members: usize, hit: usize): bool {
  let p = hit
  const far = hit + BROKEN_TOKEN
  while (p < end && p < far && load<u8>(members + load<u8>(p))) p++
  // The decoder's pattern may go back to an earlier end; quotes and backslashes are no characters of a token.
  if (p >= end) return isOpenBehind
  const quote = load<u8>(p)
  if (quote == 0x5c) return p + 1 >= end ? isOpenBehind : load<u8>(p + 1) == 13 || load<u8>(p + 1) == 10
  if (!isQuote(quote)) return false
  p = skipSpace(p + 1)
  const behind = p + BROKEN_OPERATOR
  while (p < end && p < behind && isOperator(load<u8>(p))) p++
  p = skipSpace(p)
  return p >= end ? isOpenBehind : isQuote(load<u8>(p))
}

// @ts-ignore: decorator
@inline
function isQuote(byte: u32): bool {
  return byte == 0x22 || byte == 0x27 || byte == 0x60
}

// @ts-ignore: decorator
@inline
function isOperator(byte: u32): bool {
  return byte == 0x2b || byte == 0x2e || byte == 0x26 || byte == 0x7c || byte == 0x3c || byte == 0x3e
}

function skipSpace(p: usize): usize {
  const far = p + BROKEN_SPACE
  while (p < end && p < far && (load<u8>(p) == 32 || load<u8>(p) - 9 < 5 || load<u8>(p) == 0xa0)) p++
  return p
}

/** True when one of the hits has a keyword without bound (0xffff in the table of reaches). */
export function anyFar(hits: usize, count: u32, reaches: usize): bool {
  for (let i: u32 = 0; i < count; i++) {
    if (load<u16>(reaches + ((load<u32>(hits + (i << 3)) & 0xffff) << 1)) == 0xffff) return true
  }
  return false
}
