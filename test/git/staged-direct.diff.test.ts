// What is staged, read from the files of the repository, against what git says: the same, or left to git.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { askForStaged } from '../../src/git/staged.ts'
import { listStagedDirectly } from '../../src/git/staged-direct.ts'
import { randomNumbers } from '../engine/kernel/helpers.ts'
import { makeRepo, type Repo, repoAt, tempFolder } from '../helpers/repo.ts'

const direct = ({ path }: Repo) => listStagedDirectly(path, path)

async function expectSame(repo: Repo, count?: number) {
  const byGit = await askForStaged(repo.path)
  expect(direct(repo)).toEqual(byGit)
  if (count !== undefined) expect(byGit).toHaveLength(count)
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('random trees', () => {
  const random = randomNumbers(5)
  const pick = <T>(items: readonly T[]): T => items[random(items.length)]!
  const NAMES = ['a', 'b', 'a-b', 'a.b', 'a0', 'lib', 'lib.ts', 'é', 'x y', 'z'.repeat(4200)]
  const repo = makeRepo()
  const blobs = ['one', 'two', 'three'].map((text) =>
    repo.tryGit(['hash-object', '-w', '--stdin'], { input: text }).stdout.trim(),
  )
  const commit = repo.commit({ start: 'x' })

  function randomTree(): Map<string, string> {
    const files = new Map<string, string>()
    for (let i = random(40); i >= 0; i--) {
      const path = Array.from({ length: 1 + random(4) }, () => pick(NAMES)).join('/')
      const isFree = ![...files.keys()].some((p) => p.startsWith(`${path}/`) || path.startsWith(`${p}/`))
      const mode = pick(['100644', '100644', '100755', '120000', '160000'])
      if (isFree) files.set(path, `${mode} ${mode === '160000' ? commit : pick(blobs)}`)
    }
    return files
  }

  function writeIndex(files: ReadonlyMap<string, string>): void {
    const input = [...files].map(([path, what]) => `${what}\t${path}\0`).join('')
    repo.git('read-tree', '--empty')
    repo.tryGit(['update-index', '-z', '--index-info'], { input })
  }

  it('are compared as git compares them', async () => {
    let trees = 0
    for (let round = 0; round < 60; round++) {
      const head = randomTree()
      writeIndex(head)
      repo.git(
        'update-ref',
        'refs/heads/main',
        repo.git('commit-tree', '-m', 'x', repo.git('write-tree').trim()).trim(),
      )
      const next = pick([true, false]) ? randomTree() : new Map(head)
      for (const path of [...next.keys()].filter(() => random(6) === 0)) next.delete(path)
      for (const path of [...next.keys()].filter(() => random(5) === 0))
        next.set(path, `100755 ${pick(blobs)}`)
      writeIndex(next)
      if (pick([true, false])) repo.git('write-tree') // the index remembers its trees
      if (round === 30) repo.git('repack', '-adq')
      const entries = direct(repo)
      expect(entries, `round ${round}`).toBeDefined()
      expect(isDeepStrictEqual(entries, await askForStaged(repo.path)), `round ${round}`).toBe(true)
      trees += entries!.length
    }
    expect(trees).toBeGreaterThan(300)
  })
})

describe('is read', () => {
  const files = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [`src/${i % 7}/file-${i}.ts`, `${i}\n`]),
  )

  it('from a packed repository, after an edit, an addition and a removal', async () => {
    const repo = makeRepo()
    repo.commit(files)
    repo.git('repack', '-adq')
    repo.git('pack-refs', '--all')
    await expectSame(repo, 0)
    repo.write({ 'src/3/file-3.ts': 'other\n', 'new/a.ts': 'new\n' })
    repo.git('rm', '-rq', 'src/5')
    repo.git('add', '-A')
    await expectSame(repo, 10)
  })

  it('on a detached HEAD, in a linked working tree and with another index', async () => {
    const repo = makeRepo()
    repo.commit(files)
    repo.git('checkout', '-q', '--detach')
    repo.write({ 'a.ts': 'a\n' })
    repo.git('add', '-A')
    await expectSame(repo, 1)
    const linked = tempFolder()
    rmSync(linked, { recursive: true })
    repo.git('worktree', 'add', '-q', '-b', 'other', linked)
    const tree = repoAt(linked)
    tree.write({ 'b.ts': 'b\n', 'c.ts': 'c\n' })
    tree.git('add', '-A')
    await expectSame(tree, 2)
    repo.git('read-tree', '--index-output=.git/other-index', 'HEAD')
    vi.stubEnv('GIT_INDEX_FILE', '.git/other-index')
    await expectSame(repo, 0)
  })

  it('with skipped files, which are as they are', async () => {
    const repo = makeRepo()
    repo.commit(files)
    repo.git('update-index', '--skip-worktree', 'src/3/file-3.ts')
    repo.write({ 'a.ts': 'a\n' })
    repo.git('add', 'a.ts')
    await expectSame(repo, 1)
  })
})

describe('is left to git', () => {
  const cases: [string, (repo: Repo) => void][] = [
    ['an intent to add', (repo) => repo.git('add', '-N', 'new.ts')],
    ['version 4 of the index', (repo) => repo.git('update-index', '--index-version', '4')],
    ['a split index', (repo) => repo.git('update-index', '--split-index')],
    ['extensions of the repository', (repo) => repo.git('config', 'extensions.worktreeConfig', 'true')],
    [
      'a tree that is not there',
      (repo) => rmSync(objectAt(repo, repo.git('rev-parse', 'HEAD^{tree}').trim())),
    ],
    ['a damaged index', (repo) => writeFileSync(join(repo.path, '.git/index'), 'DIRC\0\0\0\x02\xff\xff')],
    ['a branch without a commit', (repo) => repo.git('symbolic-ref', 'HEAD', 'refs/heads/unborn')],
    ['a HEAD that is none', (repo) => writeFileSync(join(repo.path, '.git/HEAD'), 'ref: refs/heads/../x\n')],
    ['unmerged entries', conflict],
  ]

  it.each(cases)('%s', (_, change) => {
    const repo = makeRepo()
    repo.commit({ 'a.ts': 'a\n' })
    repo.write({ 'new.ts': 'n\n', 'added.ts': 'a\n' })
    repo.git('add', 'added.ts')
    expect(direct(repo)).toHaveLength(1)
    change(repo)
    expect(direct(repo)).toBeUndefined()
  })

  it('SHA-256, a sub-folder, another working tree, and no repository', () => {
    const repo = makeRepo({ format: 'sha256' })
    repo.commit({ 'a.ts': 'a\n' })
    expect(direct(repo)).toBeUndefined()
    const plain = makeRepo()
    plain.commit({ 'sub/a.ts': 'a\n' })
    expect(listStagedDirectly(join(plain.path, 'sub'), plain.path)).toBeUndefined()
    vi.stubEnv('GIT_WORK_TREE', plain.path)
    expect(direct(plain)).toBeUndefined()
    const none = tempFolder()
    mkdirSync(join(none, 'x'))
    expect(listStagedDirectly(none, none)).toBeUndefined()
  })
})

function objectAt(repo: Repo, oid: string): string {
  return join(repo.path, '.git/objects', oid.slice(0, 2), oid.slice(2))
}

function conflict(repo: Repo): void {
  repo.git('checkout', '-q', '-b', 'side')
  repo.commit({ 'a.ts': 'side\n' })
  repo.git('checkout', '-q', 'main')
  repo.commit({ 'a.ts': 'main\n' })
  repo.tryGit(['merge', 'side'])
}
