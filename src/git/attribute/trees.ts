// One pass over all trees: which hold a wanted blob, and which trees hold which.
import { type ByteStrings, createByteStrings, createNumbers } from './arrays.ts'
import { createIdTable, type IdTable } from './ids.ts'

/** What one pass over the trees has found. Trees, blobs and names are numbers. */
export interface TreeGraph {
  /** Raw ids of all trees that were read or named by one that was read. */
  readonly ids: IdTable
  readonly names: ByteStrings
  /** By tree: 1 when it was read. */
  readonly wasRead: Uint8Array
  /** Trees that could only be read in part. */
  readonly damaged: readonly number[]
  /** The trees read, in the order they came; `edgeStarts[i]` is where the edges of the i-th begin. */
  readonly order: Uint32Array
  readonly edgeStarts: Uint32Array
  readonly edgeChildren: Uint32Array
  readonly edgeNames: Uint32Array
  /** Entries that are a wanted blob: tree, name and blob of each, in order of the trees. */
  readonly hitTrees: Uint32Array
  readonly hitNames: Uint32Array
  readonly hitBlobs: Uint32Array
}

export interface TreeReader {
  read(oid: Uint8Array | string, bytes: Uint8Array): void
  graph(): TreeGraph
}

const SPACE = 0x20

/** The ids of the wanted blobs; their numbers are those of the blobs everywhere. */
export function wantedBlobs(blobs: readonly string[], hashBytes: number): IdTable {
  const ids = createIdTable(hashBytes)
  for (const blob of blobs)
    if (blob.length !== hashBytes * 2 || ids.internHex(blob, 0) === -1)
      throw new TypeError('not the id of a blob')
  return ids
}

/** The number of the wanted blob whose id stands at a place, or -1. */
export type FindBlob = (bytes: Uint8Array, at: number) => number

/**
 * Looks the first two bytes of an id up in a table of flags: with a hundred wanted ids 1 in 650 goes further.
 */
export function wantedIn(wanted: IdTable): FindBlob {
  const mayBeWanted = firstBytes(wanted)
  let view = new DataView<ArrayBufferLike>(new ArrayBuffer(0))
  return (bytes, at) => {
    if (mayBeWanted[bytes[at]! | (bytes[at + 1]! << 8)] === 0) return -1
    if (view.buffer !== bytes.buffer) view = new DataView(bytes.buffer)
    return wanted.find(view, bytes.byteOffset + at)
  }
}

/**
 * Reads trees entry by entry, so that an id is found at an entry's end only, never across two.
 * @param findBlob is asked about every entry that is no folder and no submodule
 * @param meetTree hears of every folder that is named for the first time
 */
export function createTreeReader(
  hashBytes: number,
  findBlob: FindBlob,
  meetTree?: (bytes: Uint8Array, at: number) => void,
): TreeReader {
  const ids = createIdTable(hashBytes)
  const names = createByteStrings()
  const [order, edgeStarts] = [createNumbers(), createNumbers()]
  const [edgeChildren, edgeNames] = [createNumbers(), createNumbers()]
  const [hitTrees, hitNames, hitBlobs] = [createNumbers(), createNumbers(), createNumbers()]
  const damaged: number[] = []
  // One for many trees: a reader of packs gives all of them in the same memory.
  let view = new DataView<ArrayBufferLike>(new ArrayBuffer(0))
  // By tree. A tree nearly always has the same name in all that hold it.
  let wasRead = new Uint8Array(1024)
  let lastNames = new Uint32Array(1024)

  function makeRoom(): void {
    if (ids.size() <= wasRead.length) return
    const [read, last] = [new Uint8Array(wasRead.length * 2), new Uint32Array(wasRead.length * 2)]
    read.set(wasRead)
    last.set(lastNames)
    wasRead = read
    lastNames = last
  }

  function begin(oid: Uint8Array | string): number {
    const tree =
      typeof oid === 'string'
        ? ids.internHex(oid, 0)
        : ids.intern(new DataView(oid.buffer, oid.byteOffset, oid.byteLength), 0)
    if (tree === -1 || oid.length !== hashBytes * (typeof oid === 'string' ? 2 : 1))
      throw new TypeError('not the id of a tree')
    makeRoom()
    return tree
  }

  /** The number of a name, which nearly always is the one the tree had where it was met last. */
  function nameOf(child: number, isNew: boolean, bytes: Uint8Array, start: number, end: number): number {
    const last = lastNames[child]!
    if (!isNew && names.equals(last, bytes, start, end)) return last
    makeRoom()
    const name = names.intern(bytes, start, end)
    lastNames[child] = name
    return name
  }

  function addHit(tree: number, name: number, blob: number): void {
    hitTrees.push(tree)
    hitNames.push(name)
    hitBlobs.push(blob)
  }

  /** False when the bytes are not entries to their end. */
  function entries(tree: number, bytes: Uint8Array): boolean {
    const length = bytes.length
    const base = bytes.byteOffset
    if (view.buffer !== bytes.buffer) view = new DataView(bytes.buffer)
    // Room for as many edges as there can be entries: edges are what takes time, so they are written in place.
    const room = Math.ceil(length / (hashBytes + 7))
    const children = edgeChildren.room(room)
    const childNames = edgeNames.room(room)
    let edge = edgeChildren.size()
    let at = 0
    while (at < length) {
      const mode = modeEnd(bytes, at)
      const end = zeroFrom(bytes, mode)
      const id = end + 1
      if (mode < 0 || id + hashBytes > length) break
      if (isTree(bytes, at, mode)) {
        const known = ids.size()
        const child = ids.intern(view, base + id)
        children[edge] = child
        childNames[edge] = nameOf(child, child === known, bytes, mode, end)
        if (child === known) meetTree?.(bytes, id)
        edge += 1
      } else if (!isGitlink(bytes, at, mode)) {
        const blob = findBlob(bytes, id)
        if (blob >= 0) addHit(tree, names.intern(bytes, mode, end), blob)
      }
      at = id + hashBytes
    }
    edgeChildren.resize(edge)
    edgeNames.resize(edge)
    return at >= length
  }

  return {
    read(oid, bytes) {
      const tree = begin(oid)
      if (wasRead[tree] === 1) return
      wasRead[tree] = 1
      order.push(tree)
      edgeStarts.push(edgeChildren.size())
      if (!entries(tree, bytes)) damaged.push(tree)
    },
    graph() {
      const flags = new Uint8Array(ids.size())
      flags.set(wasRead.subarray(0, flags.length))
      edgeStarts.push(edgeChildren.size())
      return {
        ids,
        names,
        wasRead: flags,
        damaged,
        order: order.view(),
        edgeStarts: edgeStarts.view(),
        edgeChildren: edgeChildren.view(),
        edgeNames: edgeNames.view(),
        hitTrees: hitTrees.view(),
        hitNames: hitNames.view(),
        hitBlobs: hitBlobs.view(),
      }
    },
  }
}

function firstBytes(wanted: IdTable): Uint8Array {
  const flags = new Uint8Array(1 << 16)
  const raw = wanted.raw()
  for (let blob = 0; blob < wanted.size(); blob++) flags[raw.getUint16(blob * wanted.hashBytes, true)] = 1
  return flags
}

/** Where the name begins: behind the mode's space, which nearly always is the sixth or seventh byte. */
function modeEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at + 5] === SPACE) return at + 6
  if (bytes[at + 6] === SPACE) return at + 7
  const space = bytes.indexOf(SPACE, at)
  return space < 0 || space - at > 12 ? -1 : space + 1
}

/** Where the name that begins at `at` ends: names are short, so that a loop is faster than a search. */
function zeroFrom(bytes: Uint8Array, at: number): number {
  let end = at
  while (end < bytes.length && bytes[end] !== 0) end++
  return end
}

/** 40000; some old programs wrote 040000. */
function isTree(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at] === 0x34) return end - at === 6
  return bytes[at] === 0x30 && (modeOf(bytes, at, end) & 0o170000) === 0o040000
}

/** A submodule's entry names a commit of another repository. */
function isGitlink(bytes: Uint8Array, at: number, end: number): boolean {
  // Nearly all entries are files: 100644.
  if (bytes[at + 1] === 0x30) return false
  return (modeOf(bytes, at, end) & 0o170000) === 0o160000
}

function modeOf(bytes: Uint8Array, at: number, end: number): number {
  let mode = 0
  for (let i = at; i < end - 1; i++) mode = mode * 8 + (bytes[i]! - 0x30)
  return mode
}
