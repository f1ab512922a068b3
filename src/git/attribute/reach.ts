// Which refs keep a commit: told from the graph of all commits, for commits whose message holds a secret.
import type { CommitGraph } from './commits.ts'
import type { TagReader } from './tags.ts'
import type { Tip } from './tips.ts'

/**
 * For each of the commits the names of the refs that lead to it, sorted, and `HEAD` where it does.
 * @param commits hex ids; for one that the graph does not have there is no answer
 */
export function refsReaching(
  graph: CommitGraph,
  tags: TagReader,
  tips: readonly Tip[],
  commits: readonly string[],
): Map<string, string[]> {
  const peeled = tags.peeled()
  const targets = tips.map((tip) => ({ tip, commit: graph.ids.findHex(peeled.get(tip.oid)?.oid ?? tip.oid) }))
  const reaching = new Map<string, string[]>()
  for (const id of commits) {
    const commit = graph.ids.findHex(id)
    if (commit === -1 || graph.placeOf[commit] === -1) continue
    const above = descendants(graph, commit)
    const names = new Set(
      targets.filter((target) => above[target.commit] === 1).flatMap(({ tip }) => namesOf(tip)),
    )
    reaching.set(id, [...names].sort())
  }
  return reaching
}

/** By commit: 1 when it is this one or has it in its history. */
function descendants({ order, placeOf, parentStarts, parents }: CommitGraph, commit: number): Uint8Array {
  const above = new Uint8Array(placeOf.length)
  above[commit] = 1
  for (const next of order) {
    const place = placeOf[next]!
    for (let at = parentStarts[place]!; at < parentStarts[place + 1]!; at++)
      above[next]! |= above[parents[at]!]!
  }
  return above
}

/** Reflogs, other working trees and older stashes are no refs. */
function namesOf({ name, isHead }: Tip): string[] {
  const isRef = name.startsWith('refs/') && !name.includes('@{')
  return [...(isRef ? [name] : []), ...(isHead ? ['HEAD'] : [])]
}
