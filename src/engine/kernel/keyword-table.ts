// Lays the keywords out in the kernel's memory, as assembly/prefilter.ts reads them.
import type { Kernel } from './load.ts'
import { createProbeTable } from './probe-table.ts'
import { rarestPlace } from './rareness.ts'

const MULTIPLIER = 0x79b10000
const HASH_SHIFT = 20
const HASHES = 4096
const MASKS = 64
const HEADS = MASKS + HASHES * 4
const ENTRIES = HEADS + HASHES * 4
const ENTRY_BYTES = 48
const CHUNK_BYTES = 24
const MAX_KEYWORD = 1024

interface Gram {
  readonly bytes: number
  /** The third byte may be anything. */
  readonly open: boolean
  readonly hash: number
  readonly keyword: number
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
  const grams = keywords.flatMap(gramsOf).sort((a, b) => a.hash - b.hash)
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
  view.setUint32(
    0,
    grams.reduce((deepest, gram) => Math.max(deepest, gram.anchor), 0),
    true,
  )
  for (const [i, gram] of grams.entries()) {
    const entry = ENTRIES + i * ENTRY_BYTES
    const chunk = chunkOf[gram.keyword]!
    memory.copyWithin(at + entry, chunk, chunk + CHUNK_BYTES)
    const isLast = grams[i + 1]?.hash !== gram.hash
    const fields = [
      gram.anchor,
      gram.keyword,
      chunk + CHUNK_BYTES,
      keywords[gram.keyword]!.length,
      Number(isLast),
    ]
    for (const [j, field] of fields.entries()) view.setUint32(entry + CHUNK_BYTES + j * 4, field, true)
    if (grams[i - 1]?.hash !== gram.hash) view.setUint32(HEADS + gram.hash * 4, at + entry, true)
    const mask = MASKS + gram.hash * 4
    view.setUint32(
      mask,
      view.getUint32(mask, true) | (gram.open ? -1 : 1 << ((gram.bytes >>> 16) & 31)),
      true,
    )
  }
  return { at, longest: keywords.reduce((longest, keyword) => Math.max(longest, keyword.length), 0) }
}

function checkKeyword(keyword: string): void {
  if (keyword.length < 3 || keyword.length > MAX_KEYWORD || !/^[\0-@[-\x7f]*$/.test(keyword)) {
    throw new RangeError(`not a keyword of 3 to 1,024 lower-case ASCII bytes: ${JSON.stringify(keyword)}`)
  }
}

/** One gram at an even and one at an odd distance; a keyword of three is met at the odd one with any third byte. */
function gramsOf(text: string, keyword: number): Gram[] {
  const even = rarestPlace(text, 0)
  const odd = text.length > 3 ? rarestPlace(text, 1) : 1
  return [gram(text, even, keyword), gram(`${text}\0`, odd, keyword)]

  function gram(from: string, anchor: number, of: number): Gram {
    const bytes = fold(from, anchor)
    const hash = Math.imul(bytes, MULTIPLIER) >>> HASH_SHIFT
    return { bytes, open: anchor + 3 > text.length, hash, keyword: of, anchor }
  }
}

/** Three bytes as the kernel sees them: little-endian, the bit of case set in each. */
function fold(text: string, at: number): number {
  return text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8) | (text.charCodeAt(at + 2) << 16) | 0x202020
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
