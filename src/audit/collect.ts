// What a reader of packs keeps of trees, commits and tags while it passes them: which objects they name that are not
// there, and what attribution needs later, should a secret be found.

import { createNumbers } from '../git/attribute/arrays.ts'
import { readHeader } from '../git/attribute/commit-header.ts'
import { type TreeGraphData, treeGraphData } from '../git/attribute/merge.ts'
import { createTreeReader } from '../git/attribute/trees.ts'
import type { EachBase, ObjectId, ObjectType } from '../git/pack/contract.ts'
import type { Plan } from '../git/pack/plan.ts'
import { type MissingIds, storeOf } from './references.ts'

/** What one thread has kept; plain data. Objects are entries of the plan. */
export interface Collection {
  readonly trees: TreeGraphData
  /** Pairs: a blob, and a family of trees of which at least one holds it. */
  readonly holders: Uint32Array
  /** Commits and tags, one after the other: entry, type and length as u32, then what is wanted of the bytes. */
  readonly heads: Uint8Array
}

export interface Collector {
  each(id: ObjectId, type: ObjectType, bytes: Uint8Array, base: EachBase | undefined): number
  links(): { readonly data: Collection; readonly buffers: readonly ArrayBuffer[] }
}

const SLOTS = 1 << 16
/** Words of a slot: eight bytes of an id, and the family it was seen in. */
const SLOT_WORDS = 3

/** @param missing is given what is named and not there, with what names it */
export function createCollector(plan: Plan, missing: MissingIds): Collector {
  const { hashBytes } = plan
  const find = storeOf(plan.ids, plan.positions, hashBytes)
  const holders = createNumbers()
  const heads = createHeads()
  // Versions of a folder share nearly all entries: what was seen just now in this family is not looked up again.
  const seen = new Int32Array(SLOTS * SLOT_WORDS)
  const scratch = Buffer.alloc(hashBytes)
  let current: ObjectId

  /** The entry of the object named at `at`, or -1 when it is not there, which is noted. */
  function lookUp(bytes: Uint8Array, at: number): number {
    const entry = find(bytes, at)
    if (entry >= 0) return entry
    const id = Buffer.from(bytes.buffer, bytes.byteOffset + at, hashBytes).toString('hex')
    if (!missing.has(id)) missing.set(id, current.hex())
    return -1
  }

  function meetBlob(bytes: Uint8Array, at: number): number {
    const first = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    const second = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24)
    const slot = (first & (SLOTS - 1)) * SLOT_WORDS
    const family = current.family + 1
    if (seen[slot] === first && seen[slot + 1] === second && seen[slot + 2] === family) return -1
    const entry = lookUp(bytes, at)
    if (entry >= 0) {
      holders.push(entry)
      holders.push(current.family)
      seen[slot] = first
      seen[slot + 1] = second
      seen[slot + 2] = family
    }
    return -1
  }

  const trees = createTreeReader(hashBytes, meetBlob, lookUp)

  /** What the header of a commit names, in hexadecimal digits at these places. */
  function lookUpHex(bytes: Uint8Array, places: readonly number[]): void {
    for (const at of places) {
      scratch.write(Buffer.from(bytes.buffer, bytes.byteOffset + at, hashBytes * 2).toString('latin1'), 'hex')
      lookUp(scratch, 0)
    }
  }

  function readHead(type: ObjectType, bytes: Uint8Array): void {
    if (type === 'commit') {
      const header = readHeader(bytes, hashBytes * 2)
      if (header === undefined) return
      lookUpHex(bytes, [header.tree, ...header.parents])
      heads.add(current.entry, type, bytes.subarray(0, header.end))
    } else {
      // object <id>
      if (bytes.length > 7 + hashBytes * 2) lookUpHex(bytes, [7])
      heads.add(current.entry, type, bytes.subarray(0, TAG_HEAD))
    }
  }

  return {
    each(id, type, bytes, base) {
      current = id
      if (type === 'tree') return trees.read(id.raw(), bytes, base)
      readHead(type, bytes)
      return -1
    },
    links() {
      const data = { trees: treeGraphData(trees.graph()), holders: holders.view(), heads: heads.bytes() }
      return { data, buffers: buffersOf(data) }
    },
  }
}

/** What a tag points at stands in its first lines. */
const TAG_HEAD = 256

/** The arrays move to the other thread; none of them is needed here any more. */
function buffersOf({ trees, holders, heads }: Collection): ArrayBuffer[] {
  const arrays = [...Object.values(trees), holders, heads].filter((part) => ArrayBuffer.isView(part))
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]
}

const HEAD_BYTES = 12

function createHeads() {
  let buffer = Buffer.alloc(1 << 16)
  let size = 0
  return {
    add(entry: number, type: ObjectType, bytes: Uint8Array): void {
      while (size + HEAD_BYTES + bytes.length > buffer.length)
        buffer = Buffer.concat([buffer], buffer.length * 2)
      buffer.writeUInt32LE(entry, size)
      buffer.writeUInt32LE(Number(type === 'tag'), size + 4)
      buffer.writeUInt32LE(bytes.length, size + 8)
      buffer.set(bytes, size + HEAD_BYTES)
      size += HEAD_BYTES + bytes.length
    },
    bytes: (): Uint8Array => new Uint8Array(buffer.buffer, buffer.byteOffset, size),
  }
}

/** Calls `visit` for each of the commits and tags that were kept. */
export function eachHead(
  heads: Uint8Array,
  visit: (entry: number, type: 'commit' | 'tag', bytes: Uint8Array) => void,
): void {
  const view = new DataView(heads.buffer, heads.byteOffset, heads.byteLength)
  for (let at = 0; at < heads.length; ) {
    const start = at + HEAD_BYTES
    const length = view.getUint32(at + 8, true)
    const type = view.getUint32(at + 4, true) === 1 ? 'tag' : 'commit'
    visit(view.getUint32(at, true), type, heads.subarray(start, start + length))
    at = start + length
  }
}
