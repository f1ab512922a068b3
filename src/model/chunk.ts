// Where bytes come from, and the piece of them that is scanned at once.

/** Where a chunk came from. Paths are decoded as UTF-8; `pathBytes` keeps the raw name when that loses something. */
export type Origin =
  | { kind: 'staged'; path: string; blob: string; mode: string }
  | { kind: 'file'; path: string }
  | { kind: 'history'; path?: string; blob: string; commit?: string; author?: string; date?: string }
  | { kind: 'message'; path?: string; commit?: string; author?: string; date?: string }
  | { kind: 'tag'; tag: string }
  | { kind: 'stdin'; path?: string }
  | { kind: 'name'; names: readonly NamedThing[] }

/** A file, by its path, or a ref, by its full name; and who brought it, where that is known. */
export interface NamedThing {
  readonly path: string
  readonly commit?: string
  readonly author?: string
  readonly date?: string
}

/**
 * A window of one blob, file or stream.
 * Windows of one origin overlap: each owns the matches that start in `[ownedFrom, ownedTo)`, so that
 * every match is reported by exactly one window, and is whole there.
 */
export interface Chunk {
  readonly bytes: Uint8Array
  readonly origin: Origin
  /** Offset in bytes of `bytes[0]` within the origin. */
  readonly offset: number
  /** 1-based line number of `bytes[0]`. */
  readonly line: number
  /** UTF-16 units that stand before `bytes[0]` on its line. */
  readonly column: number
  /** First offset into `bytes` whose matches belong to this window. */
  readonly ownedFrom: number
  /** One past the last offset into `bytes` whose matches belong to this window. */
  readonly ownedTo: number
  /**
   * Earlier versions of the same content; only lines that none of them has are reported.
   * Absent: every line counts. Called for hits only.
   */
  readonly earlier?: () => Promise<readonly Uint8Array[]>
}

/** The usual chunk: the whole of an origin in one piece. */
export function wholeChunk(
  bytes: Uint8Array,
  origin: Origin,
  earlier?: () => Promise<readonly Uint8Array[]>,
): Chunk {
  const chunk = { bytes, origin, offset: 0, line: 1, column: 0, ownedFrom: 0, ownedTo: bytes.length }
  return earlier ? { ...chunk, earlier } : chunk
}
