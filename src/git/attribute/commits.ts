// All commits as a graph of numbers: root trees, parents, authors and dates, parents before children.
import { createByteStrings, createNumbers } from './arrays.ts'
import { nameEnd, readHeader, startsWith } from './commit-header.ts'
import { createIdTable, type IdTable } from './ids.ts'

/** The commits of a repository; each is its number in `ids`. */
export interface CommitGraph {
  /** Raw ids of all commits that were read or are a parent of one that was. */
  readonly ids: IdTable
  /** By commit: where it stands among those that were read; -1 for a missing one. */
  readonly placeOf: Int32Array
  /** Raw ids of the root trees. */
  readonly treeIds: IdTable
  /** By place: the number of the root tree in `treeIds`. */
  readonly trees: Uint32Array
  /** By place: where its parents begin in `parents`; they end where the next begin. */
  readonly parentStarts: Uint32Array
  readonly parents: Uint32Array
  /** By commit: 1 for the parts of a stash that hold its index and its untracked files. */
  readonly isStashPart: Uint8Array
  /** Commits that were read, each behind all of its parents. */
  readonly order: Uint32Array
  /** By commit: length of the longest way down to a root. */
  readonly generations: Uint32Array
  describe(commit: number): { commit: string; author: string; date: string }
}

export interface CommitReader {
  /** @param oid in hexadecimal digits, or raw */
  read(oid: string | Uint8Array, bytes: Uint8Array): void
  graph(): CommitGraph
}

/** The parts of a stash, by the subjects that git gives them in every language. */
const STASH_PARTS = ['index on ', 'untracked files on ']

export function createCommitReader(hashBytes: number): CommitReader {
  const [ids, treeIds] = [createIdTable(hashBytes), createIdTable(hashBytes)]
  const authors = createByteStrings()
  const encodings = new Map<number, string>()
  // By place, in the order the commits came.
  const [places, trees, parentStarts, parents] = [
    createNumbers(),
    createNumbers(),
    createNumbers(),
    createNumbers(),
  ]
  const [authorOf, stashParts] = [createNumbers(), createNumbers()]
  const times: number[] = []
  const seen = new Set<number>()

  function read(oid: string | Uint8Array, bytes: Uint8Array): void {
    const header = readHeader(bytes, hashBytes * 2)
    // What is no commit is not there: its children say that a parent is missing.
    if (header === undefined) return
    const commit = typeof oid === 'string' ? ids.internHex(oid, 0) : ids.intern(viewOf(oid), 0)
    if (seen.has(commit)) return
    seen.add(commit)
    trees.push(treeIds.internHex(bytes, header.tree))
    places.push(commit)
    parentStarts.push(parents.size())
    for (const at of header.parents) parents.push(ids.internHex(bytes, at))
    authorOf.push(authors.intern(bytes, header.author[0], nameEnd(bytes, header.author)))
    if (header.encoding !== undefined) encodings.set(commit, header.encoding)
    if (STASH_PARTS.some((subject) => startsWith(bytes, header.message, subject))) stashParts.push(commit)
    times.push(header.time)
  }

  function graph(): CommitGraph {
    parentStarts.push(parents.size())
    const placeOf = new Int32Array(ids.size()).fill(-1)
    places.view().forEach((commit, place) => {
      placeOf[commit] = place
    })
    const links = { placeOf, parentStarts: parentStarts.view(), parents: parents.view() }
    const isStashPart = new Uint8Array(ids.size())
    for (const commit of stashParts.view()) isStashPart[commit] = 1
    return {
      ids,
      treeIds,
      trees: trees.view(),
      isStashPart,
      ...links,
      ...inOrder(links, places.view()),
      describe(commit) {
        const place = placeOf[commit]!
        const author = decodeAuthor(authors.bytes(authorOf.view()[place]!), encodings.get(commit))
        return { commit: ids.hex(commit), author, date: isoDate(times[place]!) }
      },
    }
  }
  return { read, graph }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}

type Links = Pick<CommitGraph, 'placeOf' | 'parentStarts' | 'parents'>

/** Depth first with a stack of its own: histories are deeper than the call stack. */
function inOrder({ placeOf, parentStarts, parents }: Links, commits: Uint32Array) {
  const order = createNumbers(Math.max(1, commits.length))
  const generations = new Uint32Array(placeOf.length)
  const next = new Int32Array(placeOf.length).fill(-1)
  for (const start of commits) {
    if (next[start] !== -1) continue
    const stack = [start]
    next[start] = parentStarts[placeOf[start]!]!
    for (let commit = stack.at(-1); commit !== undefined; commit = stack.at(-1)) {
      const at = next[commit]!
      if (at < parentStarts[placeOf[commit]! + 1]!) {
        next[commit] = at + 1
        const parent = parents[at]!
        if (placeOf[parent] === -1 || next[parent] !== -1) continue
        next[parent] = parentStarts[placeOf[parent]!]!
        stack.push(parent)
        continue
      }
      stack.pop()
      order.push(commit)
      generations[commit] = generationOf(commit, { placeOf, parentStarts, parents }, generations)
    }
  }
  return { order: order.view(), generations }
}

function generationOf(commit: number, { placeOf, parentStarts, parents }: Links, known: Uint32Array): number {
  let generation = 0
  const place = placeOf[commit]!
  for (let at = parentStarts[place]!; at < parentStarts[place + 1]!; at++)
    generation = Math.max(generation, known[parents[at]!]! + 1)
  return generation
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

function decodeAuthor(bytes: Uint8Array, encoding: string | undefined): string {
  try {
    return UTF8.decode(bytes)
  } catch {} // not in this encoding
  try {
    if (encoding !== undefined) return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {} // nor in this one, or nobody knows it
  return Buffer.from(bytes).toString('latin1')
}

/** In UTC, so that dates sort as text. */
function isoDate(seconds: number): string {
  return `${new Date(Math.min(seconds, LAST_SECOND) * 1000).toISOString().slice(0, 19)}Z`
}

/** The end of the year 9999: a clock that is later is wrong, and its date would not sort. */
const LAST_SECOND = 253_402_300_799
