// What attribution says of a blob, and how the blobs of one finding become one history.
import type { CommitRef, History } from '../../model/index.ts'

/** A commit that brought or dropped a blob. */
export interface BlobCommit extends CommitRef {
  /** Commits on the longest way down to a root: orders commits of the same second. */
  readonly generation: number
  /** A branch, a remote-tracking branch or a detached HEAD has it in its history. */
  readonly onBranch: boolean
}

export interface BlobHistory {
  /** Where it ever stood, sorted; for a blob that no commit has, where it stands in left-over trees. */
  readonly paths: readonly string[]
  /** Commits that have it while none of their parents has it at any path; oldest first. */
  readonly introduced: readonly BlobCommit[]
  /** Commits that don't have it although a parent had; oldest first. `path` is where the parent had it. */
  readonly removed: readonly BlobCommit[]
  readonly atHead: boolean
  /** Full names of the refs, stash entries and detached HEADs whose tip holds it, sorted. */
  readonly refs: readonly string[]
  /** Remote-tracking refs from which a commit that holds it can be reached, such as origin/main. */
  readonly published: readonly string[]
  /** No ref, reflog, stash or HEAD reaches it. */
  readonly unreachable: boolean
}

/** Dates are in UTC and sort as text. Of commits of one second the deeper one is older. */
export function compareCommits(a: BlobCommit, b: BlobCommit): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1
  if (a.generation !== b.generation) return a.generation - b.generation
  return a.commit < b.commit ? -1 : a.commit > b.commit ? 1 : 0
}

/** Since when, until when and where the secret is that all these blobs hold. */
export function historyOf(blobs: readonly BlobHistory[]): History {
  const introduced = blobs.flatMap((blob) => blob.introduced).sort(compareCommits)
  const refs = united(blobs.map((blob) => blob.refs))
  const atHead = blobs.some((blob) => blob.atHead)
  const isOnTip = atHead || refs.some((name) => /^refs\/(?:heads|remotes)\/|HEAD$/.test(name))
  return {
    introduced: plain(introduced[0]),
    removed: isOnTip ? null : plain(lastRemoval(blobs)),
    atHead,
    refs,
    published: united(blobs.map((blob) => blob.published)),
  }
}

/** The last one on a branch; of what never was on a branch, the last one at all. */
function lastRemoval(blobs: readonly BlobHistory[]): BlobCommit | undefined {
  // A commit that takes one version of the file away and brings another has not removed the secret.
  const brings = new Set(blobs.flatMap((blob) => blob.introduced.map(({ commit }) => commit)))
  const removals = blobs
    .flatMap((blob) => blob.removed)
    .filter(({ commit }) => !brings.has(commit))
    .sort(compareCommits)
  return removals.findLast(({ onBranch }) => onBranch) ?? removals.at(-1)
}

function plain(from: BlobCommit | undefined): CommitRef | null {
  if (from === undefined) return null
  const { commit, author, date, path } = from
  return { commit, author, date, ...(path === undefined ? {} : { path }) }
}

function united(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort()
}
