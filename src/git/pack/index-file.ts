// Reads a pack's .idx, versions 1 and 2: which object stands where in the pack.

/** The objects of one pack in the order of their place in it. */
export interface PackIndex {
  readonly count: number
  /** Object ids as bytes, one behind the other, in ascending order. */
  readonly ids: Uint8Array
  /** Place in the pack of each object, in ascending order. */
  readonly offsets: Float64Array
  /** For each of `offsets`, which of `ids` it is. */
  readonly positions: Uint32Array
  /** CRC-32 of each packed entry, in the order of `offsets`; absent in version 1. */
  readonly checksums: Uint32Array | undefined
  /** Checksum at the end of the pack this index was made for. */
  readonly packChecksum: Uint8Array
  /** An id stands in it more than once. */
  readonly hasCopies: boolean
}

const SIGNATURE = 0xff744f63
const FANOUT_BYTES = 1024

/**
 * Parses an index; a text says what is wrong with it.
 * @param reverse the .rev beside it, which spares the sorting; one that is not right counts for nothing
 */
export function parseIndex(bytes: Uint8Array, hashBytes: number, reverse?: Uint8Array): PackIndex | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < FANOUT_BYTES + 2 * hashBytes) return 'the index is too short'
  const found = parseById(bytes, view, hashBytes)
  return typeof found === 'string' ? found : finish(found, hashBytes, reverse)
}

/** As it stands in the file: by id. */
interface ById {
  readonly ids: Uint8Array
  readonly offsets: Float64Array
  readonly packChecksum: Uint8Array
  readonly checksumOf?: (position: number) => number
}

function parseById(bytes: Uint8Array, view: DataView, hashBytes: number): ById | string {
  if (view.getUint32(0) !== SIGNATURE) return parseVersion1(bytes, view, hashBytes)
  if (view.getUint32(4) !== 2) return `the index has version ${view.getUint32(4)}`
  return parseVersion2(bytes, view, hashBytes)
}

function parseVersion2(bytes: Uint8Array, view: DataView, hashBytes: number): ById | string {
  const idsAt = 8 + FANOUT_BYTES
  if (bytes.length < idsAt + 2 * hashBytes) return 'the index is too short'
  const count = fanoutTotal(view, 8)
  const offsetsAt = idsAt + count * (hashBytes + 4)
  const largeAt = offsetsAt + count * 4
  const end = bytes.length - 2 * hashBytes
  if (count < 0 || largeAt > end) return 'the index is damaged'
  const ids = bytes.subarray(idsAt, idsAt + count * hashBytes)
  const offsets = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const offset = view.getUint32(offsetsAt + i * 4)
    if (offset < 0x80000000) {
      offsets[i] = offset
      continue
    }
    const large = largeAt + (offset - 0x80000000) * 8
    if (large + 8 > end || view.getUint32(large) >= 0x200000) return 'the index is damaged'
    offsets[i] = view.getUint32(large) * 0x100000000 + view.getUint32(large + 4)
  }
  const checksumsAt = idsAt + count * hashBytes
  const checksumOf = (position: number) => view.getUint32(checksumsAt + position * 4)
  return { ids, offsets, packChecksum: bytes.subarray(end, end + hashBytes), checksumOf }
}

function parseVersion1(bytes: Uint8Array, view: DataView, hashBytes: number): ById | string {
  const count = fanoutTotal(view, 0)
  const end = FANOUT_BYTES + count * (4 + hashBytes)
  if (count < 0 || end + 2 * hashBytes !== bytes.length) return 'the index is damaged'
  const ids = new Uint8Array(count * hashBytes)
  const offsets = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const at = FANOUT_BYTES + i * (4 + hashBytes)
    offsets[i] = view.getUint32(at)
    ids.set(bytes.subarray(at + 4, at + 4 + hashBytes), i * hashBytes)
  }
  return { ids, offsets, packChecksum: bytes.subarray(end, end + hashBytes) }
}

/** Number of objects, or -1 when the table that leads to them is not ascending. */
function fanoutTotal(view: DataView, at: number): number {
  let total = 0
  for (let i = 0; i < 256; i++) {
    const next = view.getUint32(at + i * 4)
    if (next < total) return -1
    total = next
  }
  return total
}

function finish(
  { ids, offsets: unsorted, packChecksum, checksumOf }: ById,
  hashBytes: number,
  reverse: Uint8Array | undefined,
): PackIndex | string {
  const order = checkOrder(ids, hashBytes)
  if (order === 'wrong') return 'the index is damaged'
  const positions = (reverse && givenOrder(unsorted, reverse, hashBytes)) ?? sortedOrder(unsorted)
  const offsets = new Float64Array(unsorted.length)
  const checksums = checksumOf && new Uint32Array(unsorted.length)
  for (let i = 0; i < offsets.length; i++) {
    const position = positions[i]!
    offsets[i] = unsorted[position]!
    if (checksums) checksums[i] = checksumOf(position)
  }
  return {
    count: offsets.length,
    ids,
    offsets,
    positions,
    checksums,
    packChecksum,
    hasCopies: order === 'copies',
  }
}

function checkOrder(ids: Uint8Array, hashBytes: number): 'right' | 'copies' | 'wrong' {
  let order: 'right' | 'copies' = 'right'
  for (let at = hashBytes; at < ids.length; at += hashBytes) {
    let i = 0
    while (i < hashBytes && ids[at + i] === ids[at + i - hashBytes]) i += 1
    if (i === hashBytes) order = 'copies'
    else if (ids[at + i]! < ids[at + i - hashBytes]!) return 'wrong'
  }
  return order
}

const REVERSE_SIGNATURE = 0x52494458 // RIDX
const REVERSE_HEADER_BYTES = 12

/** The order that a .rev gives; undefined unless it is what sorting would give. */
function givenOrder(values: Float64Array, reverse: Uint8Array, hashBytes: number): Uint32Array | undefined {
  const { length } = values
  if (reverse.length !== REVERSE_HEADER_BYTES + length * 4 + 2 * hashBytes) return undefined
  const view = new DataView(reverse.buffer, reverse.byteOffset, reverse.byteLength)
  if (view.getUint32(0) !== REVERSE_SIGNATURE || view.getUint32(4) !== 1) return undefined
  const order = new Uint32Array(length)
  let last = -1
  for (let i = 0; i < length; i++) {
    const position = view.getUint32(REVERSE_HEADER_BYTES + i * 4)
    const value = values[position]
    // Each larger than the last: so all of them are there, and each once.
    if (value === undefined || value <= last) return undefined
    order[i] = position
    last = value
  }
  return order
}

const DIGITS = 1 << 11

/** Indexes of `values` in ascending order of value: radix sort on their low and, where they have one, high word. */
function sortedOrder(values: Float64Array): Uint32Array {
  const low = new Uint32Array(values.length)
  const high = new Uint32Array(values.length)
  let order = new Uint32Array(values.length)
  let highest = 0
  for (let i = 0; i < values.length; i++) {
    order[i] = i
    low[i] = values[i]!
    high[i] = values[i]! / 0x100000000
    if (high[i]! > highest) highest = high[i]!
  }
  for (const shift of [0, 11, 22]) order = sortByDigit(order, low, shift)
  if (highest > 0) for (const shift of [0, 11]) order = sortByDigit(order, high, shift)
  return order
}

/** Sorts by 11 bits of the keys, keeping the order of those that have the same. */
function sortByDigit(order: Uint32Array, keys: Uint32Array, shift: number): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(DIGITS)
  for (let i = 0; i < keys.length; i++) starts[(keys[i]! >>> shift) & (DIGITS - 1)]! += 1
  let sum = 0
  for (let i = 0; i < DIGITS; i++) {
    const count = starts[i]!
    starts[i] = sum
    sum += count
  }
  const sorted = new Uint32Array(order.length)
  for (let i = 0; i < order.length; i++) {
    const digit = (keys[order[i]!]! >>> shift) & (DIGITS - 1)
    sorted[starts[digit]!] = order[i]!
    starts[digit]! += 1
  }
  return sorted
}
