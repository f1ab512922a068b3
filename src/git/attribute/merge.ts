// What several threads have read of the trees, as data that can travel between them, and joined into one graph.
import { createByteStrings, createNumbers } from './arrays.ts'
import { createIdTable } from './ids.ts'
import type { TreeGraph } from './trees.ts'

/** A tree graph as plain arrays; see `TreeGraph`. */
export interface TreeGraphData
  extends Pick<
    TreeGraph,
    | 'wasRead'
    | 'damaged'
    | 'order'
    | 'edgeStarts'
    | 'edgeChildren'
    | 'edgeNames'
    | 'hitTrees'
    | 'hitNames'
    | 'hitBlobs'
  > {
  /** Raw ids of the trees, one after the other. */
  readonly ids: Uint8Array
  /** The names one after the other, and where each ends. */
  readonly nameText: Uint8Array
  readonly nameEnds: Uint32Array
}

export function treeGraphData({ ids, names, ...graph }: TreeGraph): TreeGraphData {
  const raw = ids.raw()
  const nameEnds = new Uint32Array(names.size())
  const parts: Uint8Array[] = []
  let end = 0
  for (let name = 0; name < names.size(); name++) {
    const bytes = names.bytes(name)
    parts.push(bytes)
    end += bytes.length
    nameEnds[name] = end
  }
  const rawIds = new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength)
  return { ...graph, ids: rawIds, nameText: Buffer.concat(parts), nameEnds }
}

/** Joins graphs of different trees of one repository; a tree that several have read counts once. */
export function mergeTreeGraphs(parts: readonly TreeGraphData[], hashBytes: number): TreeGraph {
  const ids = createIdTable(hashBytes)
  const names = createByteStrings()
  const room = (count: (part: TreeGraphData) => number) =>
    new Uint32Array(parts.reduce((sum, part) => sum + count(part), 0))
  const order = room((part) => part.order.length)
  const edgeStarts = new Uint32Array(order.length + 1)
  const edgeChildren = room((part) => part.edgeChildren.length)
  const edgeNames = new Uint32Array(edgeChildren.length)
  const [hitTrees, hitNames, hitBlobs] = [createNumbers(), createNumbers(), createNumbers()]
  const damaged: number[] = []
  const read = createFlags()
  let [trees, edges] = [0, 0]
  for (const part of parts) {
    const treeOf = internIds(part, ids, hashBytes)
    const nameOf = internNames(part, names)
    read.makeRoom(ids.size())
    for (let place = 0; place < part.order.length; place++) {
      const tree = treeOf[part.order[place]!]!
      if (!read.set(tree)) continue
      order[trees] = tree
      edgeStarts[trees] = edges
      trees += 1
      const end = part.edgeStarts[place + 1]!
      for (let edge = part.edgeStarts[place]!; edge < end; edge++, edges++) {
        edgeChildren[edges] = treeOf[part.edgeChildren[edge]!]!
        edgeNames[edges] = nameOf[part.edgeNames[edge]!]!
      }
    }
    for (const [hit, local] of part.hitTrees.entries()) {
      hitTrees.push(treeOf[local]!)
      hitNames.push(nameOf[part.hitNames[hit]!]!)
      hitBlobs.push(part.hitBlobs[hit]!)
    }
    damaged.push(...part.damaged.map((local) => treeOf[local]!))
  }
  edgeStarts[trees] = edges
  return {
    ids,
    names,
    wasRead: read.flags(ids.size()),
    damaged,
    order: order.subarray(0, trees),
    edgeStarts: edgeStarts.subarray(0, trees + 1),
    edgeChildren: edgeChildren.subarray(0, edges),
    edgeNames: edgeNames.subarray(0, edges),
    hitTrees: hitTrees.view(),
    hitNames: hitNames.view(),
    hitBlobs: hitBlobs.view(),
  }
}

/**
 * The graph with the hits of a part, all of whose trees it has. Its tables are used on, and may grow.
 * @throws RangeError for a tree it does not have
 */
export function withHits(graph: TreeGraph, part: TreeGraphData): TreeGraph {
  const { ids, names, wasRead } = graph
  const treeOf = internIds(part, ids, ids.hashBytes)
  const nameOf = internNames(part, names)
  if (ids.size() > wasRead.length) throw new RangeError('the hits are of other trees')
  return {
    ...graph,
    hitTrees: part.hitTrees.map((tree) => treeOf[tree]!),
    hitNames: part.hitNames.map((name) => nameOf[name]!),
    hitBlobs: part.hitBlobs,
  }
}

function createFlags() {
  let flags = new Uint8Array(1024)
  return {
    makeRoom(size: number): void {
      if (size <= flags.length) return
      const larger = new Uint8Array(Math.max(size, flags.length * 2))
      larger.set(flags)
      flags = larger
    },
    /** False when it was set before. */
    set(at: number): boolean {
      if (flags[at] === 1) return false
      flags[at] = 1
      return true
    },
    flags: (size: number) => flags.slice(0, size),
  }
}

function internIds(
  { ids: raw }: TreeGraphData,
  ids: ReturnType<typeof createIdTable>,
  hashBytes: number,
): Uint32Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  const numbers = new Uint32Array(raw.length / hashBytes)
  for (let i = 0; i < numbers.length; i++) numbers[i] = ids.intern(view, i * hashBytes)
  return numbers
}

function internNames(
  { nameText, nameEnds }: TreeGraphData,
  names: ReturnType<typeof createByteStrings>,
): Uint32Array {
  return nameEnds.map((end, i) => names.intern(nameText, i === 0 ? 0 : nameEnds[i - 1]!, end))
}
