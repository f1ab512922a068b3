// Attribution in real repositories: who brought a blob, who dropped it, and what still holds it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { attribute, type BlobHistory, gitObjects, historyOf } from '../../src/git/attribute.ts'
import { makeRepo, type Repo, repoAt, tempFolder } from '../helpers/repo.ts'

const SECRET = 'the line to look for\n'

async function attributeIn(repo: Repo, blobs: readonly string[], gitDir = join(repo.path, '.git')) {
  return attribute(gitDir, blobs, { trees: gitObjects(gitDir) })
}

/** The history of the blob with this text, and no problems. */
async function historyIn(repo: Repo, text: string | Uint8Array = SECRET): Promise<BlobHistory> {
  const blob = blobOf(repo, text)
  const { histories, problems } = await attributeIn(repo, [blob])
  expect(problems).toEqual([])
  return histories.get(blob)!
}

function blobOf(repo: Repo, text: string | Uint8Array): string {
  return repo.tryGit(['hash-object', '--stdin'], { input: text }).stdout.trim()
}

/** Commits the index, with this second since the start; the order of dates is certain then. */
function commitAt(repo: Repo, second: number, files: Record<string, string> = {}): string {
  repo.write(files)
  repo.git('add', '-A')
  return commitIndex(repo, second)
}

function commitIndex(repo: Repo, second: number, ...more: string[]): string {
  const date = `${1_700_000_000 + second} +0100`
  const env = { GIT_AUTHOR_DATE: '1500000000 +0000', GIT_COMMITTER_DATE: date }
  const done = repo.tryGit(['commit', '-q', '--allow-empty', '--no-verify', '-m', 'change', ...more], { env })
  if (done.status !== 0) throw new Error(done.stderr)
  return repo.git('rev-parse', 'HEAD').trim()
}

/** A merge of these commits whose tree is the index with `files` written over it. */
function mergeAt(repo: Repo, second: number, others: string[], files: Record<string, string> = {}): string {
  repo.write(files)
  repo.git('add', '-A')
  const parents = ['HEAD', ...others].flatMap((parent) => ['-p', repo.git('rev-parse', parent).trim()])
  const date = `${1_700_000_000 + second} +0100`
  const tree = repo.git('write-tree').trim()
  const made = repo.tryGit(['commit-tree', tree, ...parents, '-m', 'merge'], {
    env: { GIT_COMMITTER_DATE: date },
  })
  repo.git('reset', '-q', '--hard', made.stdout.trim())
  return made.stdout.trim()
}

const ids = (list: BlobHistory['introduced']) => list.map(({ commit }) => commit)

describe('what brought it, and what dropped it', () => {
  it('added, then removed: commits, author, dates, path', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { 'a.txt': 'a' })
    const added = commitAt(repo, 1, { 'src/deep/.env': SECRET })
    commitAt(repo, 2, { 'a.txt': 'b' })
    repo.git('rm', '-q', 'src/deep/.env')
    const removed = commitIndex(repo, 3)
    const history = await historyIn(repo)
    const author = 'Ada <ada@example.org>'
    expect(history).toEqual({
      paths: ['src/deep/.env'],
      introduced: [
        {
          commit: added,
          author,
          date: '2023-11-14T22:13:21Z',
          path: 'src/deep/.env',
          generation: 1,
          onBranch: true,
        },
      ],
      removed: [
        {
          commit: removed,
          author,
          date: '2023-11-14T22:13:23Z',
          path: 'src/deep/.env',
          generation: 3,
          onBranch: true,
        },
      ],
      atHead: false,
      refs: [],
      published: [],
      unreachable: false,
    })
    expect(historyOf([history])).toEqual({
      introduced: { commit: added, author, date: '2023-11-14T22:13:21Z', path: 'src/deep/.env' },
      removed: { commit: removed, author, date: '2023-11-14T22:13:23Z', path: 'src/deep/.env' },
      atHead: false,
      refs: [],
      published: [],
    })
  })

  it('an evil merge is named', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { a: 'a' })
    repo.git('switch', '-q', '-c', 'side')
    commitAt(repo, 1, { b: 'b' })
    repo.git('switch', '-q', 'main')
    commitAt(repo, 2, { c: 'c' })
    const merge = mergeAt(repo, 3, ['side'], { b: 'b', evil: SECRET })
    const history = await historyIn(repo)
    expect(ids(history.introduced)).toEqual([merge])
    expect(history.introduced[0]!.path).toBe('evil')
    expect(history.removed).toEqual([])
  })

  it('a clean merge brings nothing, and one that drops it is named', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { a: 'a' })
    repo.git('switch', '-q', '-c', 'side')
    const added = commitAt(repo, 1, { key: SECRET })
    repo.git('switch', '-q', 'main')
    commitAt(repo, 2, { c: 'c' })
    mergeAt(repo, 3, ['side'], { key: SECRET })
    repo.git('switch', '-q', '-c', 'without')
    repo.git('rm', '-q', 'key')
    const dropped = mergeAt(repo, 4, ['side'])
    const history = await historyIn(repo)
    expect(ids(history.introduced)).toEqual([added])
    expect(ids(history.removed)).toEqual([dropped])
    expect(history.refs).toEqual(['refs/heads/main', 'refs/heads/side'])
    expect(historyOf([history]).removed).toBeNull()
  })

  it('an octopus merge', async () => {
    const repo = makeRepo()
    const root = commitAt(repo, 0, { a: 'a' })
    for (const [i, name] of ['x', 'y', 'z'].entries()) {
      repo.git('switch', '-q', '-c', name, root)
      commitAt(repo, 1 + i, { [name]: name })
    }
    repo.git('switch', '-q', 'main')
    const merge = mergeAt(repo, 9, ['x', 'y', 'z'], { x: 'x', y: 'y', z: 'z', key: SECRET })
    expect(ids((await historyIn(repo)).introduced)).toEqual([merge])
    expect(ids((await historyIn(repo, 'z')).introduced)).toHaveLength(1)
  })

  it('the revert of a removal brings it again', async () => {
    const repo = makeRepo()
    const first = commitAt(repo, 0, { key: SECRET })
    repo.git('rm', '-q', 'key')
    const removed = commitIndex(repo, 1)
    const again = commitAt(repo, 2, { key: SECRET })
    const history = await historyIn(repo)
    expect(ids(history.introduced)).toEqual([first, again])
    expect(ids(history.removed)).toEqual([removed])
    expect(history.atHead).toBe(true)
    expect(historyOf([history])).toMatchObject({ introduced: { commit: first }, removed: null })
  })

  it('commits of one second are told in the order of history', async () => {
    const repo = makeRepo()
    const commits: string[] = []
    for (let i = 0; i < 6; i++) {
      commits.push(commitAt(repo, 0, { key: SECRET, n: `${i}` }))
      repo.git('rm', '-q', 'key')
      commits.push(commitIndex(repo, 0))
    }
    const history = await historyIn(repo)
    expect(ids(history.introduced)).toEqual(commits.filter((_, i) => i % 2 === 0))
    expect(ids(history.removed)).toEqual(commits.filter((_, i) => i % 2 === 1))
    expect(historyOf([history]).removed?.commit).toBe(commits.at(-1))
  })

  it('a renamed file: two paths, brought once', async () => {
    const repo = makeRepo()
    const added = commitAt(repo, 0, { 'old/key': SECRET })
    repo.git('mv', 'old/key', 'new')
    commitIndex(repo, 1)
    const history = await historyIn(repo)
    expect(history.paths).toEqual(['new', 'old/key'])
    expect(ids(history.introduced)).toEqual([added])
    expect(history.removed).toEqual([])
  })

  it('several places in one commit: all paths, the first one for the commit', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { 'a/x': SECRET, 'a.b/x': SECRET, 'a/b/x': SECRET, b: SECRET, 'c/x': SECRET })
    const history = await historyIn(repo)
    expect(history.paths).toEqual(['a.b/x', 'a/b/x', 'a/x', 'b', 'c/x'])
    expect(history.introduced[0]!.path).toBe('a.b/x')
  })

  it('two branches, independently, and several roots', async () => {
    const repo = makeRepo()
    const one = commitAt(repo, 5, { a: SECRET })
    repo.git('switch', '-q', '--orphan', 'other')
    const two = commitAt(repo, 2, { 'b/c': SECRET })
    repo.git('switch', '-q', '--orphan', 'third')
    commitAt(repo, 3, { d: 'd' })
    const history = await historyIn(repo)
    expect(ids(history.introduced)).toEqual([two, one])
    expect(history.introduced.map(({ path }) => path)).toEqual(['b/c', 'a'])
    expect(history.refs).toEqual(['refs/heads/main', 'refs/heads/other'])
    expect(history.atHead).toBe(false)
  })

  it('several blobs of one finding: the change from one to the next is no removal', async () => {
    const repo = makeRepo()
    const first = commitAt(repo, 0, { key: `${SECRET}1` })
    commitAt(repo, 1, { key: `${SECRET}2` })
    repo.git('rm', '-q', 'key')
    const removed = commitIndex(repo, 1)
    const blobs = [blobOf(repo, `${SECRET}1`), blobOf(repo, `${SECRET}2`)]
    const { histories } = await attributeIn(repo, blobs)
    const history = historyOf([...histories.values()])
    expect(history.introduced?.commit).toBe(first)
    expect(history.removed?.commit).toBe(removed)
  })

  it('a change is no removal even when clocks say it came last', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { key: `${SECRET}1` })
    commitAt(repo, 9, { key: `${SECRET}2` })
    repo.git('rm', '-q', 'key')
    const removed = commitIndex(repo, 5)
    const { histories } = await attributeIn(repo, [blobOf(repo, `${SECRET}1`), blobOf(repo, `${SECRET}2`)])
    expect(historyOf([...histories.values()]).removed?.commit).toBe(removed)
  })

  it('a few trees that stand for a billion paths end soon, and say that not all are named', async () => {
    const repo = makeRepo()
    const blob = repo.tryGit(['hash-object', '-w', '--stdin'], { input: SECRET }).stdout.trim()
    const treeOf = (mode: string, type: string, oid: string) => {
      const input = Array.from({ length: 10 }, (_, i) => `${mode} ${type} ${oid}\t${i}\n`).join('')
      return repo.tryGit(['mktree'], { input }).stdout.trim()
    }
    let tree = treeOf('100644', 'blob', blob)
    for (let depth = 0; depth < 9; depth++) tree = treeOf('040000', 'tree', tree)
    const commit = repo.git('commit-tree', tree, '-m', 'bomb').trim()
    repo.git('update-ref', 'refs/heads/main', commit)
    const { histories, problems } = await attributeIn(repo, [blob])
    expect(problems).toMatchObject([{ code: 'W_MANY_PATHS' }])
    expect(histories.get(blob)!.introduced).toMatchObject([{ commit, path: '0/0/0/0/0/0/0/0/0/0' }])
    expect(histories.get(blob)!.paths).toContain('0/0/0/0/0/0/0/0/0/0')
  }, 30_000)

  it('33 and more blobs at once', async () => {
    const repo = makeRepo()
    const added: string[] = []
    for (let i = 0; i < 70; i++) added.push(commitAt(repo, i, { [`d${i % 7}/f${i}`]: `${SECRET}${i}` }))
    const blobs = added.map((_, i) => blobOf(repo, `${SECRET}${i}`))
    const { histories } = await attributeIn(repo, blobs)
    expect(blobs.map((blob) => ids(histories.get(blob)!.introduced))).toEqual(added.map((commit) => [commit]))
    expect(blobs.map((blob) => histories.get(blob)!.paths)).toEqual(added.map((_, i) => [`d${i % 7}/f${i}`]))
  })

  it('authors in other encodings, and broken dates', async () => {
    const repo = makeRepo()
    repo.write({ key: SECRET })
    repo.git('add', '-A')
    const tree = repo.git('write-tree').trim()
    const raw = (author: Buffer, time: string, encoding: string) =>
      repo
        .tryGit(['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], {
          input: Buffer.concat([
            Buffer.from(`tree ${tree}\nauthor `),
            author,
            Buffer.from(` <a@b> 1 +0000\ncommitter C <c@d> ${time}\n${encoding}\nm\n`),
          ]),
        })
        .stdout.trim()
    const a = raw(Buffer.from('Zoë'), '10 +0000', '')
    const b = raw(Buffer.from('Zo\xeb', 'latin1'), '20 +0000', '')
    const c = raw(Buffer.from([0xcf, 0xf0]), '99999999999999999999 +0000', 'encoding KOI8-R\n')
    const d = raw(Buffer.from('Zo\xeb', 'latin1'), 'soon', 'encoding nobody-knows\n')
    const history = await historyIn(repo)
    expect(history.introduced.map(({ commit, author, date }) => [commit, author, date])).toEqual([
      [d, 'Zoë <a@b>', '1970-01-01T00:00:00Z'],
      [a, 'Zoë <a@b>', '1970-01-01T00:00:10Z'],
      [b, 'Zoë <a@b>', '1970-01-01T00:00:20Z'],
      [c, 'оП <a@b>', '9999-12-31T23:59:59Z'],
    ])
  })
})

describe('what holds it', () => {
  it('a side branch only', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { a: 'a' })
    repo.git('switch', '-q', '-c', 'side')
    const added = commitAt(repo, 1, { key: SECRET })
    repo.git('switch', '-q', 'main')
    const history = await historyIn(repo)
    expect(history).toMatchObject({ atHead: false, refs: ['refs/heads/side'], unreachable: false })
    expect(ids(history.introduced)).toEqual([added])
    expect(historyOf([history]).removed).toBeNull()
  })

  it('tags only: light, annotated, a tag of a tag; of a tree and of a blob', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { a: 'a' })
    repo.git('switch', '-q', '-c', 'side')
    commitAt(repo, 1, { 'dir/key': SECRET })
    repo.git('tag', 'light')
    repo.git('tag', '-a', 'annotated', '-m', 't')
    repo.git('tag', '-a', 'nested', '-m', 't', 'annotated')
    repo.git('tag', '-a', 'nested-twice', '-m', 't', 'nested')
    repo.git('tag', '-a', 'tree', '-m', 't', 'HEAD:dir')
    repo.git('tag', 'light-tree', 'HEAD^{tree}')
    repo.git('tag', '-a', 'blob', '-m', 't', 'HEAD:dir/key')
    repo.git('tag', 'light-blob', 'HEAD:dir/key')
    repo.git('tag', 'other', 'main')
    repo.git('switch', '-q', 'main')
    repo.git('branch', '-q', '-D', 'side')
    const history = await historyIn(repo)
    const names = ['annotated', 'blob', 'light', 'light-blob', 'light-tree', 'nested', 'nested-twice', 'tree']
    expect(history.refs).toEqual(names.map((name) => `refs/tags/${name}`))
    expect(history.paths).toEqual(['dir/key', 'key'])
    expect(history.introduced[0]!.onBranch).toBe(false)
    expect(history.unreachable).toBe(false)
  })

  it('stashes: changed, staged and untracked files, older ones too, and no false removal', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { a: 'a', b: 'b' })
    repo.write({ a: SECRET })
    repo.git('stash', '-q')
    repo.write({ untracked: `${SECRET}u` })
    repo.git('stash', '-q', '-u')
    repo.write({ b: `${SECRET}s` })
    repo.git('add', 'b')
    repo.write({ b: 'changed again' })
    repo.git('stash', '-q')
    for (const [text, ref, path] of [
      [SECRET, 'refs/stash@{2}', 'a'],
      [`${SECRET}u`, 'refs/stash@{1}', 'untracked'],
      [`${SECRET}s`, 'refs/stash', 'b'],
    ] as const) {
      const history = await historyIn(repo, text)
      expect(history).toMatchObject({
        refs: [ref],
        paths: [path],
        removed: [],
        unreachable: false,
        atHead: false,
      })
      expect(history.introduced).toHaveLength(1)
    }
  })

  it('the reflog only', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { a: 'a' })
    const added = commitAt(repo, 1, { key: SECRET })
    repo.git('reset', '-q', '--hard', 'HEAD~')
    const history = await historyIn(repo)
    expect(history).toMatchObject({ refs: [], atHead: false, unreachable: false })
    expect(ids(history.introduced)).toEqual([added])
    repo.git('reflog', 'expire', '--expire=now', '--all')
    expect(await historyIn(repo)).toMatchObject({ refs: [], unreachable: true, paths: ['key'] })
  })

  it('unreachable: a left-over commit, a left-over tree, a blob alone', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { a: 'a' })
    repo.write({ 'dir/key': SECRET })
    repo.git('add', '-A')
    const tree = repo.git('write-tree').trim()
    expect(await historyIn(repo)).toMatchObject({ introduced: [], paths: ['dir/key'], unreachable: true })
    const loose = repo.git('commit-tree', tree, '-m', 'loose').trim()
    const history = await historyIn(repo)
    expect(history).toMatchObject({ refs: [], paths: ['dir/key'], unreachable: true })
    expect(ids(history.introduced)).toEqual([loose])
    repo.tryGit(['hash-object', '-w', '--stdin'], { input: 'alone' })
    expect(await historyIn(repo, 'alone')).toMatchObject({ paths: [], introduced: [], unreachable: true })
  })

  it('notes', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { a: 'a' })
    repo.git('notes', 'add', '-m', SECRET.trim())
    const history = await historyIn(repo)
    expect(history.refs).toEqual(['refs/notes/commits'])
    expect(history.paths).toEqual([repo.git('rev-parse', 'HEAD').trim()])
  })

  it('published: what a remote-tracking ref reaches, although its tip no longer holds it', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { key: SECRET })
    repo.git('rm', '-q', 'key')
    const removed = commitIndex(repo, 1)
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')
    repo.git('update-ref', 'refs/remotes/fork/topic/x', 'HEAD~')
    repo.git('switch', '-q', '--orphan', 'empty')
    repo.git('update-ref', 'refs/remotes/origin/empty', commitIndex(repo, 2))
    const history = await historyIn(repo)
    expect(history.published).toEqual(['fork/topic/x', 'origin/main'])
    expect(history.refs).toEqual(['refs/remotes/fork/topic/x'])
    repo.git('update-ref', '-d', 'refs/remotes/fork/topic/x')
    expect(historyOf([await historyIn(repo)])).toMatchObject({
      removed: { commit: removed },
      published: ['origin/main'],
    })
  })

  it('a detached HEAD, here and in another worktree', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { a: 'a' })
    repo.git('checkout', '-q', '--detach')
    commitAt(repo, 1, { key: SECRET })
    expect(await historyIn(repo)).toMatchObject({ atHead: true, refs: ['HEAD'] })
    const other = join(tempFolder(), 'tree')
    repo.git('worktree', 'add', '-q', '--detach', other)
    repo.git('switch', '-q', 'main')
    repo.git('reflog', 'expire', '--expire=now', '--all')
    const history = await historyIn(repo)
    expect(history).toMatchObject({ atHead: false, refs: ['worktrees/tree/HEAD'], unreachable: false })
    expect(history.introduced[0]!.onBranch).toBe(true)
    const there = repoAt(other).git('rev-parse', '--absolute-git-dir').trim()
    repo.git('checkout', '-q', '--detach')
    const { histories } = await attributeIn(repo, [blobOf(repo, SECRET)], there)
    expect([...histories.values()]).toMatchObject([{ atHead: true, refs: ['HEAD'] }])
    const { histories: of } = await attributeIn(repo, [blobOf(repo, 'a')], there)
    expect([...of.values()][0]!.refs).toEqual(['HEAD', 'main-worktree/HEAD', 'refs/heads/main'])
  })

  it('no commit yet, and a bare repository', async () => {
    const repo = makeRepo()
    repo.tryGit(['hash-object', '-w', '--stdin'], { input: SECRET })
    expect(await historyIn(repo)).toMatchObject({
      introduced: [],
      refs: [],
      atHead: false,
      unreachable: true,
    })
    commitAt(repo, 0, { key: SECRET })
    const bare = tempFolder()
    repo.git('clone', '-q', '--bare', repo.path, bare)
    const { histories } = await attributeIn(repo, [blobOf(repo, SECRET)], bare)
    expect([...histories.values()]).toMatchObject([{ atHead: true, refs: ['refs/heads/main'] }])
  })
})

describe('odd trees', () => {
  it('a SHA-256 repository', async () => {
    const repo = makeRepo({ format: 'sha256' })
    const added = commitAt(repo, 0, { 'dir/key': SECRET })
    const history = await historyIn(repo)
    expect(added).toHaveLength(64)
    expect(ids(history.introduced)).toEqual([added])
    expect(history).toMatchObject({ paths: ['dir/key'], atHead: true, refs: ['refs/heads/main'] })
  })

  it("a submodule's entry is no blob, even with the same id", async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { key: SECRET })
    const blob = blobOf(repo, SECRET)
    repo.git('update-index', '--add', '--cacheinfo', `160000,${blob},module`)
    commitIndex(repo, 1)
    expect(await historyIn(repo)).toMatchObject({ paths: ['key'], removed: [] })
  })

  it('links and programs count', async () => {
    const repo = makeRepo()
    commitAt(repo, 0, { a: 'a' })
    const blob = repo.tryGit(['hash-object', '-w', '--stdin'], { input: SECRET }).stdout.trim()
    repo.git('update-index', '--add', '--cacheinfo', `120000,${blob},link`)
    repo.git('update-index', '--add', '--cacheinfo', `100755,${blob},program`)
    commitIndex(repo, 1)
    expect((await historyIn(repo)).paths).toEqual(['link', 'program'])
  })

  it('paths that are not UTF-8, or hold spaces and line feeds', async () => {
    const repo = makeRepo()
    const blob = repo.tryGit(['hash-object', '-w', '--stdin'], { input: SECRET }).stdout.trim()
    const names = [
      Buffer.from('caf\xe9/k\xc3\xa9y', 'latin1'),
      Buffer.from('ö/ü'),
      Buffer.from(' a\nb'),
      Buffer.from(' /x'),
    ]
    const input = Buffer.concat(
      names.map((n) => Buffer.concat([Buffer.from(`100644 ${blob}\t`), n, Buffer.of(0)])),
    )
    repo.tryGit(['update-index', '-z', '--index-info'], { input })
    commitIndex(repo, 0)
    const { paths, introduced } = await historyIn(repo)
    expect(paths).toEqual([' a\nb', ' /x', 'caf\\351/k\\303\\251y', 'ö/ü'].sort())
    expect(introduced[0]!.path).toBe(' /x')
  })

  it("an id that stands by chance in other entries' bytes does not count", async () => {
    const repo = makeRepo()
    const real = commitAt(repo, 0, { 'z/key': SECRET })
    const id = Buffer.from(blobOf(repo, SECRET), 'hex')
    const blob = Buffer.from(
      repo.tryGit(['hash-object', '-w', '--stdin'], { input: 'x' }).stdout.trim(),
      'hex',
    )
    // Over the end of an id, the mode and the name of the next; and whole in a name, which can't hold a NUL.
    const entry = (name: Uint8Array, oid: Uint8Array) =>
      Buffer.concat([Buffer.from('100644 '), name, Buffer.of(0), oid])
    const fake = straddlingId(repo)
    const split = Buffer.concat([blob.subarray(0, 10), fake.raw.subarray(0, 10)])
    const across = Buffer.concat([
      entry(Buffer.from('a'), split),
      fake.raw.subarray(10, 20),
      Buffer.of(0),
      blob,
    ])
    const named = entry(Buffer.concat([Buffer.from('n'), id.includes(0) ? Buffer.from('-') : id]), blob)
    for (const bytes of [across, named]) {
      const tree = writeObject(repo, 'tree', bytes)
      repo.git('update-ref', `refs/heads/${tree}`, repo.git('commit-tree', tree, '-m', 'm').trim())
    }
    const { histories } = await attributeIn(repo, [blobOf(repo, SECRET), fake.oid])
    expect(histories.get(blobOf(repo, SECRET))).toMatchObject({ paths: ['z/key'] })
    expect(ids(histories.get(blobOf(repo, SECRET))!.introduced)).toEqual([real])
    expect(histories.get(fake.oid)).toMatchObject({ paths: [], introduced: [] })
  })

  it('replace refs and grafts are ignored', async () => {
    const repo = makeRepo()
    const root = commitAt(repo, 0, { a: 'a' })
    const added = commitAt(repo, 1, { key: SECRET })
    const later = commitAt(repo, 2, { b: 'b' })
    const clean = repo.git('commit-tree', `${root}^{tree}`, '-m', 'clean').trim()
    repo.git('replace', added, clean)
    writeFileSync(join(repo.path, '.git/info/grafts'), `${later}\n`)
    const blob = blobOf(repo, SECRET)
    const { histories } = await attributeIn(repo, [blob])
    expect(ids(histories.get(blob)!.introduced)).toEqual([added])
    expect(histories.get(blob)!.refs).toEqual(['refs/heads/main'])
  })

  it('a thousand folders deep', async () => {
    const repo = makeRepo()
    const blob = repo.tryGit(['hash-object', '-w', '--stdin'], { input: SECRET }).stdout.trim()
    const path = `${'d/'.repeat(1000)}key`
    repo.tryGit(['update-index', '--index-info'], { input: `100644 ${blob}\t${path}\n` })
    commitIndex(repo, 0)
    const history = await historyIn(repo)
    expect(history.paths).toEqual([path])
    expect(history.introduced[0]!.path).toBe(path)
  })
})

function writeObject(repo: Repo, type: string, bytes: Uint8Array): string {
  const done = repo.tryGit(['hash-object', '-t', type, '-w', '--literally', '--stdin'], { input: bytes })
  if (done.status !== 0) throw new Error(done.stderr)
  return done.stdout.trim()
}

/** The id of a blob, made so that its second half reads as the mode and name of a tree's entry. */
function straddlingId(repo: Repo): { oid: string; raw: Buffer } {
  // Such an id can't be found by trying; attribution only sees ids, so one is made up.
  const raw = Buffer.concat([
    Buffer.from(repo.git('rev-parse', 'HEAD').trim(), 'hex').subarray(0, 10),
    Buffer.from('100644 abc'),
  ])
  return { oid: raw.toString('hex'), raw }
}
