// A pack of more than 4 GiB (most of it a hole), with places and deltas that need more than 32 bits.
import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readAll, temporaryFolder } from './helpers.ts'

const FAR = 5 * 2 ** 30 + 12345

interface Entry {
  readonly offset: number
  readonly content: Buffer
  readonly packed: Buffer
}

function whole(offset: number, content: Buffer): Entry {
  return { offset, content, packed: Buffer.concat([header(3, content.length), deflateSync(content)]) }
}

/** The base with "more" behind it. */
function appended(offset: number, base: Entry): Entry {
  const content = Buffer.concat([base.content, Buffer.from('more')])
  const copy = Buffer.from([0x90, base.content.length])
  const delta = Buffer.concat([
    Buffer.from([base.content.length, content.length]),
    copy,
    Buffer.from('\x04more'),
  ])
  const packed = [header(6, delta.length), distanceTo(offset - base.offset), deflateSync(delta)]
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

function blobId(content: Buffer): Buffer {
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

it('reads packs of more than 4 GiB', async () => {
  const first = whole(12, Buffer.from('the first object, before the hole'))
  const second = whole(FAR, Buffer.from('an object far behind'))
  const third = appended(FAR + 1000, first)
  const fourth = appended(FAR + 2000, third)
  const entries = [first, second, third, fourth]
  const gitDir = temporaryFolder()
  mkdirSync(join(gitDir, 'objects/pack'), { recursive: true })
  const fd = openSync(join(gitDir, 'objects/pack/p.pack'), 'w')
  writeSync(fd, Buffer.from('5041434b0000000200000004', 'hex'), 0, 12, 0)
  for (const { packed, offset } of entries) writeSync(fd, packed, 0, packed.length, offset)
  const checksum = Buffer.alloc(20, 7)
  writeSync(fd, checksum, 0, 20, FAR + 3000)
  closeSync(fd)
  writeFileSync(join(gitDir, 'objects/pack/p.idx'), indexOf(entries, checksum))
  const { objects, problems } = await readAll(gitDir)
  expect(problems).toEqual([])
  const wanted = entries.map(({ content }) => [
    blobId(content).toString('hex'),
    `blob ${content.length} ${createHash('sha256').update(content).digest('hex')}`,
  ])
  expect(Object.fromEntries(objects)).toEqual(Object.fromEntries(wanted))
})
