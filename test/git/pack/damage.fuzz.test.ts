// Damaged packs and indexes: every object is either read or named in a problem, nothing throws, nothing hangs.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { randomNumbers } from '../../engine/kernel/helpers.ts'
import {
  askGit,
  makeHistory,
  makeRepo,
  OPTIONS,
  type Repo,
  readAll,
  search,
  temporaryFolder,
} from './helpers.ts'

interface Pack {
  readonly repo: Repo
  readonly pack: Buffer
  readonly idx: Buffer
  readonly ids: ReadonlyMap<string, string>
}

function makePack(seed: number, ...config: string[]): Pack {
  const repo = makeRepo()
  makeHistory(repo, 20, seed)
  repo.git(...config, 'repack', '-adfq', '--threads=1')
  const folder = join(repo.gitDir, 'objects/pack')
  const read = (ending: string) =>
    readFileSync(join(folder, readdirSync(folder).find((name) => name.endsWith(ending))!))
  return { repo, pack: read('.pack'), idx: read('.idx'), ids: askGit(repo) }
}

const folder = { path: '' }

/** A git directory with this one pack. */
function place(pack: Uint8Array, idx: Uint8Array): string {
  folder.path ||= temporaryFolder()
  mkdirSync(join(folder.path, 'objects/pack'), { recursive: true })
  writeFileSync(join(folder.path, 'objects/pack/p.pack'), pack)
  writeFileSync(join(folder.path, 'objects/pack/p.idx'), idx)
  return folder.path
}

/** Checks that nothing was lost and nothing came out wrong silently; returns how many objects had a problem. */
async function expectHonest({ ids }: Pack, gitDir: string): Promise<number> {
  const { objects, problems } = await readAll(gitDir)
  if (problems.some(({ id }) => id === undefined)) return ids.size
  const named = new Set(problems.map(({ id }) => id))
  for (const [id, text] of ids) {
    expect(objects.has(id) !== named.has(id), id).toBe(true)
    if (objects.has(id)) expect(objects.get(id)).toBe(text)
  }
  return named.size
}

describe('a damaged pack', () => {
  const packs = [makePack(31), makePack(32, '-c', 'repack.useDeltaBaseOffset=false')]

  it('is read as far as it goes when single bytes are wrong', async () => {
    const random = randomNumbers(1)
    let broken = 0
    for (let round = 0; round < 300; round++) {
      const from = packs[round % 2]!
      const pack = Buffer.from(from.pack)
      for (let i = 0; i <= random(3); i++) pack[12 + random(pack.length - 32)] = random(256)
      broken += await expectHonest(from, place(pack, from.idx))
    }
    expect(broken).toBeGreaterThan(100)
  })

  it('never gives wrong bytes when what is packed is wrong', async () => {
    const from = packs[0]!
    const random = randomNumbers(2)
    // Bytes far behind the header of an entry: the second half of what lies between two offsets.
    const places = entryPlaces(from)
    for (let round = 0; round < 150; round++) {
      const [start, end] = places[random(places.length)]!
      if (end - start < 120) continue
      const pack = Buffer.from(from.pack)
      pack[start + 60 + random(end - start - 60)]! ^= 1 << random(8)
      expect(await expectHonest(from, place(pack, from.idx))).toBeGreaterThan(0)
    }
  })

  it('is a problem of its own when it is cut short, or another one', async () => {
    for (const from of packs) {
      for (const length of [0, 8, 11, 12, 31, 32, 500, from.pack.length - 21, from.pack.length - 1]) {
        expect(await expectHonest(from, place(from.pack.subarray(0, length), from.idx))).toBe(from.ids.size)
      }
    }
    expect(await expectHonest(packs[0]!, place(packs[1]!.pack, packs[0]!.idx))).toBe(packs[0]!.ids.size)
  })

  it('is read with a damaged index, or refused', async () => {
    const random = randomNumbers(3)
    for (let round = 0; round < 300; round++) {
      const from = packs[round % 2]!
      const idx = Buffer.from(from.idx)
      for (let i = 0; i <= random(3); i++) idx[random(idx.length)] = random(256)
      const { objects, problems, distinct } = await readAll(place(from.pack, idx))
      if (problems.some(({ id }) => id === undefined)) continue
      expect(objects.size + problems.length).toBe(distinct)
      expect(distinct).toBe(from.ids.size)
    }
    for (let length = 0; length < packs[0]!.idx.length; length += 211) {
      const gitDir = place(packs[0]!.pack, packs[0]!.idx.subarray(0, length))
      expect(await expectHonest(packs[0]!, gitDir)).toBe(packs[0]!.ids.size)
    }
  })

  it('is searched without harm', async () => {
    const random = randomNumbers(4)
    for (let round = 0; round < 60; round++) {
      const from = packs[round % 2]!
      const pack = Buffer.from(from.pack)
      for (let i = 0; i < 20; i++) pack[12 + random(pack.length - 32)] = random(256)
      const found = await search(place(pack, from.idx), OPTIONS, () => false).catch(
        (error: Error) => error.message,
      )
      if (typeof found === 'string') expect(found).toContain('"code":')
      else expect(found.size).toBeGreaterThan(0)
    }
  })
})

/** Start and end of every entry, from version 2 of the index. */
function entryPlaces({ idx, pack, ids }: Pack): [number, number][] {
  const at = 8 + 1024 + ids.size * 24
  const starts = Array.from({ length: ids.size }, (_, i) => idx.readUInt32BE(at + i * 4)).sort(
    (a, b) => a - b,
  )
  return starts.map((start, i) => [start, starts[i + 1] ?? pack.length - 20])
}

describe('bases', () => {
  it('that go in circles are named, with all that hangs on them', async () => {
    const from = makePack(33, '-c', 'repack.useDeltaBaseOffset=false')
    const pack = Buffer.from(from.pack)
    const bases = from.repo
      .git('cat-file', '--batch-all-objects', '--batch-check=%(objectname) %(deltabase)')
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string])
      .filter(([, base]) => !/^0+$/.test(base))
    const deep = bases.find(([, base]) => bases.some(([id]) => id === base))!
    const upper = bases.find(([id]) => id === deep[1])!
    // The base is now based on what is based on it: its own base's id is replaced, where the pack names it.
    const places = entryPlaces(from)
    const naming = places.filter(([start, end]) =>
      pack.subarray(start, Math.min(end, start + 40)).includes(Buffer.from(upper[1], 'hex')),
    )
    for (const [start] of naming) {
      const at = pack.indexOf(Buffer.from(upper[1], 'hex'), start)
      Buffer.from(deep[0], 'hex').copy(pack, at)
    }
    const { objects, problems } = await readAll(place(pack, from.idx))
    const codes = new Map(problems.map(({ id, code }) => [id, code]))
    expect(codes.get(deep[0])).toBe('base-cycle')
    expect(objects.size + problems.length).toBe(from.ids.size)
  })

  it('that are nowhere are named', async () => {
    const from = makePack(34, '-c', 'repack.useDeltaBaseOffset=false')
    const pack = Buffer.from(from.pack)
    const [, base] = from.repo
      .git('cat-file', '--batch-all-objects', '--batch-check=%(objectname) %(deltabase)')
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string])
      .find(([, id]) => !/^0+$/.test(id))!
    for (
      let at = pack.indexOf(Buffer.from(base, 'hex'));
      at >= 0;
      at = pack.indexOf(Buffer.from(base, 'hex'), at)
    ) {
      pack[at]! ^= 0xff
    }
    const { objects, problems } = await readAll(place(pack, from.idx))
    expect(problems.filter(({ code }) => code === 'base-missing').length).toBeGreaterThan(0)
    expect(objects.size + problems.length).toBe(from.ids.size)
  })
})

describe('loose objects', () => {
  it('that are damaged or none are named', async () => {
    const repo = makeRepo()
    repo.commit({ a: 'some text', b: 'other text' })
    const ids = [...askGit(repo).keys()]
    const path = (id: string) => join(repo.gitDir, 'objects', id.slice(0, 2), id.slice(2))
    const contents = [Buffer.alloc(0), Buffer.from('nothing'), readFileSync(path(ids[2]!)).subarray(0, -3)]
    for (const [i, content] of contents.entries()) {
      rmSync(path(ids[i]!), { force: true })
      writeFileSync(path(ids[i]!), content)
    }
    const { objects, problems } = await readAll(repo.gitDir)
    expect(problems.map(({ id }) => id).sort()).toEqual(ids.slice(0, 3).sort())
    expect(objects.size).toBe(ids.length - 3)
  })
})
