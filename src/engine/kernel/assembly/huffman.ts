// Builds the decode tables of canonical Huffman codes, after libdeflate's design: one table for short codes,
// sub-tables for long ones, each entry carrying all that decoding a symbol needs.
import { COUNTS, SORTED, STARTS } from './layout'

export const LITERAL: u32 = 0x80000000
/** Neither literal, length nor offset: a sub-table, the end of the block, or (alone) an invalid symbol. */
export const EXCEPTIONAL: u32 = 0x8000
export const SUBTABLE: u32 = 0x4000
export const END_OF_BLOCK: u32 = 0x2000

// @ts-ignore: decorator
@inline
function entryOf(results: usize, symbol: u32, length: u32): u32 {
  return load<u32>(results + (symbol << 2)) + (length << 8) + length
}

// @ts-ignore: decorator
@inline
function nextCodeword(codeword: u32, ones: u32): u32 {
  // Codewords are bit-reversed: the increment carries downwards.
  const bit: u32 = 1 << (31 - clz(codeword ^ ones))
  return (codeword & (bit - 1)) | bit
}

// @ts-ignore: decorator
@inline
function double(table: usize, entries: u32): void {
  const bytes: usize = entries << 2
  if (bytes < 16) {
    for (let i: usize = 0; i < bytes; i += 4) store<u32>(table + bytes + i, load<u32>(table + i))
  } else {
    for (let i: usize = 0; i < bytes; i += 16) v128.store(table + bytes + i, v128.load(table + i))
  }
}

/**
 * Builds one table from code lengths. Returns the bits that index it, or 0 when the lengths are no code.
 * An incomplete code is accepted only where zlib accepts it: no code at all or one of length 1, for
 * offsets and literals (`mayBeSingle`); its unused half decodes to an invalid symbol.
 */
export function buildTable(
  table: usize, lens: usize, symbols: u32, results: usize, tableBits: u32, longest: u32, mayBeSingle: bool,
): u32 {
  for (let i: u32 = 0; i < 16; i++) store<u32>(COUNTS + (i << 2), 0)
  for (let i: u32 = 0; i < symbols; i++) {
    const at = COUNTS + (<u32>load<u8>(lens + i) << 2)
    store<u32>(at, load<u32>(at) + 1)
  }
  while (longest > 1 && load<u32>(COUNTS + (longest << 2)) == 0) longest--
  if (tableBits > longest) tableBits = longest

  let used: u32 = 0
  store<u32>(STARTS, 0)
  store<u32>(STARTS + 4, load<u32>(COUNTS))
  let length: u32 = 1
  for (; length < longest; length++) {
    const count = load<u32>(COUNTS + (length << 2))
    store<u32>(STARTS + (length << 2) + 4, load<u32>(STARTS + (length << 2)) + count)
    used = (used << 1) + count
  }
  used = (used << 1) + load<u32>(COUNTS + (length << 2))
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const at = STARTS + (<u32>load<u8>(lens + symbol) << 2)
    const place = load<u32>(at)
    store<u32>(at, place + 1)
    store<u16>(SORTED + (place << 1), symbol)
  }
  let sorted: usize = SORTED + (load<u32>(COUNTS) << 1)

  if (used > (<u32>1 << longest)) return 0
  if (used < (<u32>1 << longest)) {
    if (!mayBeSingle || longest > 1) return 0
    // No code, or one code of one bit: bit 0 is that symbol, bit 1 nothing.
    store<u32>(table, used == 0 ? EXCEPTIONAL + 0x101 : entryOf(results, load<u16>(sorted), 1))
    store<u32>(table + 4, EXCEPTIONAL + 0x101)
    return 1
  }

  let codeword: u32 = 0
  length = 1
  let count = load<u32>(COUNTS + 4)
  while (count == 0) count = load<u32>(COUNTS + (++length << 2))
  let end: u32 = 1 << length
  while (length <= tableBits) {
    do {
      store<u32>(table + (codeword << 2), entryOf(results, load<u16>(sorted), length))
      sorted += 2
      if (codeword == end - 1) {
        for (; length < tableBits; length++) {
          double(table, end)
          end <<= 1
        }
        return tableBits
      }
      codeword = nextCodeword(codeword, end - 1)
    } while (--count)
    do {
      if (++length <= tableBits) {
        double(table, end)
        end <<= 1
      }
      count = load<u32>(COUNTS + (length << 2))
    } while (count == 0)
  }
  buildSubtables(table, results, tableBits, sorted, codeword, length, count)
  return tableBits
}

function buildSubtables(
  table: usize, results: usize, tableBits: u32, sorted: usize, codeword: u32, length: u32, count: u32,
): void {
  const mask: u32 = (1 << tableBits) - 1
  let end: u32 = 1 << tableBits
  let prefix: u32 = u32.MAX_VALUE
  let start: u32 = 0
  while (true) {
    if ((codeword & mask) != prefix) {
      prefix = codeword & mask
      start = end
      let bits = length - tableBits
      let used = count
      while (used < (<u32>1 << bits)) {
        bits++
        used = (used << 1) + load<u32>(COUNTS + ((tableBits + bits) << 2))
      }
      end = start + (1 << bits)
      store<u32>(table + (prefix << 2), (start << 16) | EXCEPTIONAL | SUBTABLE | (bits << 8) | tableBits)
    }
    const entry = entryOf(results, load<u16>(sorted), length - tableBits)
    sorted += 2
    const stride: u32 = 1 << (length - tableBits)
    for (let i = start + (codeword >> tableBits); i < end; i += stride) store<u32>(table + (i << 2), entry)
    const ones: u32 = (1 << length) - 1
    if (codeword == ones) return
    codeword = nextCodeword(codeword, ones)
    count--
    while (count == 0) count = load<u32>(COUNTS + (++length << 2))
  }
}
