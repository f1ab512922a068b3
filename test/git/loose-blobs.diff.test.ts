// Loose blobs through the kernel against node:zlib: the same bytes, or nothing where something is wrong.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { createLooseReader } from '../../src/git/loose-blobs.ts'
import { readLoose } from '../../src/git/pack/loose.ts'
import { freshKernel, randomNumbers } from '../engine/kernel/helpers.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'

const LIMIT = 3 << 20
const random = randomNumbers(11)
const read = createLooseReader(await freshKernel(), LIMIT)
const folder = tempFolder()
mkdirSync(folder, { recursive: true })

/** What zlib makes of the same file. */
function reference(path: string): Buffer | undefined {
  const content = readLoose(path, LIMIT)
  return 'type' in content && content.type === 3 ? Buffer.from(content.bytes) : undefined
}

/** Large buffers that differ are not to be printed. */
function isSame(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b)
}

function file(content: Uint8Array): string {
  const path = join(folder, 'object')
  writeFileSync(path, content)
  return path
}

const blob = (bytes: Uint8Array, header = `blob ${bytes.length}\0`) =>
  Buffer.concat([Buffer.from(header), bytes])
const noise = (length: number) => Buffer.from(Uint8Array.from({ length }, () => random(256)))

it.each([
  ['empty', Buffer.alloc(0)],
  ['small', Buffer.from('const a = 1\n')],
  ['far smaller when compressed', Buffer.alloc(2 << 20, 'a')],
  ['larger than the first room for files', noise(1 << 20)],
  ['at the limit', noise(LIMIT)],
])('%s', (_, bytes) => {
  for (const level of [0, 1, 9]) {
    const path = file(deflateSync(blob(bytes), { level }))
    expect(isSame(read(path), bytes)).toBe(true)
    expect(isSame(reference(path), bytes)).toBe(true)
  }
})

it.each([
  ['another type', deflateSync(blob(Buffer.from('x'), 'tree 1\0'))],
  ['a wrong size', deflateSync(blob(Buffer.from('x'), 'blob 2\0'))],
  ['a size with a leading zero', deflateSync(blob(Buffer.from('x'), 'blob 01\0'))],
  ['no header', deflateSync(Buffer.from('just text'))],
  ['above the limit', deflateSync(blob(Buffer.alloc(LIMIT + 64, 'x')))],
  ['no zlib stream', Buffer.from('blob 1\0x')],
  ['an empty file', Buffer.alloc(0)],
  ['bytes behind the stream', Buffer.concat([deflateSync(blob(Buffer.from('x'))), Buffer.from('y')])],
])('nothing for %s', (_, content) => {
  expect(read(file(content)) === undefined).toBe(true)
})

it('nothing for a file that is not there', () => {
  expect(read(join(folder, 'none'))).toBeUndefined()
})

it('damage never gives bytes that zlib would not give', () => {
  for (let round = 0; round < 300; round++) {
    const strategy = round % 2 === 0 ? constants.Z_DEFAULT_STRATEGY : constants.Z_FIXED
    const stream = deflateSync(blob(Buffer.from(`line ${round}\n`.repeat(1 + random(40)))), { strategy })
    stream[random(stream.length)]! ^= 1 << random(8)
    const path = file(random(4) === 0 ? stream.subarray(0, random(stream.length)) : stream)
    expect(isSame(read(path), reference(path))).toBe(true)
  }
})

it('reads what git writes, after files of other sizes', () => {
  const repo = makeRepo()
  for (const size of [3, 400_000, 17, 2_000_000]) {
    const bytes = noise(size)
    repo.write({ 'a.bin': bytes })
    const id = repo.git('hash-object', '-w', 'a.bin').trim()
    expect(isSame(read(join(repo.path, '.git/objects', id.slice(0, 2), id.slice(2))), bytes)).toBe(true)
  }
})
