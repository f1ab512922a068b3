// Packs that git does not write: more than 4 GiB (most of it a hole), and bases outside of the pack.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { appended, blobId, type Entry, expected, whole, writePack } from './craft.ts'
import { readAll, temporaryFolder } from './helpers.ts'

const FAR = 5 * 2 ** 30 + 12345

it('reads packs of more than 4 GiB', async () => {
  const first = whole(12, Buffer.from('the first object, before the hole'))
  const second = whole(FAR, Buffer.from('an object far behind'))
  const third = appended(FAR + 1000, first)
  const entries = [first, second, third, appended(FAR + 2000, third)]
  const gitDir = temporaryFolder()
  writePack(gitDir, 'p', entries, FAR + 3000)
  const { objects, problems } = await readAll(gitDir)
  expect(problems).toEqual([])
  expect(Object.fromEntries(objects)).toEqual(expected(entries))
})

function writeLoose(gitDir: string, { content }: Entry): void {
  const id = blobId(content).toString('hex')
  mkdirSync(join(gitDir, 'objects', id.slice(0, 2)), { recursive: true })
  const packed = deflateSync(Buffer.concat([Buffer.from(`blob ${content.length}\0`), content]))
  writeFileSync(join(gitDir, 'objects', id.slice(0, 2), id.slice(2)), packed)
}

it('finds the base of a delta in another pack and among the loose objects', async () => {
  const loose = whole(0, Buffer.from('a base that lies loose'))
  const elsewhere = whole(12, Buffer.from('a base in another pack'))
  const thin = [appended(12, loose, true), appended(200, elsewhere, true)]
  const deeper = appended(400, thin[1]!, true)
  const gitDir = temporaryFolder()
  writePack(gitDir, 'a', [...thin, deeper], 600)
  writePack(gitDir, 'b', [elsewhere], 100)
  writeLoose(gitDir, loose)
  const { objects, problems } = await readAll(gitDir)
  expect(problems).toEqual([])
  expect(Object.fromEntries(objects)).toEqual(expected([loose, elsewhere, ...thin, deeper]))
  expect((await readAll(gitDir, { each: ['tree'] })).objects.size).toBe(0)
})
