// The paths at which a blob ever stood, from the contents that root trees had.
import { decodePath } from '../paths.ts'
import type { ByteStrings } from './arrays.ts'
import { type Contents, EMPTY } from './contents.ts'

/** A few small trees can stand for billions of paths (a "git bomb"): no more folders and files than this are named. */
const MAX_NAMED = 1 << 20
const MAX_ENTRIES = 20_000_000

export interface PathList {
  /** By blob: its paths, sorted. */
  readonly paths: readonly (readonly string[])[]
  /** There were too many to name all. */
  readonly truncated: boolean
}

/** Contents at folders, each pair once: what stays in place over a thousand commits is walked once. */
export function listPaths(
  contents: Contents,
  names: ByteStrings,
  roots: Iterable<number>,
  blobs: number,
  limits: { named: number; entries: number } = { named: MAX_NAMED, entries: MAX_ENTRIES },
): PathList {
  const nodes = createNodes(names)
  const found: (Set<number> | undefined)[] = new Array(blobs)
  const seen = new Set<number>()
  const waiting: number[] = []
  let entries = 0
  const enter = (content: number, folder: number) => {
    const pair = folder * contents.count + content
    if (content === EMPTY || seen.has(pair)) return
    seen.add(pair)
    waiting.push(content, folder)
  }
  for (const root of roots) enter(root, 0)
  let at = 0
  for (; at < waiting.length && nodes.size() < limits.named && entries < limits.entries; at += 2) {
    const [content, folder] = [waiting[at]!, waiting[at + 1]!]
    for (let entry = contents.starts[content]!; entry < contents.starts[content + 1]!; entry++) {
      entries += 1
      const node = nodes.child(folder, contents.names[entry]!)
      const target = contents.targets[entry]!
      if ((target & 1) === 0) enter(target >>> 1, node)
      else {
        found[target >>> 1] ??= new Set()
        found[target >>> 1]!.add(node)
      }
    }
  }
  const paths = Array.from(found, (set) => [...(set ?? [])].map(nodes.path).sort())
  return { paths, truncated: at < waiting.length }
}

/** Folders and files, each a name in a folder; 0 is the root. */
function createNodes(names: ByteStrings) {
  const known = new Map<number, number>()
  const folders: number[] = [0]
  const ownNames: number[] = [0]
  return {
    size: () => folders.length,
    child(folder: number, name: number): number {
      const key = folder * names.size() + name
      let node = known.get(key)
      if (node === undefined) {
        node = folders.length
        known.set(key, node)
        folders.push(folder)
        ownNames.push(name)
      }
      return node
    },
    path(node: number): string {
      const parts: string[] = []
      for (let at = node; at !== 0; at = folders[at]!) parts.push(latin1(names, ownNames[at]!))
      return decodePath(Buffer.from(parts.reverse().join('/'), 'latin1'))
    },
  }
}

function latin1(names: ByteStrings, name: number): string {
  const bytes = names.bytes(name)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/**
 * The path of a blob in a tree with this content, the first in byte order when there are several;
 * undefined when the tree does not hold it.
 * @param holds whether a content has the blob
 */
export function firstPath(
  { starts, names: entryNames, targets }: Contents,
  names: ByteStrings,
  root: number,
  blob: number,
  holds: (content: number) => boolean,
): string | undefined {
  const parts: string[] = []
  let content = root
  for (;;) {
    let best = ''
    let bestTarget = -1
    for (let entry = starts[content]!; entry < starts[content + 1]!; entry++) {
      const target = targets[entry]!
      const isFolder = (target & 1) === 0
      if (isFolder ? !holds(target >>> 1) : target >>> 1 !== blob) continue
      const part = latin1(names, entryNames[entry]!) + (isFolder ? '/' : '')
      if (bestTarget === -1 || part < best) [best, bestTarget] = [part, target]
    }
    if (bestTarget === -1) return undefined
    parts.push(best)
    if ((bestTarget & 1) === 1) return decodePath(Buffer.from(parts.join(''), 'latin1'))
    content = bestTarget >>> 1
  }
}
