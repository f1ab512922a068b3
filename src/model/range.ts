// Which commits are asked for, as a push or a CI run names them; `git/range.ts` finds them.

/** What a CI run or a person names: what `head` has and `base` does not. */
export interface CommitRange {
  readonly kind: 'commits'
  /** Who says so, for people: `GitHub Actions, push`. */
  readonly source: string
  /** Revisions of the newest commit or tag; the first that the clone has counts. */
  readonly head: readonly string[]
  /** Revisions of what was there before; the first that the clone has counts. Empty: nothing was, such as for a new branch. */
  readonly base: readonly string[]
  /** True when a force push may have taken the base away, so that a whole clone need not have it. */
  readonly isBaseOptional?: boolean
  /** Revision of a merge that was made to test `head` in its target: then its first parent is not new either. */
  readonly testMerge?: string
  /** Where there is no base: revisions of the branch that new ones start from. */
  readonly trunk?: readonly string[]
  /** Where there is neither: all that `head` reaches, or its files alone because nothing tells what is new. */
  readonly otherwise?: 'history' | 'files'
  /** The lines that bring what a clone lacks: one that is shallow, and one that is not. */
  readonly fix: RangeFix
}

export interface RangeFix {
  readonly shallow: string
  readonly missing: string
}

/** No range is known: the files of one commit. */
export interface FilesRange {
  readonly kind: 'files'
  readonly source: string
  /** Why there is no range, as a part of a sentence. */
  readonly reason: string
  readonly head: string
}

/** What git tells a pre-push hook. */
export interface PushRange {
  readonly kind: 'push'
  readonly remote: string
  readonly refs: readonly PushedRef[]
  /** True on the server that is pushed to: what its own refs reach is there already. */
  readonly isReceived?: boolean
}

/** One line of a pre-push hook's input. Ids of zeros: a deletion, or a ref that the remote does not have yet. */
export interface PushedRef {
  readonly localRef: string
  readonly localId: string
  readonly remoteRef: string
  readonly remoteId: string
}

export type RangeRequest = CommitRange | FilesRange | PushRange

/** True for the id that git writes where there is no object. */
export function isZeroId(id: string): boolean {
  return /^0+$/.test(id)
}
