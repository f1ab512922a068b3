// Finds the entry of an object id: an open hash table over ids that lie in one array.

export interface IdTable {
  /** Adds the entry under its id; returns the entry that already had this id, or -1. */
  add(entry: number): number
  /** The entry with the id that stands in `bytes` at `at`, or -1. */
  find(bytes: Uint8Array, at: number): number
}

/** @param idAt where in `ids` the id of an entry begins */
export function createIdTable(
  ids: Uint8Array,
  hashBytes: number,
  count: number,
  idAt: (entry: number) => number,
): IdTable {
  const size = 1 << Math.ceil(Math.log2(count * 2 + 2))
  const slots = new Uint32Array(size)

  function equals(entry: number, bytes: Uint8Array, at: number): boolean {
    const own = idAt(entry)
    for (let i = 0; i < hashBytes; i++) if (ids[own + i] !== bytes[at + i]) return false
    return true
  }

  /** The slot that holds the id, or the free one where it would go. */
  function slotOf(bytes: Uint8Array, at: number): number {
    // Ids are hashes already; mixing keeps chosen prefixes from lining up.
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    const other = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24)
    let slot = (Math.imul(word ^ (other >>> 7), 0x9e3779b1) >>> 3) & (size - 1)
    while (slots[slot] !== 0 && !equals(slots[slot]! - 1, bytes, at)) slot = (slot + 1) & (size - 1)
    return slot
  }

  return {
    add(entry) {
      const slot = slotOf(ids, idAt(entry))
      if (slots[slot] !== 0) return slots[slot]! - 1
      slots[slot] = entry + 1
      return -1
    },
    find(bytes, at) {
      return slots[slotOf(bytes, at)]! - 1
    },
  }
}
