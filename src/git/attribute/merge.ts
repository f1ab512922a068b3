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
  const [order, edgeStarts] = [createNumbers(), createNumbers()]
  const [edgeChildren, edgeNames] = [createNumbers(), createNumbers()]
  const [hitTrees, hitNames, hitBlobs] = [createNumbers(), createNumbers(), createNumbers()]
  const damaged: number[] = []
  const read = new Set<number>()
  for (const part of parts) {
    const treeOf = internIds(part, ids, hashBytes)
    const nameOf = internNames(part, names)
    for (const [place, local] of part.order.entries()) {
      const tree = treeOf[local]!
      if (read.has(tree)) continue
      read.add(tree)
      order.push(tree)
      edgeStarts.push(edgeChildren.size())
      for (let edge = part.edgeStarts[place]!; edge < part.edgeStarts[place + 1]!; edge++) {
        edgeChildren.push(treeOf[part.edgeChildren[edge]!]!)
        edgeNames.push(nameOf[part.edgeNames[edge]!]!)
      }
    }
    for (const [hit, local] of part.hitTrees.entries()) {
      hitTrees.push(treeOf[local]!)
      hitNames.push(nameOf[part.hitNames[hit]!]!)
      hitBlobs.push(part.hitBlobs[hit]!)
    }
    damaged.push(...part.damaged.map((local) => treeOf[local]!))
  }
  edgeStarts.push(edgeChildren.size())
  const wasRead = new Uint8Array(ids.size())
  for (const tree of order.view()) wasRead[tree] = 1
  return {
    ids,
    names,
    wasRead,
    damaged,
    order: order.view(),
    edgeStarts: edgeStarts.view(),
    edgeChildren: edgeChildren.view(),
    edgeNames: edgeNames.view(),
    hitTrees: hitTrees.view(),
    hitNames: hitNames.view(),
    hitBlobs: hitBlobs.view(),
  }
}

function internIds(
  { ids: raw }: TreeGraphData,
  ids: ReturnType<typeof createIdTable>,
  hashBytes: number,
): Uint32Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  return Uint32Array.from({ length: raw.length / hashBytes }, (_, i) => ids.intern(view, i * hashBytes))
}

function internNames(
  { nameText, nameEnds }: TreeGraphData,
  names: ReturnType<typeof createByteStrings>,
): Uint32Array {
  return nameEnds.map((end, i) => names.intern(nameText, i === 0 ? 0 : nameEnds[i - 1]!, end))
}
