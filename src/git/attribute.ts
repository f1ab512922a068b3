// For blobs that hold a secret: which commits brought and dropped them, at which paths, and what still holds them.
import { type CommitGraph, createCommitReader } from './attribute/commits.ts'
import type { BlobHistory } from './attribute/history.ts'
import type { IdTable } from './attribute/ids.ts'
import { joinHistories } from './attribute/join.ts'
import type { AttributionProblem } from './attribute/problems.ts'
import type { GraphSource, ObjectGraphs, ObjectSource } from './attribute/source.ts'
import { createTagReader } from './attribute/tags.ts'
import { peelTags, readTips, type Tip, type Tips } from './attribute/tips.ts'
import { createTreeReader, wantedBlobs, wantedIn } from './attribute/trees.ts'
import { readShallow } from './shallow.ts'

export { type BlobCommit, type BlobHistory, compareCommits, historyOf } from './attribute/history.ts'
export type { AttributionProblem } from './attribute/problems.ts'
export { refsReaching } from './attribute/reach.ts'
export { type GraphSource, gitObjects, type ObjectSource } from './attribute/source.ts'

export interface Attribution {
  /** By hex id, for every blob that was asked for. */
  readonly histories: ReadonlyMap<string, BlobHistory>
  /** What could not be walked; what is told is then true of the rest. */
  readonly problems: readonly AttributionProblem[]
}

export interface AttributeOptions {
  /** Gives all trees and commits: `gitObjects(gitDir)`, or the direct reader of packs. */
  readonly trees: ObjectSource | GraphSource
  /** Default: asked of git here. */
  readonly tips?: (() => Promise<Tips>) | undefined
  readonly signal?: AbortSignal
}

/**
 * One pass over all trees and one over all commits, whatever the number of blobs; nothing is asked per blob.
 * Replace refs and grafts don't count: the history is the one the objects themselves tell.
 */
export async function attribute(
  gitDir: string,
  blobs: readonly string[],
  { trees: source, tips: askTips = () => readTips(gitDir), signal }: AttributeOptions,
): Promise<Attribution> {
  const [first] = blobs
  if (first === undefined) return { histories: new Map(), problems: [] }
  const hashBytes = first.length / 2
  const wanted = wantedBlobs(blobs, hashBytes)
  const asked = askTips()
  asked.catch(() => {}) // awaited below; must not count as unhandled before that
  const {
    trees: graph,
    commits,
    tags,
  } = await ('graphs' in source ? source.graphs(blobs, signal) : readObjects(source, wanted, signal))
  const tips = await asked
  const read = tags.peeled()
  const others = unknownIds(commits, tips.tips).filter((oid) => !read.has(oid))
  const peeled = new Map([...read, ...(await peelTags(gitDir, others))])
  signal?.throwIfAborted()
  return joinHistories({ wanted, graph, commits, tips, peeled, shallow: readShallow(gitDir) })
}

async function readObjects(
  source: ObjectSource,
  wanted: IdTable,
  signal: AbortSignal | undefined,
): Promise<ObjectGraphs> {
  const unlessAborted =
    <T extends Uint8Array | string>(visit: (oid: T, bytes: Uint8Array) => void) =>
    (oid: T, bytes: Uint8Array) => {
      if (signal?.aborted) signal.throwIfAborted()
      visit(oid, bytes)
    }
  const trees = createTreeReader(wanted.hashBytes, wantedIn(wanted))
  const commits = createCommitReader(wanted.hashBytes)
  const tags = createTagReader()
  await source.eachTree(unlessAborted(trees.read))
  await source.eachCommit(unlessAborted(commits.read))
  await source.eachTag?.(unlessAborted(tags.read))
  return { trees: trees.graph(), commits: commits.graph(), tags }
}

/** Tags, and refs to trees and blobs: what is no commit that was read. */
function unknownIds({ ids, placeOf }: CommitGraph, tips: readonly Tip[]): string[] {
  const isCommit = (oid: string) => (placeOf[ids.findHex(oid)] ?? -1) !== -1
  return [...new Set(tips.map(({ oid }) => oid).filter((oid) => !isCommit(oid)))]
}
