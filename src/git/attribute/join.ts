// Joins what was read of trees, commits and tips into one history for each blob.
import type { CommitGraph } from './commits.ts'
import { type Contents, EMPTY, findContents } from './contents.ts'
import { type BlobCommit, type BlobHistory, compareCommits } from './history.ts'
import type { IdTable } from './ids.ts'
import {
  type Holds,
  type Lifetimes,
  stashParts,
  type Target,
  type TargetBits,
  walkLifetimes,
} from './lifetimes.ts'
import { firstPath, listPaths } from './path-list.ts'
import { type AttributionProblem, missingParents, missingTrees, problem } from './problems.ts'
import type { Peeled, Tip, Tips } from './tips.ts'
import type { TreeGraph } from './trees.ts'

export interface ReadAll {
  readonly wanted: IdTable
  readonly graph: TreeGraph
  readonly commits: CommitGraph
  readonly tips: Tips
  /** What tips point at that are no commits, by hex id. */
  readonly peeled: ReadonlyMap<string, Peeled>
  readonly shallow: ReadonlySet<string>
}

/** A target with the tip that it belongs to: a stash has several, everything else one. */
interface TipTarget extends Target {
  readonly tip: Tip
}

export function joinHistories(all: ReadAll): {
  histories: Map<string, BlobHistory>
  problems: AttributionProblem[]
} {
  const contents = findContents(all.graph)
  const history = historyGraph(all, contents)
  const { targets, problems } = tipTargets(all, contents)
  const lives = collect(all, history, targets)
  const { paths, truncated } = allPaths(all, history, targets)
  const histories = new Map<string, BlobHistory>()
  for (const [blob, life] of lives.entries())
    histories.set(all.wanted.hex(blob), asHistory(life, paths[blob] ?? []))
  return {
    histories,
    problems: [
      ...all.tips.problems,
      ...missingParents(all.commits, all.shallow),
      ...missingTrees(all.graph, all.commits),
      ...problems,
      ...problem('W_MANY_PATHS', truncated ? ['paths'] : [], 'there are too many paths to name them all'),
    ],
  }
}

/** Gives each commit the content of its root tree. */
function historyGraph({ commits, graph }: ReadAll, contents: Contents): Lifetimes {
  const contentOf = new Uint32Array(commits.ids.size())
  const incomplete = new Uint8Array(commits.ids.size())
  const raw = commits.treeIds.raw()
  for (const commit of commits.order) {
    const root = commits.trees[commits.placeOf[commit]!]!
    const tree = graph.ids.find(raw, root * graph.ids.hashBytes)
    contentOf[commit] = tree === -1 ? EMPTY : contents.ofTree[tree]!
    incomplete[commit] = tree === -1 ? 1 : contents.incomplete[tree]!
  }
  return { commits, contents, contentOf, incomplete }
}

function tipTargets(
  { commits, graph, wanted, tips, peeled }: ReadAll,
  contents: Contents,
): { targets: TipTarget[]; problems: AttributionProblem[] } {
  const targets: TipTarget[] = []
  const missing: string[] = []
  for (const tip of tips.tips) {
    const { oid, type } = peeled.get(tip.oid) ?? { oid: tip.oid, type: 'commit' }
    const none = { tip, commit: -1, content: EMPTY, blob: -1 }
    if (type === 'blob') targets.push({ ...none, blob: wanted.findHex(oid) })
    else if (type === 'tree')
      targets.push({ ...none, content: contents.ofTree[graph.ids.findHex(oid)] ?? EMPTY })
    else {
      const commit = commits.ids.findHex(oid)
      if ((commits.placeOf[commit] ?? -1) === -1) {
        if (tip.name !== '') missing.push(tip.name)
        continue
      }
      targets.push({ ...none, commit })
      if (tip.kind !== 'stash') continue
      for (const part of stashParts(commits, commit)) targets.push({ ...none, commit: part })
    }
  }
  targets.sort(({ tip: a }, { tip: b }) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return { targets, problems: problem('E_OBJECT_MISSING', missing, 'refs point at objects that are missing') }
}

interface Life {
  readonly introduced: readonly BlobCommit[]
  readonly removed: readonly BlobCommit[]
  readonly where: ReturnType<typeof whereHeld>
}

/**
 * A repository can have tens of thousands of refs that all hold most blobs: the names are listed when they are
 * asked for.
 */
function asHistory({ introduced, removed, where }: Life, paths: readonly string[]): BlobHistory {
  const { atHead, unreachable, refs, published } = where
  // Only when there are too many paths to name them all is a blob without one that a commit has.
  const known = new Set(introduced.flatMap(({ path }) => path ?? []))
  return {
    paths: paths.length > 0 ? paths : [...known].sort(),
    introduced,
    removed,
    atHead,
    unreachable,
    get refs() {
      return refs()
    },
    get published() {
      return published()
    },
  }
}

function collect(all: ReadAll, history: Lifetimes, targets: readonly TipTarget[]): Life[] {
  const { commits, wanted, graph } = all
  const onBranch = commitsOnBranches(commits, targets)
  const lives = Array.from({ length: wanted.size() }, () => ({
    introduced: [] as BlobCommit[],
    removed: [] as BlobCommit[],
  }))
  const refTo = (commit: number, path: string | undefined): BlobCommit => ({
    ...commits.describe(commit),
    ...(path === undefined ? {} : { path }),
    generation: commits.generations[commit]!,
    onBranch: onBranch[commit] === 1,
  })
  const pathIn = (commit: number, blob: number, holds: Holds) =>
    firstPath(history.contents, graph.names, history.contentOf[commit]!, blob, holds)
  const bits = walkLifetimes(history, lives.length, targets, {
    introduced: (blob, commit, holds) =>
      lives[blob]!.introduced.push(refTo(commit, pathIn(commit, blob, holds))),
    removed: (blob, commit, parent, holds) =>
      lives[blob]!.removed.push(refTo(commit, pathIn(parent, blob, holds))),
  })
  return lives.map(({ introduced, removed }, blob) => ({
    introduced: introduced.sort(compareCommits),
    removed: removed.sort(compareCommits),
    where: whereHeld(bits, targets, blob),
  }))
}

/** @param targets sorted by name */
function whereHeld({ held, reached }: TargetBits, targets: readonly TipTarget[], blob: number) {
  const [own, all] = [held[blob >>> 5]!, reached[blob >>> 5]!]
  const bit = 1 << (blob & 31)
  const namesOf = (bits: Int32Array, isWanted: (tip: Tip) => boolean) => {
    const names: string[] = []
    for (const [i, { tip }] of targets.entries())
      if ((bits[i]! & bit) !== 0 && isWanted(tip) && names.at(-1) !== tip.name) names.push(tip.name)
    return names
  }
  return {
    atHead: targets.some(({ tip }, i) => tip.isHead === true && (own[i]! & bit) !== 0),
    unreachable: all.every((bits) => (bits & bit) === 0),
    refs: () => namesOf(own, ({ name }) => name !== ''),
    published: () =>
      namesOf(all, ({ kind }) => kind === 'remote').map((name) => name.slice('refs/remotes/'.length)),
  }
}

/** By commit: 1 when a branch or remote-tracking branch has it in its history. */
function commitsOnBranches(commits: CommitGraph, targets: readonly TipTarget[]): Uint8Array {
  const { order, placeOf, parentStarts, parents } = commits
  const marked = new Uint8Array(commits.ids.size())
  for (const { commit, tip } of targets)
    if (commit !== -1 && (tip.kind === 'branch' || tip.kind === 'remote')) marked[commit] = 1
  for (let i = order.length - 1; i >= 0; i--) {
    const commit = order[i]!
    if (marked[commit] === 0) continue
    const place = placeOf[commit]!
    for (let at = parentStarts[place]!; at < parentStarts[place + 1]!; at++) marked[parents[at]!] = 1
  }
  return marked
}

/** The paths in root trees; for a blob that none has, those in trees that were left over. */
function allPaths(
  { graph, wanted }: ReadAll,
  { contents, contentOf }: Lifetimes,
  targets: readonly TipTarget[],
) {
  const roots = new Set(contentOf)
  for (const { content } of targets) roots.add(content)
  const rooted = listPaths(contents, graph.names, roots, wanted.size())
  if (rooted.truncated || rooted.paths.every((paths) => paths.length > 0)) return rooted
  const loose = listPaths(contents, graph.names, contents.tops, wanted.size())
  return {
    paths: rooted.paths.map((paths, blob) => (paths.length > 0 ? paths : loose.paths[blob]!)),
    truncated: rooted.truncated || loose.truncated,
  }
}
