// Reads lines and counted bytes from a stream of buffers.
import type { Readable } from 'node:stream'

/** Above this much unread, the stream is paused. */
const HIGH_WATER = 1 << 20

export class ByteReader {
  readonly #stream: Readable
  readonly #waiting: Buffer[] = []
  #waitingBytes = 0
  #ended = false
  #wake: (() => void) | undefined
  #buffer: Buffer = Buffer.alloc(0)

  /** Listens for data rather than iterating: the iterator of a stream costs several milliseconds to start. */
  constructor(stream: Readable) {
    this.#stream = stream
    stream.on('data', (piece: Buffer) => {
      this.#waiting.push(piece)
      this.#waitingBytes += piece.length
      if (this.#waitingBytes > HIGH_WATER) stream.pause()
      this.#wake?.()
    })
    const end = () => {
      this.#ended = true
      this.#wake?.()
    }
    stream.on('end', end)
    stream.on('error', end) // what is missing shows as bytes that never came
    stream.on('close', end)
  }

  /** The next line without its end, in latin1, or undefined at the end of the stream. */
  async line(lineEnd = 0x0a): Promise<string | undefined> {
    for (;;) {
      const end = this.#buffer.indexOf(lineEnd)
      if (end !== -1) {
        const line = this.#buffer.toString('latin1', 0, end)
        this.#buffer = this.#buffer.subarray(end + 1)
        return line
      }
      if (!(await this.#more())) return undefined
    }
  }

  /** Exactly `length` bytes, or undefined when the stream ends before. */
  async bytes(length: number): Promise<Buffer | undefined> {
    if (this.#buffer.length < length) {
      const parts = [this.#buffer]
      let have = this.#buffer.length
      while (have < length) {
        const piece = await this.#next()
        if (!piece) return undefined
        parts.push(piece)
        have += piece.length
      }
      this.#buffer = Buffer.concat(parts, have)
    }
    const bytes = this.#buffer.subarray(0, length)
    this.#buffer = this.#buffer.subarray(length)
    return bytes
  }

  /** `length` bytes as they come, for what is too large to hold at once. Returns how many were missing. */
  async *pieces(length: number): AsyncGenerator<Buffer, number> {
    let left = length
    while (left > 0) {
      if (this.#buffer.length === 0 && !(await this.#more())) return left
      const piece = this.#buffer.subarray(0, left)
      this.#buffer = this.#buffer.subarray(piece.length)
      left -= piece.length
      yield piece
    }
    return 0
  }

  async #more(): Promise<boolean> {
    const piece = await this.#next()
    if (!piece) return false
    this.#buffer = this.#buffer.length === 0 ? piece : Buffer.concat([this.#buffer, piece])
    return true
  }

  async #next(): Promise<Buffer | undefined> {
    while (this.#waiting.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const piece = this.#waiting.shift()
    this.#waitingBytes -= piece?.length ?? 0
    if (this.#waitingBytes <= HIGH_WATER && this.#stream.isPaused()) this.#stream.resume()
    return piece
  }
}
