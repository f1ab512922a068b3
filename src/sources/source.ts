// The seam every source keeps: it reads, never matches, never prints.
import type { Chunk, Problem, ScanPlan } from '../model/index.ts'

/** What has been read so far; sources add to it as they go. */
export interface Tally {
  commits: number
  objects: number
  blobs: number
  files: number
  bytes: number
  /** What was scanned, for people, where the plan does not say it. */
  target?: string
}

/**
 * Yields what the plan asks for, and the trouble on the way. A chunk's bytes hold until the next is asked for.
 * `reach` tells how far windows must overlap, in bytes.
 */
export type Source = (plan: ScanPlan, reach: () => number, tally: Tally) => AsyncIterable<Chunk | Problem>
