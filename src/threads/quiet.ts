// What is counted of items that hold nothing.
import { addCounts } from '../counts.ts'
import type { Tally } from '../sources/index.ts'

export interface Quiet extends Pick<Tally, 'files' | 'blobs' | 'bytes'> {
  /** Candidates that filters dropped, by reason. */
  readonly dropped: Map<string, number>
}

export function noQuiet(): Quiet {
  return { files: 0, blobs: 0, bytes: 0, dropped: new Map() }
}

export function addQuiet(
  sum: Pick<Tally, 'files' | 'blobs' | 'bytes'>,
  dropped: Map<string, number>,
  part: Quiet,
): void {
  sum.files += part.files
  sum.blobs += part.blobs
  sum.bytes += part.bytes
  addCounts(dropped, part.dropped)
}
