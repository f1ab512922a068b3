// The files of a tar archive: old, ustar, GNU long names and pax.
import { Closed, type Member } from './member.ts'

const BLOCK = 512

export function* readTar(bytes: Buffer): Generator<Member> {
  let longName: string | undefined
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK)
    if (header.every((byte) => byte === 0)) return
    if (!isHeader(header)) throw new Closed('damaged')
    const size = numberAt(header, 124, 12)
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size)
    if (content.length < size) throw new Closed('damaged')
    const kind = String.fromCharCode(header[156]!)
    if (kind === 'L') longName = textAt(content, 0, size)
    else if (kind === 'x') longName = paxPath(content) ?? longName
    else {
      const path = longName ?? nameOf(header)
      longName = undefined
      if ('07\0'.includes(kind)) yield { path, size, read: () => content }
      else if (kind === '2') yield linkOf(path, textAt(header, 157, 100))
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
}

/** The name a link points at is text, as it is in git. */
function linkOf(path: string, target: string): Member {
  const bytes = Buffer.from(target)
  return { path, size: bytes.length, read: () => bytes }
}

/** By its checksum: the sum of all bytes, its own as spaces. */
function isHeader(header: Buffer): boolean {
  let sum = 8 * 0x20
  for (const [i, byte] of header.entries()) if (i < 148 || i >= 156) sum += byte
  return sum === numberAt(header, 148, 8)
}

/** Octal digits, or, with the high bit set, a binary number. */
function numberAt(header: Buffer, at: number, length: number): number {
  if (header[at]! & 0x80) return Number(header.readBigUInt64BE(at + length - 8))
  return Number.parseInt(textAt(header, at, length).trim() || '0', 8)
}

function textAt(bytes: Buffer, at: number, length: number): string {
  const end = bytes.subarray(at, at + length).indexOf(0)
  return bytes.toString('utf8', at, at + (end === -1 ? length : end))
}

function nameOf(header: Buffer): string {
  const prefix = header.toString('latin1', 257, 262) === 'ustar' ? textAt(header, 345, 155) : ''
  return (prefix ? `${prefix}/` : '') + textAt(header, 0, 100)
}

/** Records of `<length> <key>=<value>\n`. */
function paxPath(content: Buffer): string | undefined {
  for (let at = 0; at < content.length; ) {
    const [, length = '0', key] =
      /^(\d{1,10}) ([^=\n]{1,100})=/.exec(content.toString('utf8', at, at + 120)) ?? []
    const end = at + Number(length)
    if (end <= at || end > content.length) return undefined
    if (key === 'path') return content.toString('utf8', content.indexOf(0x3d, at) + 1, end - 1)
    at = end
  }
  return undefined
}
