// Object ids, each once, as numbers: raw bytes in one array, found by an open hash table.

/** The number of an id is the order in which it came. */
export interface IdTable {
  readonly hashBytes: number
  /** The number of the id that stands at `at`; it is added when it is new. */
  intern(view: DataView, at: number): number
  /** The number of the id, or -1. */
  find(view: DataView, at: number): number
  /** The same for an id in hexadecimal digits, as text or as bytes at `at`; -1 when there are none. */
  internHex(hex: Uint8Array | string, at: number): number
  findHex(hex: string): number
  size(): number
  hex(number: number): string
  /** A view of the raw ids one after the other; valid until the next one is added. */
  raw(): DataView
}

/** Ids are compared word by word, as the machine has them. */
const LITTLE = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

/** Another one in every process, so that nobody can choose ids that all share one slot. */
const SEED = Math.floor(Math.random() * 2 ** 32)

export function createIdTable(hashBytes: number): IdTable {
  const width = hashBytes / 4
  let words = new Int32Array(1024 * width)
  let slots = new Int32Array(4096)
  let size = 0
  const scratch = new Uint8Array(hashBytes)
  const scratchView = new DataView(scratch.buffer)

  function slotOf(view: DataView, at: number): number {
    const first = view.getInt32(at, LITTLE)
    const second = view.getInt32(at + 4, LITTLE)
    let slot = hashOf(first, second) & (slots.length - 1)
    for (let item = slots[slot]!; item !== 0; item = slots[slot]!) {
      let own = (item - 1) * width
      if (words[own] === first && words[own + 1] === second) {
        const end = own + width
        let from = at + 8
        own += 2
        while (own < end && words[own] === view.getInt32(from, LITTLE)) {
          own += 1
          from += 4
        }
        if (own === end) break
      }
      slot = (slot + 1) & (slots.length - 1)
    }
    return slot
  }

  function growSlots(): void {
    slots = new Int32Array(slots.length * 2)
    for (let number = 0; number < size; number++) {
      let slot = hashOf(words[number * width]!, words[number * width + 1]!) & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = number + 1
    }
  }

  function intern(view: DataView, at: number): number {
    const slot = slotOf(view, at)
    if (slots[slot] !== 0) return slots[slot]! - 1
    if ((size + 1) * width > words.length) {
      const larger = new Int32Array(words.length * 2)
      larger.set(words)
      words = larger
    }
    for (let i = 0; i < width; i++) words[size * width + i] = view.getInt32(at + i * 4, LITTLE)
    slots[slot] = ++size
    if (size * 2 > slots.length) growSlots()
    return size - 1
  }

  const find = (view: DataView, at: number) => slots[slotOf(view, at)]! - 1
  return {
    hashBytes,
    intern,
    find,
    internHex: (hex, at) => (rawFromHex(hex, at, scratch) ? intern(scratchView, 0) : -1),
    findHex: (hex) =>
      hex.length === hashBytes * 2 && rawFromHex(hex, 0, scratch) ? find(scratchView, 0) : -1,
    size: () => size,
    hex: (number) => Buffer.from(words.buffer, number * hashBytes, hashBytes).toString('hex'),
    raw: () => new DataView(words.buffer, 0, size * hashBytes),
  }
}

function hashOf(first: number, second: number): number {
  const hash = Math.imul(first ^ SEED, 0x9e3779b1) ^ second
  return hash ^ (hash >>> 15)
}

/** The value of a hexadecimal digit by its character code; 255 for other characters. */
const DIGITS = new Uint8Array(256).fill(255)
for (let digit = 0; digit < 16; digit++) DIGITS[digit.toString(16).charCodeAt(0)] = digit

/** Writes the raw bytes of an id into `out`. False when there is no whole hexadecimal id. */
function rawFromHex(hex: Uint8Array | string, at: number, out: Uint8Array): boolean {
  if (hex.length < at + out.length * 2) return false
  return typeof hex === 'string' ? fromText(hex, at, out) : fromBytes(hex, at, out)
}

function fromText(hex: string, at: number, out: Uint8Array): boolean {
  let wrong = 0
  for (let i = 0; i < out.length; i++, at += 2) {
    const high = DIGITS[hex.charCodeAt(at) & 0xff]!
    const low = DIGITS[hex.charCodeAt(at + 1) & 0xff]!
    wrong |= high | low
    out[i] = (high << 4) | low
  }
  return wrong < 16
}

function fromBytes(hex: Uint8Array, at: number, out: Uint8Array): boolean {
  let wrong = 0
  for (let i = 0; i < out.length; i++, at += 2) {
    const high = DIGITS[hex[at]!]!
    const low = DIGITS[hex[at + 1]!]!
    wrong |= high | low
    out[i] = (high << 4) | low
  }
  return wrong < 16
}
