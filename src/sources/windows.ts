// A stream of bytes → chunks: whole when it fits, else windows that overlap by the engine's reach.
import { detectUtf16, type Utf16, utf16ToUtf8 } from '../engine/decode/utf16.ts'
import { type Chunk, type Origin, wholeChunk } from '../model/index.ts'

const WINDOW = 32 << 20

/** The chunk of a text held whole; UTF-16 is made UTF-8 first, so that lines and columns are those of an editor. */
export function chunkOf(
  bytes: Uint8Array,
  origin: Origin,
  earlier?: () => Promise<readonly Uint8Array[]>,
): Chunk {
  const encoding = detectUtf16(bytes)
  return wholeChunk(encoding ? utf16ToUtf8(bytes, encoding) : bytes, origin, earlier)
}

/** Chunks of a text of any length. Memory stays at a few windows. `onBytes` hears every length read. */
export async function* chunksOf(
  pieces: AsyncIterable<Uint8Array>,
  origin: Origin,
  reach: () => number,
  options: { earlier?: () => Promise<readonly Uint8Array[]>; onBytes?: (count: number) => void } = {},
): AsyncGenerator<Chunk> {
  let held: Uint8Array[] = []
  let size = 0
  let window = new WindowState()
  let encoding: Utf16 | undefined
  for await (const piece of pieces) {
    options.onBytes?.(piece.length)
    held.push(piece)
    size += piece.length
    if (size < WINDOW) continue
    const bytes = Buffer.concat(held, size)
    if (window.isFirst) encoding = detectUtf16(bytes)
    if (encoding) continue
    const ownedTo = bytes.length - reach()
    yield window.chunk(bytes, origin, ownedTo, options.earlier)
    const keepFrom = Math.max(0, ownedTo - reach())
    window = window.next(bytes, keepFrom, ownedTo)
    held = [bytes.subarray(keepFrom)]
    size = bytes.length - keepFrom
  }
  const bytes = Buffer.concat(held, size)
  if (window.isFirst) yield chunkOf(bytes, origin, options.earlier)
  else yield window.chunk(bytes, origin, bytes.length, options.earlier)
}

/** Where a window stands in its text. */
class WindowState {
  readonly #offset: number
  readonly #line: number
  readonly #column: number
  readonly #ownedFrom: number

  constructor(offset = 0, line = 1, column = 0, ownedFrom = 0) {
    this.#offset = offset
    this.#line = line
    this.#column = column
    this.#ownedFrom = ownedFrom
  }

  get isFirst(): boolean {
    return this.#offset === 0 && this.#ownedFrom === 0
  }

  chunk(
    bytes: Uint8Array,
    origin: Origin,
    ownedTo: number,
    earlier?: () => Promise<readonly Uint8Array[]>,
  ): Chunk {
    const place = { offset: this.#offset, line: this.#line, column: this.#column }
    return { bytes, origin, ...place, ownedFrom: this.#ownedFrom, ownedTo, ...(earlier ? { earlier } : {}) }
  }

  /** The window that starts at `keepFrom` of these bytes and owns what begins at `ownedTo`. */
  next(bytes: Buffer, keepFrom: number, ownedTo: number): WindowState {
    let line = this.#line
    let lastBreak = -1
    for (let at = bytes.indexOf(0x0a); at !== -1 && at < keepFrom; at = bytes.indexOf(0x0a, at + 1)) {
      line += 1
      lastBreak = at
    }
    const before = Buffer.from(bytes.subarray(lastBreak + 1, keepFrom)).toString('utf8').length
    const column = lastBreak === -1 ? this.#column + before : before
    return new WindowState(this.#offset + keepFrom, line, column, ownedTo - keepFrom)
  }
}
