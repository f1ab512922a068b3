// Growing tables of numbers and of byte strings, without an object for each item.

/** A list of 32-bit numbers. */
export interface Numbers {
  push(value: number): void
  size(): number
  /** A view of what was pushed so far; valid until the next push. */
  view(): Uint32Array
  /** The array behind it, with room for that many more: to write into it from `size()` on. */
  room(more: number): Uint32Array
  /** How many are in it, after they were written. */
  resize(size: number): void
}

export function createNumbers(capacity = 1024): Numbers {
  let items = new Uint32Array(capacity)
  let size = 0

  function room(more: number): Uint32Array {
    if (size + more > items.length) {
      const larger = new Uint32Array(Math.max(items.length * 2, size + more))
      larger.set(items)
      items = larger
    }
    return items
  }

  return {
    push(value) {
      if (size === items.length) room(1)
      items[size++] = value
    },
    size: () => size,
    view: () => items.subarray(0, size),
    room,
    resize(newSize) {
      size = newSize
    },
  }
}

/** Byte strings, each once; their number is the order in which they came. */
export interface ByteStrings {
  /** The number of the string between `start` and `end`; it is added when it is new. */
  intern(bytes: Uint8Array, start: number, end: number): number
  /** Whether the string with this number is the one between `start` and `end`. */
  equals(number: number, bytes: Uint8Array, start: number, end: number): boolean
  size(): number
  /** A view of the string; valid until the next one is added. */
  bytes(number: number): Uint8Array
}

export function createByteStrings(): ByteStrings {
  let text: Uint8Array = new Uint8Array(1 << 16)
  let used = 0
  let ends = new Uint32Array(1 << 11)
  let size = 0
  let slots = new Uint32Array(1 << 12)
  // With the hash beside the number, most strings that share a slot are told apart without reading them.
  let hashes = new Uint32Array(1 << 11)

  const startOf = (number: number) => (number === 0 ? 0 : ends[number - 1]!)

  function equals(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    let own = startOf(number)
    if (number >= size || ends[number]! - own !== end - start) return false
    for (let at = start; at < end; at++) if (text[own++] !== bytes[at]) return false
    return true
  }

  function slotOf(hash: number, bytes: Uint8Array, start: number, end: number): number {
    let slot = hash & (slots.length - 1)
    for (let item = slots[slot]!; item !== 0; item = slots[slot]!) {
      if (hashes[item - 1] === hash && equals(item - 1, bytes, start, end)) break
      slot = (slot + 1) & (slots.length - 1)
    }
    return slot
  }

  function add(hash: number, bytes: Uint8Array, start: number, end: number): void {
    while (used + end - start > text.length) text = enlarged(text)
    if (size === ends.length) {
      ends = enlarged(ends)
      hashes = enlarged(hashes)
    }
    for (let at = start; at < end; at++) text[used++] = bytes[at]!
    ends[size] = used
    hashes[size++] = hash
  }

  function growSlots(): void {
    slots = new Uint32Array(slots.length * 2)
    for (let number = 0; number < size; number++) {
      let slot = hashes[number]! & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = number + 1
    }
  }

  return {
    intern(bytes, start, end) {
      const hash = hashOf(bytes, start, end)
      const slot = slotOf(hash, bytes, start, end)
      if (slots[slot] !== 0) return slots[slot]! - 1
      add(hash, bytes, start, end)
      slots[slot] = size
      if (size * 2 > slots.length) growSlots()
      return size - 1
    },
    equals,
    size: () => size,
    bytes: (number) => text.subarray(startOf(number), ends[number]!),
  }
}

/** Another one in every process, so that nobody can choose names that all share one slot. */
const SEED = Math.floor(Math.random() * 2 ** 32)

/** FNV-1a, mixed at last. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = SEED ^ (end - start)
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  hash ^= hash >>> 15
  return Math.imul(hash, 0x2c1b3c6d) >>> 0
}

function enlarged<T extends Uint8Array | Uint32Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2)
  larger.set(array)
  return larger
}
