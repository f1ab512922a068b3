// A blob of the index, and the chunk of it at each path where it is staged.
import type { Chunk, Origin } from '../model/index.ts'
import { chunkOf } from './windows.ts'

/** It can be posted to another thread. */
export interface StagedBlob {
  readonly oid: string
  readonly entries: readonly StagedPlace[]
}

export interface StagedPlace {
  readonly path: string
  readonly mode: string
}

export function stagedChunk(
  bytes: Uint8Array,
  oid: string,
  place: StagedPlace,
  earlier?: Chunk['earlier'],
): Chunk {
  return chunkOf(bytes, originOf(oid, place), earlier)
}

export function originOf(blob: string, { path, mode }: StagedPlace): Origin {
  return { kind: 'staged', path, blob, mode }
}
