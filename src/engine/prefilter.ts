// Finds the keywords of all rules in one pass over the bytes: the contract, and the plain reference.
import { findRuns } from './kernel/runs.ts'

/** Places where keywords begin, in ascending order of offset. Grows as needed and is reused between chunks. */
export class HitBuffer {
  length = 0
  keywords = new Uint16Array(64)
  offsets = new Uint32Array(64)

  clear(): void {
    this.length = 0
  }

  push(keyword: number, offset: number): void {
    if (this.length === this.offsets.length) this.#grow()
    this.keywords[this.length] = keyword
    this.offsets[this.length] = offset
    this.length += 1
  }

  #grow(): void {
    const keywords = new Uint16Array(this.length * 2)
    const offsets = new Uint32Array(this.length * 2)
    keywords.set(this.keywords)
    offsets.set(this.offsets)
    this.keywords = keywords
    this.offsets = offsets
  }
}

/**
 * One pass over bytes for many keywords.
 * Implementations may report a place where no keyword stands, and must never miss one.
 */
export interface Prefilter {
  /** Adds every keyword that begins in `[from, to)` and ends within `bytes`, ASCII case ignored, to `hits`. */
  find(bytes: Uint8Array, from: number, to: number, hits: HitBuffer): void
  /**
   * Adds start and end of every maximal run of base64 characters of at least `MIN_RUN` bytes to `runs`, in order.
   * May leave out runs whose first 16 characters do not decode to text.
   */
  findRuns(bytes: Uint8Array, runs: number[]): void
}

/** Runs of base64 from this length on are decoded. */
export const MIN_RUN = 24

const CLASS_BITS = 6
const TRIGRAM_MASK = (1 << (3 * CLASS_BITS)) - 1

/** Folds a byte to 6 bits: letters without case, digits, and the rest spread over what is left. */
function byteClass(byte: number): number {
  if (byte >= 0x41 && byte <= 0x5a) return byte - 0x41
  if (byte >= 0x61 && byte <= 0x7a) return byte - 0x61
  if (byte >= 0x30 && byte <= 0x39) return 26 + byte - 0x30
  return 36 + (byte % 28)
}

const CLASSES = Uint8Array.from({ length: 256 }, (_, byte) => byteClass(byte))

/**
 * How common a byte class is in source text, in parts per 1000: a keyword is anchored on its rarest trigram.
 * Coarse on purpose; only the order matters.
 */
function commonness(byteClassValue: number): number {
  const letters = 'etaoinsrlcdhupmfgbyvwkxqjz'
  const rank = byteClassValue < 26 ? letters.indexOf(String.fromCharCode(97 + byteClassValue)) : 12
  return 26 - rank
}

function trigramAt(text: string, index: number): number {
  let trigram = 0
  for (let i = 0; i < 3; i++) trigram = (trigram << CLASS_BITS) | CLASSES[text.charCodeAt(index + i)]!
  return trigram
}

/** Index of the keyword's rarest trigram. */
function rarestTrigram(keyword: string): number {
  let best = 0
  let bestScore = Number.POSITIVE_INFINITY
  for (let i = 0; i + 3 <= keyword.length; i++) {
    let score = 1
    for (let j = 0; j < 3; j++) score *= commonness(CLASSES[keyword.charCodeAt(i + j)]!)
    if (score < bestScore) {
      best = i
      bestScore = score
    }
  }
  return best
}

/**
 * The reference prefilter: a rolling trigram over byte classes indexes a table of the keywords' rarest
 * trigrams; a hit is confirmed letter by letter, so that it never over-reports either.
 *
 * @param keywords lower-case ASCII literals of 3 bytes or more; hits name them by index
 */
export function createPrefilter(keywords: readonly string[]): Prefilter {
  const buckets: number[][] = [[]]
  const table = new Uint16Array(TRIGRAM_MASK + 1)
  const anchors = keywords.map(rarestTrigram)
  for (const [index, keyword] of keywords.entries()) {
    const trigram = trigramAt(keyword, anchors[index]!)
    if (table[trigram] === 0) table[trigram] = buckets.push([]) - 1
    buckets[table[trigram]!]!.push(index)
  }
  const codes = keywords.map((keyword) => Uint8Array.from(keyword, (c) => c.charCodeAt(0)))
  const longestAnchor = Math.max(0, ...anchors)

  function confirm(
    bytes: Uint8Array,
    bucket: number,
    trigramStart: number,
    from: number,
    to: number,
    hits: HitBuffer,
  ) {
    for (const index of buckets[bucket]!) {
      const start = trigramStart - anchors[index]!
      if (start >= from && start < to && equalsFolded(bytes, start, codes[index]!)) hits.push(index, start)
    }
  }

  return {
    find(bytes, from, to, hits) {
      const first = hits.length
      const end = Math.min(bytes.length, to + longestAnchor + 2)
      let trigram = 0
      if (end - from >= 3) trigram = (CLASSES[bytes[from]!]! << CLASS_BITS) | CLASSES[bytes[from + 1]!]!
      for (let i = from + 2; i < end; i++) {
        trigram = ((trigram << CLASS_BITS) | CLASSES[bytes[i]!]!) & TRIGRAM_MASK
        const bucket = table[trigram]!
        if (bucket !== 0) confirm(bytes, bucket, i - 2, from, to, hits)
      }
      sortTail(hits, first)
    },
    findRuns: (bytes, runs) => findRuns(bytes, 0, bytes.length, MIN_RUN, runs),
  }
}

function equalsFolded(bytes: Uint8Array, start: number, keyword: Uint8Array): boolean {
  if (start + keyword.length > bytes.length) return false
  for (let i = 0; i < keyword.length; i++) {
    let byte = bytes[start + i]!
    if (byte >= 0x41 && byte <= 0x5a) byte |= 0x20
    if (byte !== keyword[i]) return false
  }
  return true
}

/** Anchors lie at different depths, so hits come almost sorted: insertion sort by offset, then keyword. */
function sortTail(hits: HitBuffer, first: number): void {
  const { offsets, keywords } = hits
  for (let i = first + 1; i < hits.length; i++) {
    const offset = offsets[i]!
    const keyword = keywords[i]!
    let j = i - 1
    while (j >= first && (offsets[j]! > offset || (offsets[j] === offset && keywords[j]! > keyword))) {
      offsets[j + 1] = offsets[j]!
      keywords[j + 1] = keywords[j]!
      j -= 1
    }
    offsets[j + 1] = offset
    keywords[j + 1] = keyword
  }
}
