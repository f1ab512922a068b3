// One pass over all trees: which hold a wanted blob, and which trees hold which.

import type { EachBase } from '../pack/contract.ts'
import { type ByteStrings, createByteStrings, createNumbers } from './arrays.ts'
import { createIdTable, type IdTable } from './ids.ts'
import { createLayouts } from './layouts.ts'
import { isGitlink, isTree, modeEnd, zeroFrom } from './tree-entry.ts'

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
  /** `base`: what it is made of. Returns a number by which to name it as the base of another. */
  read(oid: Uint8Array | string, bytes: Uint8Array, base?: EachBase): number
  graph(): TreeGraph
}

const NO_BASE: EachBase = { note: -1, copies: new Uint32Array(0) }

// What an entry of a layout leads to: a tree by its number, a wanted blob, or nothing that matters.
const HIT = 0x80000000
const NOTHING = 0xffffffff

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
 * Reads trees entry by entry, so that an id is found at an entry's end only, never across two. What lies whole in a
 * copy of another tree is not read again: it says the same there.
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
  const layouts = createLayouts()
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

  // Edges are what takes time, so they are written in place, and there is room for as many as a tree can have.
  let children = edgeChildren.room(0)
  let childNames = edgeNames.room(0)
  let edge = 0

  function addEdge(child: number, name: number): void {
    children[edge] = child
    childNames[edge] = name
    edge += 1
  }

  /** Reads the entry at `at`; returns where it ends, -1 where none begins. */
  function readEntry(tree: number, bytes: Uint8Array, at: number): number {
    const mode = modeEnd(bytes, at)
    const end = zeroFrom(bytes, mode)
    const id = end + 1
    if (mode < 0 || id + hashBytes > bytes.length) return -1
    if (isTree(bytes, at, mode)) {
      const known = ids.size()
      const child = ids.intern(view, bytes.byteOffset + id)
      const name = nameOf(child, child === known, bytes, mode, end)
      if (child === known) meetTree?.(bytes, id)
      addEdge(child, name)
      layouts.add(at, child, name)
    } else {
      const blob = isGitlink(bytes, at, mode) ? -1 : findBlob(bytes, id)
      const name = blob >= 0 ? names.intern(bytes, mode, end) : 0
      if (blob >= 0) addHit(tree, name, blob)
      layouts.add(at, blob >= 0 ? HIT + blob : NOTHING, name)
    }
    return id + hashBytes
  }

  /** Reads entries from `at` to the end of a copy: the first ones until one begins where one of the base does. */
  function readCopy(tree: number, bytes: Uint8Array, at: number, base: number, copy: Uint32Array): number {
    const [to, from, length] = [copy[0]!, copy[1]!, copy[2]!]
    const shift = to - from
    let item = layouts.firstFrom(base, Math.max(from, at - shift))
    const end = layouts.firstFrom(base, from + length + 1) - 1 // the last one may go on behind the copy
    let next = at
    for (; item < end && layouts.start(base, item) + shift !== next; ) {
      if (layouts.start(base, item) + shift < next) item += 1
      else next = readEntry(tree, bytes, next)
      if (next < 0) return -1
    }
    if (item >= end) return next
    for (; item < end; item++) {
      const target = layouts.target(base, item)
      const name = layouts.name(base, item)
      layouts.add(layouts.start(base, item) + shift, target, name)
      if (target < HIT) addEdge(target, name)
      else if (target < NOTHING) addHit(tree, name, target - HIT)
    }
    return layouts.start(base, end) + shift
  }

  /** Returns how its layout is called; -1 when the bytes are not entries to their end. */
  function entries(tree: number, bytes: Uint8Array, base: EachBase | undefined): number {
    const { length } = bytes
    if (view.buffer !== bytes.buffer) view = new DataView(bytes.buffer)
    children = edgeChildren.room(Math.ceil(length / (hashBytes + 7)))
    childNames = edgeNames.room(Math.ceil(length / (hashBytes + 7)))
    edge = edgeChildren.size()
    layouts.begin(Math.ceil(length / (hashBytes + 2)))
    let at = 0
    const { note, copies } = base ?? NO_BASE
    if (layouts.isThere(note)) {
      for (let i = 0; i < copies.length && at >= 0; i += 3)
        at = readCopy(tree, bytes, at, note, copies.subarray(i, i + 3))
    }
    while (at >= 0 && at < length) at = readEntry(tree, bytes, at)
    edgeChildren.resize(edge)
    edgeNames.resize(edge)
    if (at < 0) damaged.push(tree)
    return at < 0 ? -1 : layouts.end(length)
  }

  return {
    read(oid, bytes, base) {
      const tree = begin(oid)
      if (wasRead[tree] === 1) return -1
      wasRead[tree] = 1
      order.push(tree)
      edgeStarts.push(edgeChildren.size())
      return entries(tree, bytes, base)
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
