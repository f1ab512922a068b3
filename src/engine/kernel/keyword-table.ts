// Lays the keywords out in the kernel's memory, as assembly/prefilter.ts reads them.
import { type Image, imageFrom } from './image.ts'
import type { Kernel } from './load.ts'
import { createProbeTable } from './probe-table.ts'
import { rarestGram } from './rareness.ts'

/** Rough hashes, of three bytes of four and of two of three: their multipliers, and by how much the products are shifted. */
const FOUR = { factor: 0x9e3779b1, shift: 19, count: 8192 }
const THREE = { factor: 0x79b1, shift: 6, count: 1024 }
/** What the bytes beside four add to their product. */
const AHEAD = 0x85ebca6b
const BEHIND = 0xc2b2ae35
/** Sharp hashes: how many values they have, and how many of them share a head. */
const WIDE = { shift: 15, count: 1 << 17, heads: 1 << 13 }
const NARROW = { shift: 16, count: 1 << 16, heads: 1 << 10 }
const FOUR_MASKS = 64
const THREE_MASKS = FOUR_MASKS + FOUR.count * 4
const FOUR_SET = THREE_MASKS + THREE.count * 4
const SIX_SET = FOUR_SET + WIDE.count / 8
const FIVE_SET = SIX_SET + WIDE.count / 8
const THREE_SET = FIVE_SET + NARROW.count / 8
const SIX_AHEAD = THREE_SET + NARROW.count / 8
const SIX_BEHIND = SIX_AHEAD + WIDE.heads * 4
const FIVE_AHEAD = SIX_BEHIND + WIDE.heads * 4
const FIVE_BEHIND = FIVE_AHEAD + NARROW.heads * 4
const THREE_HEADS = FIVE_BEHIND + NARROW.heads * 4
/** An entry that nothing equals, for heads that have none. */
const NONE = THREE_HEADS + NARROW.heads * 4
const ENTRY_BYTES = 48
const ENTRIES = NONE + ENTRY_BYTES
const CHUNK_BYTES = 24
/** Where in an entry stands that it is the last of its head. */
const LAST = 40
const MAX_KEYWORD = 1024

/** Bytes of a keyword by which it is met. */
interface Gram {
  /** Where in the table the first entry with its head is named. */
  readonly head: number
  /** Bits that let it pass the sieve and find its head. */
  readonly marks: readonly Mark[]
  readonly masks: readonly Mask[]
  readonly keyword: number
  /** Where in the keyword it stands. */
  readonly anchor: number
}

/** A bit of a set. */
interface Mark {
  readonly set: number
  readonly hash: number
}

interface Mask {
  readonly at: number
  readonly bits: number
}

/** Where the kernel finds the keywords and what makes them worth a look, and how far a keyword can go on behind its first byte. */
export interface KeywordTable {
  readonly at: number
  readonly longest: number
  /** Address of a table of probes. */
  readonly probes?: number
}

/** A table laid out ahead of time, and what it holds for. */
export interface TableImage extends Image {
  readonly longest: number
  /** Where the probes lie; see probe-table.ts. */
  readonly probes: number
  /** The hash of the rules it was made of, and how many keywords they have. */
  readonly rules: string
  readonly keywords: number
}

/** The tables of `keywords` and their `probes` as bytes, for a kernel that has reserved nothing yet. */
export function imageOf(
  kernel: Kernel,
  keywords: readonly string[],
  rules: string,
  probes: Parameters<typeof createProbeTable>[1],
): TableImage {
  const { at, longest } = createKeywordTable(kernel, keywords)
  const probeTable = createProbeTable(kernel, probes)
  return { ...imageFrom(kernel, at), longest, probes: probeTable, rules, keywords: keywords.length }
}

/** Reserves and fills the table. Keywords are lower-case ASCII of 3 to 1,024 bytes, at most 65,536 of them. */
export function createKeywordTable(kernel: Kernel, keywords: readonly string[]): KeywordTable {
  for (const keyword of keywords) checkKeyword(keyword)
  if (keywords.length > 65536) throw new RangeError(`${keywords.length} keywords are too many`)
  const grams = keywords.flatMap(gramsOf).sort((a, b) => a.head - b.head)
  const firstChunk = ENTRIES + grams.length * ENTRY_BYTES
  const chunks = keywords.map((keyword) => Math.ceil(keyword.length / 8))
  const at = kernel.reserve(firstChunk + chunks.reduce((sum, n) => sum + n, 0) * CHUNK_BYTES)
  const memory = kernel.bytes()
  memory.fill(0, at, kernel.top())
  const chunkOf: number[] = []
  let next = at + firstChunk
  for (const [i, keyword] of keywords.entries()) {
    chunkOf.push(next)
    writeChunks(memory, next, keyword)
    next += chunks[i]! * CHUNK_BYTES
  }
  const view = new DataView(memory.buffer, at)
  const deepest = grams.reduce((depth, gram) => Math.max(depth, gram.anchor), 0)
  view.setUint32(0, deepest, true)
  for (let head = SIX_AHEAD; head < NONE; head += 4) view.setUint32(head, at + NONE, true)
  view.setUint32(NONE + 16, 1, true) // a value of bits that are not kept
  view.setUint32(NONE + LAST, 1, true)
  for (const [i, gram] of grams.entries()) {
    const entry = ENTRIES + i * ENTRY_BYTES
    const chunk = chunkOf[gram.keyword]!
    memory.copyWithin(at + entry, chunk, chunk + CHUNK_BYTES)
    const isLast = grams[i + 1]?.head !== gram.head
    const fields = [
      gram.anchor,
      gram.keyword,
      chunk + CHUNK_BYTES,
      keywords[gram.keyword]!.length,
      Number(isLast),
    ]
    for (const [j, field] of fields.entries()) view.setUint32(entry + CHUNK_BYTES + j * 4, field, true)
    if (grams[i - 1]?.head !== gram.head) view.setUint32(gram.head, at + entry, true)
    for (const { set, hash } of gram.marks) memory[at + set + (hash >> 3)]! |= 1 << (hash & 7)
    for (const mask of gram.masks) view.setUint32(mask.at, view.getUint32(mask.at, true) | mask.bits, true)
  }
  return { at, longest: keywords.reduce((longest, keyword) => Math.max(longest, keyword.length), 0) }
}

function checkKeyword(keyword: string): void {
  if (keyword.length < 3 || keyword.length > MAX_KEYWORD || !/^[\0-@[-\x7f]*$/.test(keyword)) {
    throw new RangeError(`not a keyword of 3 to 1,024 lower-case ASCII bytes: ${JSON.stringify(keyword)}`)
  }
}

/** One of four bytes at an even and one at an odd distance, or one of three. */
function gramsOf(text: string, keyword: number): Gram[] {
  const codes = Buffer.from(text, 'latin1')
  for (let i = 0; i < codes.length; i++) codes[i]! |= 0x20
  return text.length > 4
    ? [four(rarestGram(text, 4, 0, 2)), four(rarestGram(text, 4, 1, 2))]
    : [three(rarestGram(text, 3, 0, 1))]

  /** With the bytes behind them, where the keyword goes on, else with those before. */
  function four(anchor: number): Gram {
    const product = Math.imul(codes.readUInt32LE(anchor), FOUR.factor)
    const { set, heads, size, beside } = neighboursOf(anchor)
    const hash = (product + beside) >>> size.shift
    const head = heads + headOf(hash, size)
    const marks = [
      { set: FOUR_SET, hash: product >>> WIDE.shift },
      { set, hash },
    ]
    return { head, marks, masks: [maskOfFour(anchor)], keyword, anchor }
  }

  function neighboursOf(anchor: number) {
    const behind = anchor + 4
    if (behind + 2 <= codes.length)
      return {
        set: SIX_SET,
        heads: SIX_AHEAD,
        size: WIDE,
        beside: Math.imul(codes.readUInt16LE(behind), AHEAD),
      }
    if (anchor >= 2)
      return {
        set: SIX_SET,
        heads: SIX_BEHIND,
        size: WIDE,
        beside: Math.imul(codes.readUInt16LE(anchor - 2), BEHIND),
      }
    return behind < codes.length
      ? { set: FIVE_SET, heads: FIVE_AHEAD, size: NARROW, beside: Math.imul(codes[behind]!, AHEAD) }
      : { set: FIVE_SET, heads: FIVE_BEHIND, size: NARROW, beside: Math.imul(codes[anchor - 1]!, BEHIND) }
  }

  /** The position is that of the gram or the one before. */
  function three(anchor: number): Gram {
    const hash = Math.imul(codes.readUIntLE(anchor, 3) << 8, FOUR.factor) >>> NARROW.shift
    const head = THREE_HEADS + headOf(hash, NARROW)
    const masks = [maskOfFour(anchor), maskOfThree(anchor)]
    return { head, marks: [{ set: THREE_SET, hash }], masks, keyword, anchor }
  }

  function maskOfFour(anchor: number): Mask {
    const hash = Math.imul(codes.readUIntLE(anchor, 3) << 8, FOUR.factor) >>> FOUR.shift
    return {
      at: FOUR_MASKS + hash * 4,
      bits: anchor + 3 < codes.length ? 1 << (codes[anchor + 3]! & 31) : -1,
    }
  }

  function maskOfThree(anchor: number): Mask {
    const hash = (Math.imul(codes.readUInt16LE(anchor), THREE.factor) & 0xffff) >>> THREE.shift
    return { at: THREE_MASKS + hash * 4, bits: 1 << (codes[anchor + 2]! & 31) }
  }
}

/** Where among the heads the one of a hash stands. */
function headOf(hash: number, size: typeof WIDE): number {
  return (hash >> Math.log2(size.count / size.heads)) * 4
}

/** Eight bytes of the keyword at a time: bits of case to set, bits to keep, the value they must have. */
function writeChunks(memory: Uint8Array, at: number, keyword: string): void {
  for (let i = 0; i < keyword.length; i += 8) {
    const chunk = at + (i / 8) * CHUNK_BYTES
    for (let j = 0; j < 8 && i + j < keyword.length; j++) {
      const code = keyword.charCodeAt(i + j)
      memory[chunk + j] = code >= 0x61 && code <= 0x7a ? 0x20 : 0
      memory[chunk + 8 + j] = 0xff
      memory[chunk + 16 + j] = code
    }
  }
}
