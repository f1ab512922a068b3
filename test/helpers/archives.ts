// Archives made byte by byte, sound ones and others.
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipFile {
  readonly name: string
  readonly content: string | Uint8Array
  readonly stored?: boolean
  /** What the directory says of it, right or wrong. */
  readonly says?: {
    readonly size?: number
    readonly flags?: number
    readonly crc?: number
    readonly method?: number
  }
}

/** A zip archive; `ahead` stands before it, as in one that unpacks itself. */
export function zipOf(files: readonly ZipFile[], ahead: Uint8Array = Buffer.alloc(0)): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, stored, says = {} } of files) {
    const bytes = Buffer.from(content as string)
    const packed = stored ? bytes : deflateRawSync(bytes)
    const path = Buffer.from(name)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(says.flags ?? 0, 2)
    fields.writeUInt16LE(says.method ?? (stored ? 0 : 8), 4)
    fields.writeUInt32LE(says.crc ?? crc32(bytes), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(says.size ?? bytes.length, 18)
    fields.writeUInt16LE(path.length, 22)
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, path, packed])
    const entry = Buffer.alloc(16)
    entry.writeUInt32LE(at, 12)
    bodies.push(body)
    directory.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02\x14\0', 'latin1'),
        fields.subarray(0, 24),
        fields.subarray(24),
        entry.subarray(2),
        path,
      ]),
    )
    at += body.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  )
  end.writeUInt32LE(at, 16)
  return Buffer.concat([ahead, ...bodies, ...directory, end])
}

/** A tar archive; long names as GNU writes them. */
export function tarOf(files: readonly { name: string; content: string | Uint8Array }[]): Buffer {
  const blocks = files.flatMap(({ name, content }) => {
    const bytes = Buffer.from(content as string)
    const long = name.length > 99 ? tarEntry('././@LongLink', Buffer.from(`${name}\0`), 'L') : []
    return [...long, ...tarEntry(name.slice(0, 99), bytes, '0')]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

function tarEntry(name: string, bytes: Buffer, kind: string): Buffer[] {
  const header = Buffer.alloc(512)
  header.write(name)
  header.write('0000644\0', 100)
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('        ', 148)
  header.write(kind, 156)
  header.write('ustar  \0', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]
}
