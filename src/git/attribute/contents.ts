// What trees hold of the wanted blobs: trees that hold the same at the same paths share one content.
import { createNumbers } from './arrays.ts'
import type { TreeGraph } from './trees.ts'

/** Nothing wanted. Real contents begin with 1. */
export const EMPTY = 0

/**
 * A content is a list of entries: a name, and a blob or another content. A history of many thousand commits has
 * few of them, because most commits don't touch the files that matter. A content comes behind those it holds.
 */
export interface Contents {
  /** By tree of the graph: its content; EMPTY for most. */
  readonly ofTree: Uint32Array
  /** By tree: 1 when something below it could not be read. */
  readonly incomplete: Uint8Array
  /** Contents of holding trees that are in no other tree: the root trees of commits, and left-over trees. */
  readonly tops: ReadonlySet<number>
  readonly count: number
  /** By content: where its entries begin; they end where the next begin. */
  readonly starts: Uint32Array
  readonly names: Uint32Array
  /** By entry: `blob * 2 + 1`, or `content * 2`. */
  readonly targets: Uint32Array
}

export function findContents(graph: TreeGraph): Contents {
  const up = reversed(graph)
  const holding = spread(up, graph.hitTrees)
  const unread: number[] = [...graph.damaged]
  graph.wasRead.forEach((wasRead, tree) => {
    if (wasRead === 0) unread.push(tree)
  })
  const incomplete = spread(up, Uint32Array.from(unread))
  const joined = joinEqual(graph, up, holding)
  const tops = new Set<number>()
  for (const tree of graph.order) if (up.starts[tree] === up.starts[tree + 1]) tops.add(joined.ofTree[tree]!)
  return { ...joined, incomplete, tops }
}

/** For each tree, the edges that lead to it. */
interface Reversed {
  readonly starts: Uint32Array
  /** By edge, sorted by child: the place of the parent in `graph.order`. */
  readonly parents: Uint32Array
  readonly placeTrees: Uint32Array
}

function reversed({ ids, order, edgeStarts, edgeChildren }: TreeGraph): Reversed {
  const starts = new Uint32Array(ids.size() + 1)
  for (const child of edgeChildren) starts[child + 1]! += 1
  for (let tree = 0; tree < ids.size(); tree++) starts[tree + 1]! += starts[tree]!
  const next = starts.slice()
  const parents = new Uint32Array(edgeChildren.length)
  for (let place = 0; place < order.length; place++) {
    const end = edgeStarts[place + 1]!
    for (let edge = edgeStarts[place]!; edge < end; edge++) {
      const child = edgeChildren[edge]!
      parents[next[child]!] = place
      next[child]! += 1
    }
  }
  return { starts, parents, placeTrees: order }
}

/** Marks the trees and all that hold them, up to the roots. */
function spread({ starts, parents, placeTrees }: Reversed, from: Uint32Array): Uint8Array {
  const marked = new Uint8Array(starts.length - 1)
  const waiting = createNumbers()
  const mark = (tree: number) => {
    if (marked[tree] === 1) return
    marked[tree] = 1
    waiting.push(tree)
  }
  for (const tree of from) mark(tree)
  for (let i = 0; i < waiting.size(); i++) {
    const tree = waiting.view()[i]!
    for (let edge = starts[tree]!; edge < starts[tree + 1]!; edge++) mark(placeTrees[parents[edge]!]!)
  }
  return marked
}

/** Gives every holding tree its content, children before parents. */
function joinEqual(
  graph: TreeGraph,
  up: Reversed,
  holding: Uint8Array,
): Omit<Contents, 'incomplete' | 'tops'> {
  const ofTree = new Uint32Array(graph.ids.size())
  const known = new Map<string, number>()
  const [starts, names, targets] = [createNumbers(), createNumbers(), createNumbers()]
  // The empty content has no entries.
  starts.push(0)
  starts.push(0)
  const hits = hitsByTree(graph)

  function contentOf(place: number): number {
    const tree = graph.order[place]!
    const entries = [...(hits.get(tree) ?? [])]
    for (let edge = graph.edgeStarts[place]!; edge < graph.edgeStarts[place + 1]!; edge++) {
      const child = graph.edgeChildren[edge]!
      if (holding[child] === 1) entries.push(graph.edgeNames[edge]!, ofTree[child]! * 2)
    }
    const key = entries.join()
    const same = known.get(key)
    if (same !== undefined) return same
    const content = known.size + 1
    known.set(key, content)
    for (let i = 0; i < entries.length; i += 2) {
      names.push(entries[i]!)
      targets.push(entries[i + 1]!)
    }
    starts.push(names.size())
    return content
  }

  for (const place of childrenFirst(graph, up, holding)) ofTree[graph.order[place]!] = contentOf(place)
  return {
    ofTree,
    count: known.size + 1,
    starts: starts.view(),
    names: names.view(),
    targets: targets.view(),
  }
}

function hitsByTree({ hitTrees, hitNames, hitBlobs }: TreeGraph): Map<number, number[]> {
  const hits = new Map<number, number[]>()
  hitTrees.forEach((tree, i) => {
    const own = hits.get(tree)
    if (own === undefined) hits.set(tree, [hitNames[i]!, hitBlobs[i]! * 2 + 1])
    else own.push(hitNames[i]!, hitBlobs[i]! * 2 + 1)
  })
  return hits
}

/** The places of the holding trees: a tree follows when the last child that holds something is done. */
function childrenFirst(graph: TreeGraph, up: Reversed, holding: Uint8Array): Uint32Array {
  const { order, edgeStarts, edgeChildren } = graph
  const left = new Uint32Array(order.length)
  const ready = createNumbers()
  for (let place = 0; place < order.length; place++) {
    if (holding[order[place]!] === 0) continue
    for (let edge = edgeStarts[place]!; edge < edgeStarts[place + 1]!; edge++)
      left[place]! += holding[edgeChildren[edge]!]!
    if (left[place] === 0) ready.push(place)
  }
  for (let i = 0; i < ready.size(); i++) {
    const tree = order[ready.view()[i]!]!
    for (let edge = up.starts[tree]!; edge < up.starts[tree + 1]!; edge++) {
      const parent = up.parents[edge]!
      left[parent]! -= 1
      if (left[parent] === 0) ready.push(parent)
    }
  }
  return ready.view()
}
