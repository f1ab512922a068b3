// When each wanted blob came and went, and which tips hold or reach it: bits over the history, 32 blobs at a time.
import type { CommitGraph } from './commits.ts'
import type { Contents } from './contents.ts'

/** A commit, or else a content: what a tag of a tree or of a blob points at. */
export interface Target {
  /** -1 when it is none, or is missing. */
  readonly commit: number
  readonly content: number
  readonly blob: number
}

export interface Lifetimes {
  readonly commits: CommitGraph
  readonly contents: Contents
  /** By commit: what its root tree holds. */
  readonly contentOf: Uint32Array
  /** By commit: 1 when a part of its tree could not be read. */
  readonly incomplete: Uint8Array
}

/** What the walk tells as it goes; a blob is its number. */
export interface LifetimeVisitor {
  introduced(blob: number, commit: number, holds: Holds): void
  removed(blob: number, commit: number, parent: number, holds: Holds): void
}

/** Whether a content has the blob. */
export type Holds = (content: number) => boolean

/** For each 32 blobs, by target: the bits of those it holds itself, and of those its history holds. */
export interface TargetBits {
  readonly held: readonly Int32Array[]
  readonly reached: readonly Int32Array[]
}

/** Beside what it returns, memory is a few numbers a commit and content, however many blobs are wanted. */
export function walkLifetimes(
  history: Lifetimes,
  blobs: number,
  targets: readonly Target[],
  visitor: LifetimeVisitor,
): TargetBits {
  const masks = new Int32Array(history.contents.count)
  const has = new Int32Array(history.incomplete.length)
  const reach = new Int32Array(history.incomplete.length)
  const held: Int32Array[] = []
  const reached: Int32Array[] = []
  for (let first = 0; first < blobs; first += 32) {
    fillMasks(history.contents, first, masks)
    walkCommits(history, first, { masks, has, reach }, visitor)
    const bits = targets.map((target) => ownBits(history, first, masks, target))
    held.push(Int32Array.from(bits))
    reached.push(Int32Array.from(targets, ({ commit }, i) => bits[i]! | (commit === -1 ? 0 : reach[commit]!)))
  }
  return { held, reached }
}

/** By content: the bits of those of the 32 blobs from `first` that it holds. Contents come behind their parts. */
function fillMasks({ count, starts, targets }: Contents, first: number, masks: Int32Array): void {
  for (let content = 0; content < count; content++) {
    let mask = 0
    for (let entry = starts[content]!; entry < starts[content + 1]!; entry++) {
      const target = targets[entry]!
      const blob = (target >>> 1) - first
      if ((target & 1) === 0) mask |= masks[target >>> 1]!
      else if (blob >= 0 && blob < 32) mask |= 1 << blob
    }
    masks[content] = mask
  }
}

interface Bits {
  readonly masks: Int32Array
  readonly has: Int32Array
  readonly reach: Int32Array
}

function walkCommits(
  history: Lifetimes,
  first: number,
  { masks, has, reach }: Bits,
  visitor: LifetimeVisitor,
): void {
  const { commits, contentOf, incomplete } = history
  const { order, placeOf, parentStarts, parents } = commits
  for (const commit of order) {
    const place = placeOf[commit]!
    const [start, end] = [parentStarts[place]!, parentStarts[place + 1]!]
    let [had, reached] = [0, 0]
    for (let at = start; at < end; at++) {
      had |= has[parents[at]!]!
      reached |= reach[parents[at]!]!
    }
    let own = masks[contentOf[commit]!]!
    // Of what can't be read nothing is known: it is taken as unchanged, and so neither removes nor brings anything.
    if (incomplete[commit] === 1) own |= had
    has[commit] = own
    reach[commit] = reached | own
    if (own === had) continue
    const holds = (bit: number) => (content: number) => (masks[content]! & bit) !== 0
    eachBit(own & ~had, (bit) => visitor.introduced(first + bit, commit, holds(1 << bit)))
    if ((had & ~own) === 0 || isStash(commits, commit)) continue
    eachBit(had & ~own, (bit) => {
      let at = start
      while ((has[parents[at]!]! & (1 << bit)) === 0) at++
      visitor.removed(first + bit, commit, parents[at]!, holds(1 << bit))
    })
  }
}

/** Its index and its untracked files are parents: what they have and it has not was never removed by it. */
function isStash(commits: CommitGraph, commit: number): boolean {
  return stashParts(commits, commit).length > 0
}

export function stashParts(
  { placeOf, parentStarts, parents, isStashPart }: CommitGraph,
  commit: number,
): number[] {
  const place = placeOf[commit]!
  if (place === -1) return []
  return [...parents.subarray(parentStarts[place]! + 1, parentStarts[place + 1]!)].filter(
    (parent) => isStashPart[parent] === 1,
  )
}

function ownBits({ contentOf }: Lifetimes, first: number, masks: Int32Array, target: Target): number {
  if (target.blob >= first && target.blob < first + 32) return 1 << (target.blob - first)
  return masks[target.commit === -1 ? target.content : contentOf[target.commit]!]!
}

function eachBit(bits: number, visit: (bit: number) => void): void {
  for (let left = bits; left !== 0; left &= left - 1) visit(31 - Math.clz32(left & -left))
}
