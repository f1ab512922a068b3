// One file of an archive, and why one can not be opened.

export interface Member {
  /** As the archive names it. */
  readonly path: string
  /** Bytes it says to have; a lie is noticed when it is read. */
  readonly size: number
  /** Throws `Closed`, and what zlib throws. */
  read(limit: number): Uint8Array
}

/** An archive, or a file of it, that stays closed. */
export class Closed extends Error {
  override readonly name = 'Closed'
  /** In a word or two, for people. */
  readonly reason: string

  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}
