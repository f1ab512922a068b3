// What objects name must be there: finds the ids that trees, commits and tags refer to and the store does not hold.
import { createIdTable } from '../git/pack/id-table.ts'
import { compareIds } from '../git/pack/known.ts'

/** Ids that are missing: what names them first, in hex. */
export type MissingIds = Map<string, string>

export interface ReferenceCheck {
  tree(id: string, bytes: Uint8Array): void
  /** A commit or a tag: its header names objects in hex. */
  header(id: string, bytes: Uint8Array): void
}

const SLOTS = 1 << 16
const SPACE = 0x20

/** Finds the entry of the id at `at`, or -1: all ids lie in one array, as the plan of reading has them. */
export function storeOf(
  ids: Uint8Array,
  positions: Uint32Array,
  hashBytes: number,
): (bytes: Uint8Array, at: number) => number {
  const sorted = sortedStore(ids, positions, hashBytes)
  if (sorted !== undefined) return sorted
  const table = createIdTable(ids, hashBytes, positions.length, (entry) => positions[entry]! * hashBytes)
  for (let entry = 0; entry < positions.length; entry++) table.add(entry)
  return table.find
}

/** The same where the ids ascend, as those of one pack do: nothing has to be built but where each first two bytes begin. */
function sortedStore(
  ids: Uint8Array,
  positions: Uint32Array,
  hashBytes: number,
): ((bytes: Uint8Array, at: number) => number) | undefined {
  const count = positions.length
  const starts = new Uint32Array((1 << 16) + 1)
  const heads = new Uint32Array(count) // the first four bytes of each
  for (let i = 0; i < count; i++) {
    heads[i] = headOf(ids, i * hashBytes)
    if (i > 0 && heads[i]! <= heads[i - 1]! && compareIds(ids, i - 1, ids, i, hashBytes) >= 0)
      return undefined
    starts[(heads[i]! >>> 16) + 1] = i + 1
  }
  for (let i = 1; i < starts.length; i++) starts[i] = Math.max(starts[i]!, starts[i - 1]!)
  const entryAt = new Uint32Array(count)
  for (let entry = 0; entry < count; entry++) entryAt[positions[entry]!] = entry

  return (bytes, at) => {
    const head = headOf(bytes, at)
    let i = starts[head >>> 16]!
    for (let end = starts[(head >>> 16) + 1]!; i < end; ) {
      const middle = (i + end) >> 1
      if (heads[middle]! < head) i = middle + 1
      else end = middle
    }
    for (; i < count && heads[i] === head; i++)
      if (isSame(ids, i * hashBytes, bytes, at, hashBytes)) return entryAt[i]!
    return -1
  }
}

function headOf(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
}

function isSame(a: Uint8Array, atA: number, b: Uint8Array, atB: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[atA + i] !== b[atB + i]) return false
  return true
}

/** @param has whether the store holds the id at an offset of some bytes */
export function createReferenceCheck(
  hashBytes: number,
  has: (bytes: Uint8Array, at: number) => boolean,
  missing: MissingIds,
): ReferenceCheck {
  // Versions of a folder share nearly all entries: what was seen just now is not looked up again.
  const seen = new Int32Array(SLOTS * 2)
  const scratch = Buffer.alloc(hashBytes)

  function check(from: string, bytes: Uint8Array, at: number): void {
    const first = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    const second = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24)
    const slot = (first & (SLOTS - 1)) << 1
    if (seen[slot] === first && seen[slot + 1] === second) return
    if (has(bytes, at)) {
      seen[slot] = first
      seen[slot + 1] = second
      return
    }
    const id = Buffer.from(bytes.buffer, bytes.byteOffset + at, hashBytes).toString('hex')
    if (!missing.has(id)) missing.set(id, from)
  }

  return {
    tree(id, bytes) {
      for (let at = 0; at < bytes.length; ) {
        const isGitlink = bytes[at + 1] === 0x36 && bytes[at + 6] === SPACE // mode 160000: another repository's commit
        const nameEnd = bytes.indexOf(0, at)
        if (nameEnd === -1 || nameEnd + hashBytes >= bytes.length) return // damaged: the reader says so
        if (!isGitlink) check(id, bytes, nameEnd + 1)
        at = nameEnd + 1 + hashBytes
      }
    },
    header(id, bytes) {
      const end = bytes.indexOf(0x0a, bytes.indexOf(0x0a) + 1)
      const head = Buffer.from(
        bytes.buffer,
        bytes.byteOffset,
        Math.min(bytes.length, end === -1 ? 4096 : 65536),
      ).toString('latin1')
      for (const line of head.split('\n')) {
        const named = /^(?:tree|parent|object) ([0-9a-f]{40,64})$/.exec(line)?.[1]
        if (named === undefined) break
        scratch.write(named, 'hex')
        check(id, scratch, 0)
      }
    },
  }
}
