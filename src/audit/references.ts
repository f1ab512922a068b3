// What objects name must be there: finds the ids that trees, commits and tags refer to and the store does not hold.
import { createIdTable } from '../git/pack/id-table.ts'

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
  const table = createIdTable(ids, hashBytes, positions.length, (entry) => positions[entry]! * hashBytes)
  for (let entry = 0; entry < positions.length; entry++) table.add(entry)
  return table.find
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
