// The pack reader against git: every object of every kind of repository, by id, type, size and content.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { randomNumbers } from '../../engine/kernel/helpers.ts'
import { askGit, makeHistory, makeRepo, type Repo, readAll, temporaryFolder } from './helpers.ts'

async function expectSame(repo: Repo): Promise<void> {
  const wanted = askGit(repo)
  const { objects, problems, distinct, counts } = await readAll(repo.gitDir)
  expect(problems).toEqual([])
  expect(Object.fromEntries(objects)).toEqual(Object.fromEntries(wanted))
  expect(distinct).toBe(wanted.size)
  expect(counts.commit + counts.tree + counts.blob + counts.tag).toBe(wanted.size)
}

function packs(repo: Repo, ending: string): string[] {
  return readdirSync(join(repo.gitDir, 'objects/pack')).filter((name) => name.endsWith(ending))
}

describe('readPacks', () => {
  it('reads loose objects, empty ones and tags of tags', async () => {
    const repo = makeRepo()
    repo.commit({ a: 'one', empty: '', 'with space/ü': 'x' })
    repo.git('tag', '-a', 't1', '-m', 'first')
    repo.git('tag', '-a', 't2', '-m', 'second', 't1')
    await expectSame(repo)
  })

  it('reads nothing from an empty repository', async () => {
    await expectSame(makeRepo())
  })

  it('reads deep chains of deltas, by offset and by id', async () => {
    const repo = makeRepo()
    makeHistory(repo, 60, 1)
    repo.git('tag', '-a', 't', '-m', 'tag')
    repo.git('repack', '-adfq', '--depth=250', '--window=250', '--threads=1')
    await expectSame(repo)
    repo.git('-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq', '--threads=1')
    await expectSame(repo)
  })

  it('reads the order of a pack from its .rev, unless that is not right', async () => {
    const repo = makeRepo()
    makeHistory(repo, 20, 7)
    repo.git('-c', 'pack.writeReverseIndex=true', 'repack', '-adfq')
    const [path = ''] = packs(repo, '.rev').map((name) => join(repo.gitDir, 'objects/pack', name))
    const whole = readFileSync(path)
    await expectSame(repo)
    const damages: ((bytes: Buffer) => Buffer)[] = [
      (bytes) => bytes.subarray(0, -1),
      (bytes) => bytes.fill('x', 0, 4),
      (bytes) => bytes.fill(9, 4, 8),
      (bytes) =>
        Buffer.concat([
          bytes.subarray(0, 12),
          bytes.subarray(16, 20),
          bytes.subarray(12, 16),
          bytes.subarray(20),
        ]),
      (bytes) => Buffer.concat([bytes.subarray(0, 12), bytes.subarray(16, 20), bytes.subarray(16)]),
      (bytes) => bytes.fill(0xff, 12, 16),
    ]
    rmSync(path)
    const wanted = askGit(repo) // git itself believes what a .rev says
    for (const damage of damages) {
      writeFileSync(path, damage(Buffer.from(whole)))
      const { objects, problems } = await readAll(repo.gitDir)
      expect(problems).toEqual([])
      expect(objects).toEqual(wanted)
    }
  })

  it('reads several packs, with copies, loose objects and a multi-pack index', async () => {
    const repo = makeRepo()
    makeHistory(repo, 15, 2)
    repo.git('repack', '-adq')
    makeHistory(repo, 15, 3)
    repo.git('repack', '-q')
    const kept = packs(repo, '.pack').map((name) =>
      join(repo.gitDir, 'objects/pack', name.replace('.pack', '.keep')),
    )
    for (const path of kept) writeFileSync(path, '')
    makeHistory(repo, 5, 4)
    repo.git('-c', 'repack.packKeptObjects=true', 'repack', '-afq')
    makeHistory(repo, 3, 5)
    repo.git('multi-pack-index', 'write')
    expect(packs(repo, '.pack').length).toBeGreaterThan(2)
    await expectSame(repo)
  })

  it('reads the objects of alternates', async () => {
    const base = makeRepo()
    makeHistory(base, 10, 6)
    base.git('repack', '-adq')
    const repo = makeRepo()
    mkdirSync(join(repo.gitDir, 'objects/info'), { recursive: true })
    writeFileSync(join(repo.gitDir, 'objects/info/alternates'), `# a comment\n${base.gitDir}/objects\n`)
    repo.commit({ own: 'file' })
    await expectSame(repo)
  })

  it('reads a worktree, a bare repository and version 1 of the index', async () => {
    const repo = makeRepo()
    makeHistory(repo, 10, 7)
    repo.git('repack', '-adq')
    const name = `wt-${repo.dir.split('-').at(-1)}`
    repo.git('worktree', 'add', '-q', `../${name}`, '-b', 'other')
    const tree = join(repo.gitDir, 'worktrees', readdirSync(join(repo.gitDir, 'worktrees'))[0]!)
    expect((await readAll(tree)).objects.size).toBe(askGit(repo).size)
    rmSync(join(repo.dir, '..', name), { recursive: true })
    repo.git('-c', 'pack.indexVersion=1', 'repack', '-adfq')
    await expectSame(repo)
    const bare = join(temporaryFolder(), 'bare.git')
    repo.git('clone', '-q', '--bare', repo.dir, bare)
    expect((await readAll(bare)).objects.size).toBeGreaterThan(30)
  })

  it('reads SHA-256 repositories, with deltas by id as well', async () => {
    const repo = makeRepo('--object-format=sha256')
    makeHistory(repo, 12, 8)
    repo.git('-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq')
    repo.commit({ loose: 'one' })
    await expectSame(repo)
  })

  it('reads large blobs that are no text, and their deltas', async () => {
    const repo = makeRepo()
    const random = randomNumbers(9)
    const bytes = Uint8Array.from({ length: 3_000_000 }, () => random(256))
    for (let i = 0; i < 5; i++) {
      bytes.fill(i, random(2_000_000), 2_000_000 + random(900_000))
      repo.commit({ big: bytes, zeros: new Uint8Array(2_000_000 + i) })
    }
    repo.git('repack', '-adfq')
    await expectSame(repo)
  })

  it('visits nothing of types that nobody wants', async () => {
    const repo = makeRepo()
    makeHistory(repo, 8, 11)
    repo.git('repack', '-adq')
    repo.commit({ loose: 'x' })
    const wanted = [...askGit(repo)].filter(([, text]) => text.startsWith('tree'))
    const { objects, counts } = await readAll(repo.gitDir, { each: ['tree'] })
    expect(Object.fromEntries(objects)).toEqual(Object.fromEntries(wanted))
    expect(counts.blob + counts.commit + counts.tag).toBe(0)
  })
})
