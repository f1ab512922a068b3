// The files of a zip archive (jar, whl, nupkg, docx, …), one at a time, by its central directory.
import { crc32, inflateRawSync } from 'node:zlib'
import { Closed, type Member } from './member.ts'

const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const STORED = 0
const DEFLATED = 8

export function* readZip(bytes: Buffer): Generator<Member> {
  const { at: start, count, before } = findDirectory(bytes)
  let at = start
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw new Closed('damaged')
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field))
    const nameEnd = at + 46 + nameLength!
    const name = bytes.toString('utf8', at + 46, nameEnd)
    const extra = bytes.subarray(nameEnd, nameEnd + extraLength!)
    if (!name.endsWith('/')) yield memberOf(bytes, at, name, extra, before)
    at = nameEnd + extraLength! + noteLength!
  }
}

/** The directory, from the record that ends the archive; `before`: bytes that someone put ahead of the archive. */
function findDirectory(bytes: Buffer): { at: number; count: number; before: number } {
  let end = bytes.length - 22
  while (end >= 0 && end > bytes.length - 65_558 && bytes.readUInt32LE(end) !== END) end -= 1
  if (end < 0 || bytes.readUInt32LE(end) !== END) throw new Closed('damaged')
  const count = bytes.readUInt16LE(end + 10)
  const [size, offset] = [bytes.readUInt32LE(end + 12), bytes.readUInt32LE(end + 16)]
  if (count !== 0xffff && offset !== 0xffffffff) {
    const at = end - size
    if (at < offset) throw new Closed('damaged')
    return { at, count, before: at - offset }
  }
  if (end < 20 || bytes.readUInt32LE(end - 20) !== LOCATOR_64) throw new Closed('damaged')
  const long = Number(bytes.readBigUInt64LE(end - 12))
  if (long + 56 > bytes.length || bytes.readUInt32LE(long) !== END_64) throw new Closed('damaged')
  const [total, at] = [long + 32, long + 48].map((field) => Number(bytes.readBigUInt64LE(field)))
  return { at: at!, count: total!, before: 0 }
}

function memberOf(bytes: Buffer, at: number, path: string, extra: Buffer, before: number): Member {
  const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)]
  const said = [20, 24, 42].map((field) => bytes.readUInt32LE(at + field))
  const [packed, size, local] = widen([said[1]!, said[0]!, said[2]!], extra)
  const checksum = bytes.readUInt32LE(at + 16)
  return {
    path,
    size: size!,
    read(limit) {
      if (flags & 1) throw new Closed('encrypted')
      const start = local! + before
      if (start + 30 > bytes.length || bytes.readUInt32LE(start) !== LOCAL) throw new Closed('damaged')
      const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
      const content = unpack(bytes.subarray(from, from + packed!), method, limit)
      if (crc32(content) !== checksum) throw new Closed('damaged')
      return content
    },
  }
}

/** Values that do not fit 32 bits stand in the extra field, in this order. Takes and gives: packed size, size, place. */
function widen([size, packed, local]: [number, number, number], extra: Buffer): number[] {
  const values = [size, packed, local]
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let from = at + 4
    for (const [i, value] of values.entries()) {
      if (value !== 0xffffffff || from + 8 > extra.length) continue
      values[i] = Number(extra.readBigUInt64LE(from))
      from += 8
    }
  }
  return [values[1]!, values[0]!, values[2]!]
}

function unpack(packed: Buffer, method: number, limit: number): Buffer {
  if (method === STORED) return packed
  if (method !== DEFLATED) throw new Closed(`method ${method}`)
  return inflateRawSync(packed, { maxOutputLength: limit })
}
