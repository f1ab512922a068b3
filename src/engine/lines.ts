// Byte offsets → lines and columns, on demand and in ascending order.
import type { Chunk } from '../model/index.ts'

const NEWLINE = 0x0a

export interface Position {
  /** 1-based. */
  readonly line: number
  /** 1-based, in UTF-16 units. */
  readonly column: number
}

/** Walks forward through a chunk; offsets must not go back by more than the line they are on. */
export class LineCursor {
  readonly #bytes: Buffer
  readonly #firstColumn: number
  #line: number
  #lineStart = 0
  #nextBreak: number
  /** Column of `#columnAt`, so that a long line is decoded once. */
  #columnAt = 0
  #column: number

  constructor(chunk: Chunk) {
    this.#bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.byteLength)
    this.#line = chunk.line
    this.#firstColumn = chunk.column
    this.#column = chunk.column
    this.#nextBreak = this.#bytes.indexOf(NEWLINE)
  }

  at(offset: number): Position {
    while (this.#nextBreak !== -1 && this.#nextBreak < offset) {
      this.#line += 1
      this.#lineStart = this.#nextBreak + 1
      this.#columnAt = this.#lineStart
      this.#column = 0
      this.#nextBreak = this.#bytes.indexOf(NEWLINE, this.#lineStart)
    }
    if (offset < this.#columnAt) {
      this.#columnAt = this.#lineStart
      this.#column = this.#lineStart === 0 ? this.#firstColumn : 0
    }
    this.#column += utf16Length(this.#bytes, this.#columnAt, offset)
    this.#columnAt = offset
    return { line: this.#line, column: this.#column + 1 }
  }
}

const STEP = 1 << 20

/** UTF-16 units of the UTF-8 in `[start, end)`; bytes that are not UTF-8 count one each. */
function utf16Length(bytes: Buffer, start: number, end: number): number {
  let units = 0
  for (let from = start; from < end; from += STEP) {
    const to = Math.min(end, from + STEP)
    for (let i = from; i < to; i++) {
      const byte = bytes[i]!
      if (byte < 0x80 || byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1
    }
  }
  return units
}

/** The whole lines that `[start, end)` touches, without the last line break. */
export function linesAround(bytes: Uint8Array, start: number, end: number): { start: number; end: number } {
  const from = bytes.lastIndexOf(NEWLINE, start - 1) + 1
  const to = bytes.indexOf(NEWLINE, Math.max(start, end - 1))
  return { start: start === 0 ? 0 : from, end: to === -1 ? bytes.length : to }
}
