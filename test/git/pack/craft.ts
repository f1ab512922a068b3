// Packs put together entry by entry, for what git itself would not write.
import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'

export interface Entry {
  readonly offset: number
  readonly content: Buffer
  readonly packed: Buffer
}

export function whole(offset: number, content: Buffer): Entry {
  return { offset, content, packed: Buffer.concat([header(3, content.length), deflateSync(content)]) }
}

/** The base with "more" behind it, as a delta that names the base by its place, or by its id. */
export function appended(offset: number, base: Entry, byId = false): Entry {
  const content = Buffer.concat([base.content, Buffer.from('more')])
  const copy = Buffer.from([0x90, base.content.length])
  const delta = Buffer.concat([
    Buffer.from([base.content.length, content.length]),
    copy,
    Buffer.from('\x04more'),
  ])
  const name = byId ? blobId(base.content) : distanceTo(offset - base.offset)
  const packed = [header(byId ? 7 : 6, delta.length), name, deflateSync(delta)]
  return { offset, content, packed: Buffer.concat(packed) }
}

function header(type: number, size: number): Buffer {
  return size < 16
    ? Buffer.from([(type << 4) | size])
    : Buffer.from([0x80 | (type << 4) | (size & 15), size >> 4])
}

function distanceTo(distance: number): Buffer {
  const bytes = [distance % 128]
  for (let rest = Math.floor(distance / 128); rest > 0; rest = Math.floor(rest / 128)) {
    rest -= 1
    bytes.unshift(0x80 | (rest % 128))
  }
  return Buffer.from(bytes)
}

export function blobId(content: Buffer): Buffer {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest()
}

function indexOf(entries: readonly Entry[], packChecksum: Buffer): Buffer {
  const sorted = entries
    .map((entry) => ({ ...entry, id: blobId(entry.content) }))
    .sort((a, b) => a.id.compare(b.id))
  const fanout = Buffer.alloc(1024)
  for (let i = 0; i < 256; i++) fanout.writeUInt32BE(sorted.filter(({ id }) => id[0]! <= i).length, i * 4)
  const small = Buffer.alloc(sorted.length * 4)
  const large = Buffer.alloc(sorted.length * 8)
  for (const [i, { offset }] of sorted.entries()) {
    small.writeUInt32BE(0x80000000 + i, i * 4)
    large.writeBigUInt64BE(BigInt(offset), i * 8)
  }
  const parts = [Buffer.from('ff744f6300000002', 'hex'), fanout, ...sorted.map(({ id }) => id)]
  return Buffer.concat([
    ...parts,
    Buffer.alloc(sorted.length * 4),
    small,
    large,
    packChecksum,
    Buffer.alloc(20),
  ])
}

/** Writes the pack `name` with its index; `end` is where its checksum stands. */
export function writePack(gitDir: string, name: string, entries: readonly Entry[], end: number): void {
  const folder = join(gitDir, 'objects/pack')
  mkdirSync(folder, { recursive: true })
  const fd = openSync(join(folder, `${name}.pack`), 'w')
  const start = Buffer.from('5041434b0000000200000000', 'hex')
  start.writeUInt32BE(entries.length, 8)
  writeSync(fd, start, 0, 12, 0)
  for (const { packed, offset } of entries) writeSync(fd, packed, 0, packed.length, offset)
  const checksum = Buffer.alloc(20, 7)
  writeSync(fd, checksum, 0, 20, end)
  closeSync(fd)
  writeFileSync(join(folder, `${name}.idx`), indexOf(entries, checksum))
}

/** "type size hash" by id, as `readAll` gives them. */
export function expected(entries: readonly Entry[]): Record<string, string> {
  const pairs = entries.map(({ content }) => [
    blobId(content).toString('hex'),
    `blob ${content.length} ${createHash('sha256').update(content).digest('hex')}`,
  ])
  return Object.fromEntries(pairs)
}
