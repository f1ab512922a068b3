// Pieces of blobs that were examined before and held no secret: versions and copies of a file bring the same ones again,
// which deltas don't tell where they stand in other families, or where something else nearby was changed.
import { hash } from 'node:crypto'
import { HitBuffer } from '../engine/index.ts'

/** Hits whose reaches meet, and the bytes within these: all that decides about what matches there. */
export interface Piece {
  from: number
  to: number
  /** The hits `[first, last)`. */
  first: number
  readonly last: number
}

export interface Sifted {
  /** Pieces that were not seen before, in order, with what they are remembered by. */
  readonly fresh: readonly { readonly piece: Piece; readonly key: string }[]
  /** The hits in these. Used again at the next call. */
  readonly hits: HitBuffer
  /** What was dropped in the others, by reason. */
  readonly dropped: readonly Dropped[]
}

type Dropped = ReadonlyMap<string, number>

export interface Seen {
  sift(bytes: Uint8Array, hits: HitBuffer): Sifted
  /** Nothing is kept in the piece, whatever its blob: `dropped` by reason. */
  remember(key: string, dropped: Dropped): void
}

/** So many pieces are remembered, a hundred bytes each. */
const MOST = 1 << 17
const NONE: Dropped = new Map()

/** @param reaches by keyword: how far from it a byte can decide about what is found there */
export function createSeen(reaches: readonly number[]): Seen {
  const known = new Map<string, Dropped>()
  const freshHits = new HitBuffer()
  const keyOf = createKeys()

  return {
    sift(bytes, hits) {
      const pieces = piecesOf(hits, reaches, bytes.length)
      const keyed = pieces.map((piece) => ({ piece, key: keyOf(piece, bytes, hits) }))
      const fresh = keyed.filter(({ key }) => !known.has(key))
      const dropped = keyed.flatMap(({ key }) => known.get(key) ?? [])
      if (fresh.length === pieces.length) return { fresh, hits, dropped }
      freshHits.clear()
      for (const { piece } of fresh)
        for (let i = piece.first; i < piece.last; i++) freshHits.push(hits.keywords[i]!, hits.offsets[i]!)
      return { fresh, hits: freshHits, dropped }
    },
    remember(key, dropped) {
      if (known.size < MOST) known.set(key, dropped.size === 0 ? NONE : dropped)
    },
  }
}

/** No byte is in two of them. */
function piecesOf(hits: HitBuffer, reaches: readonly number[], length: number): Piece[] {
  const pieces: Piece[] = []
  for (let i = 0; i < hits.length; i++) {
    const reach = reaches[hits.keywords[i]!]!
    const piece: Piece = {
      from: Math.max(0, hits.offsets[i]! - reach),
      to: Math.min(length, hits.offsets[i]! + reach),
      first: i,
      last: i + 1,
    }
    for (let last = pieces.at(-1); last !== undefined && last.to >= piece.from; last = pieces.at(-1)) {
      pieces.pop()
      piece.from = Math.min(piece.from, last.from)
      piece.to = Math.max(piece.to, last.to)
      piece.first = last.first
    }
    pieces.push(piece)
  }
  return pieces
}

/** Of its bytes, whether the text begins and ends with them, and which hits are to be looked at. */
function createKeys(): (piece: Piece, bytes: Uint8Array, hits: HitBuffer) => string {
  let text = new Uint8Array(1 << 16)
  return ({ from, to, first, last }, bytes, hits) => {
    const asked = new Uint32Array((last - first) * 2 + 1)
    for (let i = first; i < last; i++) {
      asked[(i - first) * 2] = hits.keywords[i]!
      asked[(i - first) * 2 + 1] = hits.offsets[i]! - from
    }
    asked[asked.length - 1] = Number(from === 0) + Number(to === bytes.length) * 2
    const length = to - from
    if (length + asked.byteLength > text.length) text = new Uint8Array((length + asked.byteLength) * 2)
    text.set(bytes.subarray(from, to))
    text.set(new Uint8Array(asked.buffer), length)
    return `${length} ${hash('sha256', text.subarray(0, length + asked.byteLength), 'base64')}`
  }
}
