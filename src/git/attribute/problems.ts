// What attribution could not walk: missing commits, trees and tips, and paths too many to name.
import type { Problem } from '../../model/index.ts'
import type { CommitGraph } from './commits.ts'
import type { TreeGraph } from './trees.ts'

/** Among them `W_MANY_PATHS`: not all paths of a blob are named. */
export type AttributionProblem = Problem

const EXAMPLES = 5

/** A commit whose parent is missing counts as having no such parent: say which, but for the end of a shallow clone. */
export function missingParents(commits: CommitGraph, shallow: ReadonlySet<string>): AttributionProblem[] {
  const { order, placeOf, parentStarts, parents, ids } = commits
  const missing = new Set<string>()
  for (const commit of order) {
    const place = placeOf[commit]!
    const lacking = [...parents.subarray(parentStarts[place]!, parentStarts[place + 1]!)].filter(
      (parent) => placeOf[parent] === -1,
    )
    if (lacking.length === 0 || shallow.has(ids.hex(commit))) continue
    for (const parent of lacking) missing.add(ids.hex(parent))
  }
  return problem(
    'E_OBJECT_MISSING',
    [...missing],
    'commits are missing: their children count as first commits',
  )
}

export function missingTrees(graph: TreeGraph, { treeIds, trees }: CommitGraph): AttributionProblem[] {
  const missing = new Set<string>()
  for (const [tree, wasRead] of graph.wasRead.entries()) if (wasRead === 0) missing.add(graph.ids.hex(tree))
  const raw = treeIds.raw()
  for (const root of trees)
    if (graph.ids.find(raw, root * graph.ids.hashBytes) === -1) missing.add(treeIds.hex(root))
  const damaged = graph.damaged.map((tree) => graph.ids.hex(tree))
  return [
    ...problem(
      'E_OBJECT_MISSING',
      [...missing],
      'folders (trees) are missing: what they held is taken as unchanged',
    ),
    ...problem('E_OBJECT_CORRUPT', damaged, 'folders (trees) could be read in part only'),
  ]
}

export function problem(
  code: AttributionProblem['code'],
  ids: readonly string[],
  message: string,
): AttributionProblem[] {
  return ids.length === 0
    ? []
    : [{ code, count: ids.length, examples: [...ids].sort().slice(0, EXAMPLES), message }]
}
