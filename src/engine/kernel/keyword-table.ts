// Lays the keywords out in the kernel's memory, as assembly/prefilter.ts reads them.
import type { Kernel } from './load.ts'
import { createProbeTable } from './probe-table.ts'
import { rarestFour } from './rareness.ts'

/** Hashes of three bytes of four, and of two of three: their multipliers, and by how much the products are shifted. */
const FOUR = { factor: 0x9e3779b1, shift: 19, count: 8192 }
const THREE = { factor: 0x79b1, shift: 6, count: 1024 }
const FOUR_MASKS = 64
const THREE_MASKS = FOUR_MASKS + FOUR.count * 4
const FOUR_HEADS = THREE_MASKS + THREE.count * 4
const THREE_HEADS = FOUR_HEADS + FOUR.count * 4
const ENTRIES = THREE_HEADS + THREE.count * 4
const ENTRY_BYTES = 48
const CHUNK_BYTES = 24
const MAX_KEYWORD = 1024
const CASE = 0x202020

/** Bytes of a keyword by which it is met. */
interface Gram {
  /** Addresses in the table of the mask of its hash and of its first entry. */
  readonly mask: number
  readonly head: number
  /** The bits to set there. */
  readonly bits: number
  readonly keyword: number
  /** Where the position lies from the keyword's start; -1: one byte before it. */
  readonly anchor: number
}

/** Where the kernel finds the keywords and what makes them worth a look, and how far a keyword can go on behind its first byte. */
export interface KeywordTable {
  readonly at: number
  readonly longest: number
  /** Address of a table of probes. */
  readonly probes?: number
}

/** A table laid out ahead of time, and what it holds for. */
export interface TableImage {
  readonly at: number
  readonly longest: number
  /** Where the probes lie; see probe-table.ts. */
  readonly probes: number
  /** The hash of the rules it was made of, and how many keywords they have. */
  readonly rules: string
  readonly keywords: number
  readonly bytes: Uint8Array
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
  const bytes = kernel.bytes().slice(at, kernel.top())
  return { at, longest, probes: probeTable, rules, keywords: keywords.length, bytes }
}

/** Puts the tables of an image into the kernel; undefined when it was made for others or for another place. */
export function placeImage(
  kernel: Kernel,
  keywords: readonly string[],
  rules: string,
  image: TableImage,
): KeywordTable | undefined {
  if (image.rules !== rules || image.keywords !== keywords.length || image.at !== kernel.top())
    return undefined
  kernel.reserve(image.bytes.length)
  kernel.bytes().set(image.bytes, image.at)
  return { at: image.at, longest: image.longest, probes: image.probes }
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
  view.setInt32(
    0,
    grams.reduce((deepest, gram) => Math.max(deepest, gram.anchor), 0),
    true,
  )
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
    for (const [j, field] of fields.entries()) view.setInt32(entry + CHUNK_BYTES + j * 4, field, true)
    if (grams[i - 1]?.head !== gram.head) view.setUint32(gram.head, at + entry, true)
    view.setUint32(gram.mask, view.getUint32(gram.mask, true) | gram.bits, true)
  }
  return { at, longest: keywords.reduce((longest, keyword) => Math.max(longest, keyword.length), 0) }
}

function checkKeyword(keyword: string): void {
  if (keyword.length < 3 || keyword.length > MAX_KEYWORD || !/^[\0-@[-\x7f]*$/.test(keyword)) {
    throw new RangeError(`not a keyword of 3 to 1,024 lower-case ASCII bytes: ${JSON.stringify(keyword)}`)
  }
}

/** One gram at an even and one at an odd distance. */
function gramsOf(text: string, keyword: number): Gram[] {
  const odd = text.length > 4 ? four(rarestFour(text, 1)) : three()
  return [text.length > 3 ? four(rarestFour(text, 0)) : four(0), odd]

  function four(anchor: number): Gram {
    const bits = anchor + 4 > text.length ? -1 : 1 << (text.charCodeAt(anchor + 3) & 31)
    const hash = Math.imul((codeAt(anchor, 3) | CASE) << 8, FOUR.factor) >>> FOUR.shift
    return { mask: FOUR_MASKS + hash * 4, head: FOUR_HEADS + hash * 4, bits, keyword, anchor }
  }

  /** The keyword's first three bytes behind any other. */
  function three(): Gram {
    const hash = (Math.imul((codeAt(0, 2) | CASE) & 0xffff, THREE.factor) & 0xffff) >>> THREE.shift
    const bits = 1 << (text.charCodeAt(2) & 31)
    return { mask: THREE_MASKS + hash * 4, head: THREE_HEADS + hash * 4, bits, keyword, anchor: -1 }
  }

  /** Bytes as the kernel sees them: little-endian. */
  function codeAt(at: number, count: number): number {
    let code = 0
    for (let i = 0; i < count; i++) code |= text.charCodeAt(at + i) << (i * 8)
    return code
  }
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
