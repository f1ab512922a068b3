// `unleak push` behind a real pre-push hook and real remotes: what a push would publish, and nothing else.
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BIN, unleak, unleakJson } from '../helpers/cli.ts'
import { alnum, openaiKey } from '../helpers/keys.ts'
import { makeRepo, type Repo, repoAt, tempFolder } from '../helpers/repo.ts'

const KEY = openaiKey()
const LINE = `OPENAI_API_KEY=${KEY}\n`
const ZERO = '0'.repeat(40)

/** A repository with one commit, pushed to a bare remote `origin`. */
function clonePair(): { repo: Repo; remote: Repo } {
  const remote = makeRepo()
  remote.git('config', 'core.bare', 'true')
  const repo = makeRepo()
  repo.commit({ 'a.txt': 'base\n' }, 'base')
  repo.git('remote', 'add', 'origin', join(remote.path, '.git'))
  repo.git('push', '-q', '-u', 'origin', 'main')
  return { repo, remote }
}

function installHook(repo: Repo): void {
  const hook = join(repo.path, '.git/hooks/pre-push')
  mkdirSync(join(hook, '..'), { recursive: true })
  writeFileSync(hook, `#!/bin/sh\nexec "${process.execPath}" "${BIN}" push "$@" >&2\n`)
  chmodSync(hook, 0o755)
}

const head = (repo: Repo, name = 'HEAD') => repo.git('rev-parse', name).trim()

/** Runs `unleak push` with what git would give it. */
function push(repo: Repo, lines: string[], remote = 'origin') {
  const input = lines.map((line) => `${line}\n`).join('')
  const { status, report, stderr } = unleakJson(['push', remote, 'url'], repo.path, { input })
  const places = report.findings.flatMap((f) => f.places.map((p) => `${p.path ?? p.tag ?? p.kind}:${p.line}`))
  return { status, places, report, stderr, counts: report.scan.counts }
}

describe('a real push', () => {
  it('is blocked with a key in a commit, and goes through when the commit is rewritten', () => {
    const { repo, remote } = clonePair()
    installHook(repo)
    repo.commit({ 'src/a.env': LINE }, 'add config')
    const commit = head(repo)
    const blocked = repo.tryGit(['push', 'origin', 'main'])
    expect(blocked.status).toBe(1)
    expect(blocked.stderr).toContain('unleak stopped this push: 1 secret in what it would publish.')
    expect(blocked.stderr).toContain('src/a.env:1:16')
    expect(blocked.stderr).toContain(`git rebase -i -r ${commit.slice(0, 12)}^`)
    expect(blocked.stderr + blocked.stdout).not.toContain(KEY)
    expect(head(remote, 'main')).toBe(head(repo, 'HEAD~1'))
    repo.commit({ 'src/a.env': 'none\n' }, 'take it out')
    expect(repo.tryGit(['push', 'origin', 'main']).status).toBe(1)
    repo.git('reset', '-q', '--soft', 'origin/main')
    repo.git('commit', '-q', '-m', 'config')
    const allowed = repo.tryGit(['push', 'origin', 'main'])
    expect(allowed).toMatchObject({ status: 0, stderr: expect.stringContaining('1 commit, 1 blob') })
    expect(head(remote, 'main')).toBe(head(repo))
  })

  it('of what the remote has already says that there is nothing', () => {
    const { repo } = clonePair()
    installHook(repo)
    repo.git('branch', 'same')
    const done = repo.tryGit(['push', 'origin', 'same'])
    expect(done).toMatchObject({ status: 0, stderr: expect.stringContaining('0 commits, nothing to scan') })
    expect(repo.tryGit(['push', 'origin', '--delete', 'same'])).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('nothing to push but deletions'),
    })
  })

  it('is let through unscanned with UNLEAK_SKIP=1, and says so', () => {
    const { repo } = clonePair()
    installHook(repo)
    repo.commit({ 'a.env': LINE })
    const done = repo.tryGit(['push', 'origin', 'main'], { env: { UNLEAK_SKIP: '1' } })
    expect(done).toMatchObject({ status: 0, stderr: expect.stringContaining('this push is not checked') })
  })

  it('to a path, with no remote of that name and no tracking refs at all: everything', () => {
    const repo = makeRepo()
    const remote = makeRepo()
    remote.git('config', 'core.bare', 'true')
    repo.commit({ 'a.env': LINE }, 'first')
    repo.commit({ 'a.env': 'none\n' }, 'second')
    installHook(repo)
    expect(repo.tryGit(['push', join(remote.path, '.git'), 'main'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('a.env:1:16'),
    })
  })
})

describe('which commits are published', () => {
  it('an existing branch: what the remote does not have, a merge of its other branches left out', () => {
    const { repo } = clonePair()
    repo.git('checkout', '-q', '-b', 'topic')
    repo.commit({ 'topic.txt': 'x\n' })
    repo.git('push', '-q', 'origin', 'topic')
    const before = head(repo)
    repo.git('checkout', '-q', 'main')
    repo.commit({ 'main.env': LINE })
    repo.git('push', '-q', 'origin', 'main')
    repo.git('checkout', '-q', 'topic')
    repo.git('merge', '-q', '--no-edit', 'main')
    repo.commit({ 'topic.txt': 'y\n' })
    const run = push(repo, [`refs/heads/topic ${head(repo)} refs/heads/topic ${before}`])
    expect(run).toMatchObject({ status: 0, places: [], counts: { commits: 2 } })
  })

  it('a new branch: what no tracking ref of this remote reaches', () => {
    const { repo } = clonePair()
    repo.git('update-ref', 'refs/remotes/backup/main', repo.commit({ 'a.env': LINE }))
    repo.commit({ 'b.txt': 'x\n' })
    const line = `refs/heads/new ${head(repo)} refs/heads/new ${ZERO}`
    // origin does not have what only `backup` has; of a remote that nothing is known of, all remotes count.
    expect(push(repo, [line])).toMatchObject({ status: 1, places: ['a.env:1'], counts: { commits: 2 } })
    expect(push(repo, [line], 'backup')).toMatchObject({ status: 0, counts: { commits: 1 } })
    expect(push(repo, [line], 'https://example.org/r')).toMatchObject({ status: 0, counts: { commits: 1 } })
  })

  it('a remote id that is not here counts as new', () => {
    const { repo } = clonePair()
    repo.commit({ 'a.env': LINE })
    const line = `refs/heads/main ${head(repo)} refs/heads/main ${'ab'.repeat(20)}`
    expect(push(repo, [line])).toMatchObject({ status: 1, counts: { commits: 1 } })
  })

  it('several refs at once, a deletion among them', () => {
    const { repo } = clonePair()
    const base = head(repo)
    const one = repo.commit({ 'one.env': LINE })
    repo.git('checkout', '-q', '-b', 'other', base)
    const two = repo.commit({ 'two.env': `X=${openaiKey('sk-proj-', 74, 7)}\n` })
    const run = push(repo, [
      `refs/heads/main ${one} refs/heads/main ${base}`,
      `(delete) ${ZERO} refs/heads/old ${base}`,
      `refs/heads/other ${two} refs/heads/other ${ZERO}`,
    ])
    expect(run).toMatchObject({ status: 1, counts: { commits: 2 } })
    expect(run.places.sort()).toEqual(['one.env:1', 'two.env:1'])
    expect(run.report.scan.target).toBe('main, other → origin')
  })

  it('nothing on stdin: nothing to push; nonsense: an error', () => {
    const { repo } = clonePair()
    expect(unleak(['push', 'origin', 'u'], repo.path)).toMatchObject({
      status: 0,
      stdout: 'unleak: nothing to push, nothing to scan.\n',
    })
    expect(unleak(['push', 'origin', 'u'], repo.path, { input: 'hello\n' })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('not what git gives a pre-push hook'),
    })
  })

  it('a local id that can’t be read stops the push', () => {
    const { repo } = clonePair()
    const input = `refs/heads/x ${'cd'.repeat(20)} refs/heads/x ${ZERO}\n`
    expect(unleak(['push', 'origin', 'u'], repo.path, { input })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('could not be read, so nothing was scanned'),
    })
  })
})

describe('tags and other refs', () => {
  it('the message of an annotated tag, of a tag of a tag too', () => {
    const { repo } = clonePair()
    repo.git('tag', '-a', 'v1', '-m', `release\n\n${LINE}`)
    repo.git('tag', '-a', 'v2', '-m', 'outer', 'v1')
    const run = push(repo, [`refs/tags/v2 ${head(repo, 'v2')} refs/tags/v2 ${ZERO}`])
    expect(run).toMatchObject({ status: 1, places: ['v2:3'], counts: { commits: 0, objects: 2 } })
    expect(run.report.findings[0]!.places[0]).toMatchObject({ kind: 'tag', tag: 'v2' })
    const input = `refs/tags/v2 ${head(repo, 'v2')} refs/tags/v2 ${ZERO}\n`
    const text = unleak(['push', 'origin', 'u'], repo.path, { input }).stdout
    expect(text).toContain('message of tag v2:3:16')
    expect(text).toContain('git tag -f -a v2 v2^{}')
  })

  it('a tag that reaches commits nobody has; a tag of a blob; notes', () => {
    const { repo } = clonePair()
    repo.git('checkout', '-q', '--detach')
    repo.commit({ 'a.env': LINE })
    repo.git('tag', 'light')
    expect(push(repo, [`refs/tags/light ${head(repo, 'light')} refs/tags/light ${ZERO}`])).toMatchObject({
      status: 1,
      places: ['a.env:1'],
    })
    const blob = repo.tryGit(['hash-object', '-w', '--stdin'], { input: LINE }).stdout.trim()
    repo.git('tag', '-a', 'blob', '-m', 'key', blob)
    expect(push(repo, [`refs/tags/blob ${head(repo, 'blob')} refs/tags/blob ${ZERO}`])).toMatchObject({
      status: 1,
      places: ['history:1'],
    })
    repo.git('notes', 'add', '-m', LINE, 'main')
    const notes = head(repo, 'refs/notes/commits')
    expect(push(repo, [`refs/notes/commits ${notes} refs/notes/commits ${ZERO}`])).toMatchObject({
      status: 1,
      places: [expect.stringMatching(/^[0-9a-f]{40}:1$/)],
    })
  })
})

describe('what a commit adds', () => {
  const range = (repo: Repo, from = 'origin/main') => [
    `refs/heads/main ${head(repo)} refs/heads/main ${head(repo, from)}`,
  ]

  it('added and removed again inside the range; the place says who, when and where', () => {
    const { repo } = clonePair()
    const added = repo.commit({ 'a.txt': `base\n${LINE}` })
    repo.commit({ 'a.txt': 'base\n' })
    const run = push(repo, range(repo))
    expect(run).toMatchObject({ status: 1, counts: { commits: 2, blobs: 2 } })
    expect(run.report.findings[0]!.places).toEqual([
      expect.objectContaining({
        kind: 'history',
        path: 'a.txt',
        line: 2,
        commit: added,
        blob: head(repo, `${added}:a.txt`),
        author: 'Ada <ada@example.org>',
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      }),
    ])
  })

  it('only added lines: an old key in a file that is edited, renamed or copied-and-deleted is not new', () => {
    const repo = makeRepo()
    repo.commit({ 'a.env': LINE, 'b.txt': 'x\n' })
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    repo.commit({ 'a.env': `${LINE}other=1\n` })
    repo.git('mv', 'a.env', 'moved.env')
    repo.commit({ 'b.txt': 'y\n' })
    expect(push(repo, range(repo))).toMatchObject({ status: 0, places: [], counts: { commits: 2 } })
    expect(
      unleak(['push', 'origin', 'u', '--all-lines'], repo.path, { input: `${range(repo)[0]}\n` }).status,
    ).toBe(1)
    repo.commit({ 'copy.env': LINE })
    expect(push(repo, range(repo)).places).toEqual(['copy.env:1'])
  })

  it('a merge: what its resolution alone brings in; not what a parent has', () => {
    const { repo } = clonePair()
    repo.git('checkout', '-q', '-b', 'side')
    repo.commit({ 'a.txt': 'side\n', 'side.env': LINE })
    repo.git('update-ref', 'refs/remotes/origin/side', 'HEAD')
    repo.git('checkout', '-q', 'main')
    repo.commit({ 'a.txt': 'main\n' })
    repo.tryGit(['merge', 'side'])
    const evil = openaiKey('sk-proj-', 74, 9)
    repo.write({ 'a.txt': `both\nK=${evil}\n`, 'new.env': `K=${evil}\n` })
    repo.git('add', '-A')
    repo.git('commit', '-q', '-m', 'merge')
    const run = push(repo, range(repo))
    expect(run.places).toEqual(['a.txt:2', 'new.env:1'])
    expect(run.report.findings[0]!.places[0]!.commit).toBe(head(repo))
  })

  it('a merge that carries a change along a rename adds no line', () => {
    const { repo } = clonePair()
    const body = Array.from({ length: 40 }, (_, i) => `line ${i}\n`).join('')
    repo.commit({ 'old.txt': body })
    repo.git('push', '-q', 'origin', 'main')
    repo.git('checkout', '-q', '-b', 'topic')
    repo.git('mv', 'old.txt', 'new.txt')
    repo.commit({ 'new.txt': `${body}tail\n` })
    repo.git('checkout', '-q', 'main')
    repo.commit({ 'old.txt': LINE + body })
    repo.git('push', '-q', 'origin', 'main')
    repo.git('checkout', '-q', 'topic')
    repo.git('merge', '-q', '--no-edit', 'main')
    expect(repo.git('show', 'HEAD:new.txt')).toContain(KEY)
    const run = push(repo, [`refs/heads/topic ${head(repo)} refs/heads/topic ${ZERO}`])
    expect(run).toMatchObject({ status: 0, places: [], counts: { commits: 2 } })
  })

  it('commit messages, UTF-16, links, odd names, and files that attributes call binary', () => {
    const { repo } = clonePair()
    repo.write({
      '.gitattributes': '*.env -diff -text binary\n',
      'b.env': LINE,
      'wide.txt': Buffer.from(`\ufeff${LINE}`, 'utf16le'),
      'tab\tand\nline 日本.txt': LINE,
    })
    repo.git('add', '-A')
    repo.git('commit', '-q', '-m', `subject\n\nthe key is ${KEY}`)
    const run = push(repo, range(repo))
    expect(run.places).toEqual(['message:3', 'b.env:1', 'tab\tand\nline 日本.txt:1', 'wide.txt:1'])
    expect(run.report.findings[0]!.places[0]).toMatchObject({ kind: 'message', commit: head(repo) })
  })

  it('the first commit of all, and one that is not connected to the rest', () => {
    const { repo } = clonePair()
    repo.git('checkout', '-q', '--orphan', 'fresh')
    repo.commit({ 'a.env': LINE })
    const line = `refs/heads/fresh ${head(repo)} refs/heads/fresh ${ZERO}`
    expect(push(repo, [line])).toMatchObject({ status: 1, places: ['a.env:1'], counts: { commits: 1 } })
  })

  it('one blob in many commits and paths is read once, and found on every path', () => {
    const { repo } = clonePair()
    repo.commit({ 'a.env': LINE })
    repo.commit({ 'b.env': LINE })
    repo.commit({ 'a.env': 'none\n' })
    repo.commit({ 'a.env': LINE })
    const run = push(repo, range(repo))
    expect(run.places).toEqual(['a.env:1', 'a.env:1', 'b.env:1'])
    expect(run.counts).toMatchObject({ commits: 4, blobs: 2 })
  })

  it('names submodules, scans .gitmodules, leaves out ignored paths', () => {
    const { repo } = clonePair()
    const commit = head(repo)
    repo.write({
      '.gitmodules': `[submodule "s"]\n\tpath = s\n\turl = https://user:${alnum(24)}@git.example.com/x\n`,
    })
    repo.git('update-index', '--add', '--cacheinfo', `160000,${commit},s`)
    repo.git('add', '.gitmodules')
    repo.git('commit', '-q', '-m', 'submodule')
    const run = push(repo, range(repo))
    expect(run.report.scan.problems).toEqual([{ code: 'W_SUBMODULE', count: 1, examples: ['s'] }])
    expect(run.places).toEqual(['.gitmodules:3'])
    repo.commit({ 'fixtures/a.env': LINE })
    const input = `${range(repo)[0]}\n`
    const args = ['push', 'origin', 'u', '--ignore-path', 'fixtures/**', '--ignore-path', '.gitmodules']
    expect(unleak(args, repo.path, { input })).toMatchObject({ status: 0 })
  })
})

describe('what can’t be read', () => {
  const corrupt = (repo: Repo, id: string) =>
    rmSync(join(repo.path, '.git/objects', id.slice(0, 2), id.slice(2)), { force: true })

  it('a missing blob: the rest is scanned, exit 2', () => {
    const { repo } = clonePair()
    repo.commit({ 'a.txt': 'gone\n', 'b.env': LINE })
    corrupt(repo, head(repo, 'HEAD:a.txt'))
    const run = push(repo, [`refs/heads/main ${head(repo)} refs/heads/main ${head(repo, 'origin/main')}`])
    expect(run).toMatchObject({ status: 2, places: ['b.env:1'], report: { scan: { state: 'partial' } } })
    expect(run.report.scan.problems).toMatchObject([{ code: 'E_OBJECT_MISSING', count: 1 }])
  })

  it('a missing tree: the commits before and after it are scanned, exit 2', () => {
    const { repo } = clonePair()
    repo.commit({ 'a.env': LINE })
    repo.commit({ 'dir/x.txt': 'x\n' })
    const tree = head(repo, 'HEAD:dir')
    repo.git('rm', '-q', '-r', 'dir')
    repo.git('commit', '-q', '-m', 'rm')
    const gone = head(repo)
    repo.commit({ 'b.env': `K=${openaiKey('sk-proj-', 74, 5)}\n` })
    corrupt(repo, tree)
    const run = push(repo, [`refs/heads/main ${head(repo)} refs/heads/main ${head(repo, 'origin/main')}`])
    expect(run).toMatchObject({ status: 2, places: ['a.env:1', 'b.env:1'] })
    expect(run.report.scan.problems[0]).toMatchObject({
      code: 'E_OBJECT_MISSING',
      count: 2,
      examples: expect.arrayContaining([`files of commit ${gone}`]),
    })
  })

  it('a partial clone without its blobs or trees: each is counted, exit 2', () => {
    const { repo } = clonePair()
    repo.git('config', 'uploadpack.allowFilter', 'true')
    for (let i = 0; i < 3; i++) repo.commit({ [`f${i}.txt`]: `${i}\n` }, `key ${i}`)
    for (const filter of ['blob:none', 'tree:0']) {
      const partial = repoAt(join(tempFolder(), 'clone'))
      makeRepo().git(
        'clone',
        '-q',
        `--filter=${filter}`,
        '--no-checkout',
        `file://${repo.path}`,
        partial.path,
      )
      const line = `refs/heads/main ${head(partial, 'main')} refs/heads/main ${head(partial, 'main~3')}`
      partial.git('update-ref', 'refs/remotes/origin/main', 'main~3')
      const run = push(partial, [line])
      expect(run).toMatchObject({ status: 2, counts: { commits: 3, blobs: 0 } })
      expect(run.report.scan.problems.map((p) => [p.code, p.count])).toEqual([['E_OBJECT_MISSING', 3]])
    }
  })

  it('a shallow clone whose history ends inside the range: exit 2, with what to do', () => {
    const { repo } = clonePair()
    for (let i = 0; i < 3; i++) repo.commit({ 'a.txt': `${i}\n` })
    const shallow = repoAt(join(tempFolder(), 'clone'))
    makeRepo().git('clone', '-q', '--depth', '2', `file://${repo.path}`, shallow.path)
    shallow.git('update-ref', '-d', 'refs/remotes/origin/main')
    shallow.git('update-ref', '-d', 'refs/remotes/origin/HEAD')
    shallow.commit({ 'b.env': LINE })
    const line = `refs/heads/main ${head(shallow)} refs/heads/main ${ZERO}`
    const run = push(shallow, [line])
    expect(run).toMatchObject({ status: 2, places: ['b.env:1'] })
    expect(run.report.scan.problems).toMatchObject([{ code: 'E_SHALLOW', message: 'git fetch --unshallow' }])
    expect(unleak(['push', 'o', 'u'], shallow.path, { input: `${line}\n` }).stdout).toContain(
      'git fetch --unshallow',
    )
  })

  it('outside a repository', () => {
    const input = `refs/heads/x ${'cd'.repeat(20)} refs/heads/x ${ZERO}\n`
    expect(unleak(['push', 'o', 'u'], tempFolder(), { input })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('not in a git repository'),
    })
  })
})

it('runs nothing of the repository', () => {
  const { repo } = clonePair()
  const trap = join(repo.path, 'trap')
  const touch = `sh -c 'touch ${trap}'`
  repo.write({ '.gitattributes': '* diff=evil filter=evil\n' })
  for (const key of [
    'diff.external',
    'diff.evil.command',
    'diff.evil.textconv',
    'core.pager',
    'core.fsmonitor',
    'filter.evil.smudge',
  ])
    repo.git('config', key, touch)
  repo.tryGit(['-c', 'core.fsmonitor=false', 'commit', '-q', '--allow-empty', '-m', 'x'])
  rmSync(trap, { force: true })
  const line = `refs/heads/main ${head(repo)} refs/heads/main ${ZERO}`
  expect(push(repo, [line]).status).toBe(0)
  expect(existsSync(trap)).toBe(false)
})

it('an address with a password in it is not shown', () => {
  const { repo } = clonePair()
  const address = `https://ada:${alnum(20)}@git.example.org/r`
  const run = push(repo, [`refs/heads/new ${head(repo)} refs/heads/new ${ZERO}`], address)
  expect(run.report.scan.target).toBe('new → https://git.example.org/r')
})

it('a SHA-256 repository', () => {
  const repo = makeRepo({ format: 'sha256' })
  repo.commit({ 'a.env': LINE })
  const line = `refs/heads/main ${head(repo)} refs/heads/main ${'0'.repeat(64)}`
  expect(push(repo, [line])).toMatchObject({ status: 1, places: ['a.env:1'] })
})

it('some thousand commits, streamed', () => {
  const repo = makeRepo()
  const stream = Array.from({ length: 2500 }, (_, i) => {
    const text = i === 1700 ? LINE : `line ${i}\n`
    return `commit refs/heads/main\ncommitter Ada <ada@example.org> ${1_700_000_000 + i} +0000\ndata 2\nc\n\nM 100644 inline f${i % 50}.txt\ndata ${Buffer.byteLength(text)}\n${text}\n`
  }).join('')
  expect(repo.tryGit(['fast-import', '--quiet'], { input: stream }).status).toBe(0)
  const run = push(repo, [`refs/heads/main ${head(repo, 'main')} refs/heads/main ${ZERO}`])
  expect(run).toMatchObject({ status: 1, places: ['f0.txt:1'], counts: { commits: 2500, blobs: 2500 } })
})
