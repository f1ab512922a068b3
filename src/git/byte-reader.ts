// Reads lines and counted bytes from a stream of buffers.

export class ByteReader {
  readonly #stream: AsyncIterator<Buffer>
  #buffer: Buffer = Buffer.alloc(0)

  constructor(stream: AsyncIterable<Buffer>) {
    this.#stream = stream[Symbol.asyncIterator]()
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
        const { done, value } = await this.#stream.next()
        if (done) return undefined
        parts.push(value)
        have += value.length
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
    const { done, value } = await this.#stream.next()
    if (done) return false
    this.#buffer = this.#buffer.length === 0 ? value : Buffer.concat([this.#buffer, value])
    return true
  }
}
