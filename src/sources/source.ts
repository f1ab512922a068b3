// The seam every source keeps: it reads, never matches, never prints.
import type { Chunk, Problem, ScanPlan } from '../model/index.ts'
import type { Named } from './named-file.ts'
import type { StagedBlob } from './staged-blob.ts'

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
export type Source = (
  plan: ScanPlan,
  reach: () => number,
  tally: Tally,
  share: Share,
) => AsyncIterable<Chunk | Problem>

/**
 * What a source is about to read → what it has to read itself, in the same order: other threads may have seen that
 * the rest holds nothing, and have counted it.
 */
export type Share = <Item extends Shared>(items: readonly Item[]) => AsyncIterable<Item>

/** A file, or a blob and where it is staged. */
export type Shared = Named | StagedBlob
