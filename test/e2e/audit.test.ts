// `unleak audit` finds what is planted anywhere in a repository, and says rightly since when, until when and where.
import { chmodSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unleak, unleakJson } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { makeRepo, type Repo, repoAt, tempFolder } from '../helpers/repo.ts'

const KEY = openaiKey()
const LINE = `OPENAI_API_KEY=${KEY}\n`

/** The one finding of an audit; both readers must tell the same. */
function audit(repo: Repo, args: string[] = []) {
  const { status, report } = unleakJson(['audit', ...args], repo.path)
  const withGit = unleakJson(['audit', '--with-git', ...args], repo.path)
  expect(withGit.report.findings).toEqual(report.findings)
  expect(withGit.report.scan.counts).toEqual(report.scan.counts)
  return { status, report, finding: report.findings[0], places: report.findings[0]?.places ?? [] }
}

const where = (places: readonly { path?: string; line: number; column: number }[]) =>
  places.map((p) => `${p.path}:${p.line}:${p.column}`)

describe('what a repository may hold a secret in', () => {
  it('added, then removed', () => {
    const repo = makeRepo()
    const first = repo.commit({ 'a.txt': 'x\n' })
    const added = repo.commit({ 'deep/a.env': `x=1\n${LINE}` })
    const removed = repo.commit({ 'deep/a.env': 'x=1\n' })
    const { status, finding, places, report } = audit(repo)
    expect(status).toBe(1)
    expect(where(places)).toEqual(['deep/a.env:2:16'])
    expect(places[0]).toMatchObject({
      kind: 'history',
      commit: added,
      author: expect.stringContaining('Ada'),
    })
    expect(finding?.history).toMatchObject({
      introduced: { commit: added },
      removed: { commit: removed },
      atHead: false,
      refs: [],
    })
    expect(report.scan.counts).toMatchObject({ commits: 3, blobs: 3 })
    expect(first).not.toBe(added)
  })

  it('a shallow clone says where it ends, with and without findings', () => {
    const upstream = makeRepo()
    upstream.commit({ 'a.txt': 'x\n' })
    const last = upstream.commit({ 'a.txt': 'y\n' })
    const clone = (name: string) => {
      const folder = join(tempFolder(), name)
      upstream.git('clone', '-q', '--depth=1', `file://${upstream.path}`, folder)
      return audit(repoAt(folder))
    }
    const clean = clone('clean')
    expect(clean.status).toBe(0)
    expect(clean.report.scan.problems).toMatchObject([{ code: 'W_SHALLOW', count: 1, examples: [last] }])
    upstream.commit({ 'a.txt': LINE })
    const { status, report } = clone('found')
    expect(status).toBe(1)
    expect(report.scan.problems.map(({ code }) => code)).toEqual(['W_SHALLOW'])
  })

  it('still at HEAD, published, renamed', () => {
    const upstream = makeRepo()
    const added = upstream.commit({ 'old.env': LINE })
    upstream.git('mv', 'old.env', 'new.env')
    upstream.git('commit', '-q', '-m', 'rename')
    const folder = join(tempFolder(), 'clone')
    upstream.git('clone', '-q', upstream.path, folder)
    const { finding, places } = audit(repoAt(folder))
    expect(where(places)).toEqual(['new.env:1:16', 'old.env:1:16'])
    expect(finding?.history).toMatchObject({
      introduced: { commit: added },
      removed: null,
      atHead: true,
      published: expect.arrayContaining(['origin/main']),
    })
    expect(finding?.history?.refs).toEqual(
      expect.arrayContaining(['refs/heads/main', 'refs/remotes/origin/main']),
    )
  })

  it('an evil merge: content that only the merge brought', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'base\n' })
    repo.git('checkout', '-q', '-b', 'side')
    repo.commit({ 'b.txt': 'side\n' })
    repo.git('checkout', '-q', 'main')
    repo.commit({ 'c.txt': 'main\n' })
    repo.git('merge', '-q', '--no-commit', 'side')
    const merge = repo.commit({ 'evil.env': LINE }, 'merge')
    const { finding, places } = audit(repo)
    expect(places[0]).toMatchObject({ path: 'evil.env', commit: merge })
    expect(finding?.history).toMatchObject({ introduced: { commit: merge }, atHead: true })
  })

  it('a side branch only, a tag only', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    repo.git('checkout', '-q', '-b', 'side')
    repo.commit({ 'a.env': LINE })
    repo.git('checkout', '-q', 'main')
    expect(audit(repo).finding?.history).toMatchObject({ atHead: false, refs: ['refs/heads/side'] })
    repo.git('tag', '-a', '-m', 'release', 'v1', 'side')
    repo.git('branch', '-q', '-D', 'side')
    expect(audit(repo).finding?.history).toMatchObject({ atHead: false, refs: ['refs/tags/v1'] })
  })

  it('a stash, the reflog, nothing at all', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    repo.write({ 'a.txt': LINE })
    repo.git('stash', '-q')
    expect(where(audit(repo).places)).toEqual(['a.txt:1:16'])
    repo.git('stash', 'drop', '-q')
    expect(where(audit(repo).places)).toEqual(['a.txt:1:16'])
    const other = makeRepo()
    other.commit({ 'a.txt': 'x\n' })
    other.commit({ 'b.env': LINE })
    other.git('reset', '-q', '--hard', 'HEAD~1')
    expect(where(audit(other).places)).toEqual(['b.env:1:16'])
    const blob = makeRepo()
    blob.commit({ 'a.txt': 'x\n' })
    blob.tryGit(['hash-object', '-w', '--stdin'], { input: LINE })
    const { status, places } = audit(blob)
    expect({ status, line: places[0]?.line, path: places[0]?.path }).toEqual({
      status: 1,
      line: 1,
      path: undefined,
    })
  })

  it('notes, a commit message, a tag message', () => {
    const repo = makeRepo()
    const commit = repo.commit({ 'a.txt': 'x\n' }, `subject\n\nbody ${KEY}`)
    const inMessage = audit(repo)
    expect(inMessage.places[0]).toMatchObject({ kind: 'message', commit, line: 3, column: 6 })
    expect(inMessage.finding?.history).toMatchObject({
      introduced: { commit },
      atHead: true,
      refs: ['refs/heads/main'],
    })
    const tagged = makeRepo()
    tagged.commit({ 'a.txt': 'x\n' })
    tagged.git('tag', '-a', '-m', `release ${KEY}`, 'v1')
    const inTag = audit(tagged)
    const by = { tag: 'v1', author: 'Ada <ada@example.org>', date: expect.stringMatching(/^20.+Z$/) }
    expect(inTag.places[0]).toMatchObject({ kind: 'tag', line: 1, column: 9, ...by })
    expect(inTag.finding?.history).toMatchObject({ removed: null, refs: ['refs/tags/v1'] })
    const noted = makeRepo()
    noted.commit({ 'a.txt': 'x\n' })
    noted.git('notes', 'add', '-m', KEY)
    expect(audit(noted).finding?.history?.refs).toEqual(['refs/notes/commits'])
  })

  it('a commit message, and every ref that keeps the commit', () => {
    const repo = makeRepo()
    const before = repo.commit({ 'a.txt': 'x\n' })
    const commit = repo.commit({ 'a.txt': 'y\n' }, `with ${KEY}`)
    repo.git('branch', 'side')
    repo.git('branch', 'older', before)
    repo.git('tag', 'light')
    repo.git('tag', '-a', '-m', 'one', 'first')
    repo.git('tag', '-a', '-m', 'a tag of a tag', 'second', 'first')
    repo.git('tag', 'earlier', before)
    repo.git('update-ref', 'refs/remotes/origin/main', commit)
    repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')
    writeFileSync(join(repo.path, 'a.txt'), 'z\n')
    repo.git('stash')
    repo.commit({ 'a.txt': 'later\n' })
    const { finding } = audit(repo)
    expect(finding?.history).toMatchObject({
      introduced: { commit },
      removed: null,
      atHead: true,
      published: ['origin/main'],
    })
    const refs = [
      'heads/main',
      'heads/side',
      'remotes/origin/main',
      'stash',
      'tags/first',
      'tags/light',
      'tags/second',
    ]
    expect(finding?.history?.refs).toEqual(refs.map((name) => `refs/${name}`))
    repo.git('checkout', '-q', '--detach', before)
    expect(audit(repo).finding?.history?.atHead).toBe(false)
  })

  it.each<[string, Uint8Array | string]>([
    ['binary', Buffer.concat([Buffer.from([0, 1, 2, 255]), Buffer.from(LINE), Buffer.from([0])])],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(LINE, 'utf16le')])],
    ['CRLF', `x=1\r\n${LINE.trim()}\r\n`],
    ['base64', `data: ${Buffer.from(LINE).toString('base64')}\n`],
    ['a long line', `${'ab '.repeat(7_000_000)}${KEY}`],
    ['a large file', `${'some words on a line\n'.repeat(5_000_000)}${LINE}`],
  ])('%s', (_, content) => {
    const repo = makeRepo()
    repo.commit({ 'a.bin': content })
    repo.git('repack', '-q', '-a', '-d')
    const { status, report } = unleakJson(['audit'], repo.path)
    expect([status, report.findings.length]).toEqual([1, 1])
  })

  it('a link target, the URL of a submodule', () => {
    const repo = makeRepo()
    symlinkSync(KEY, join(repo.path, 'link'))
    repo.commit({ 'a.txt': 'x\n' })
    expect(where(audit(repo).places)).toEqual(['link:1:1'])
    const other = makeRepo()
    const url = `https://ci:${openaiKey('sk-proj-', 74, 9)}@git.example.org/x.git`
    other.commit({ '.gitmodules': `[submodule "x"]\n\tpath = x\n\turl = ${url}\n` })
    expect(audit(other).places[0]).toMatchObject({ path: '.gitmodules', line: 3 })
  })

  it('a delta whose halves come from different edits', () => {
    const repo = makeRepo()
    const body = Array.from({ length: 400 }, (_, i) => `line ${i} of a file that is long enough\n`)
    const version = (middle: string) => [...body.slice(0, 200), middle, ...body.slice(200)].join('')
    repo.commit({ 'a.txt': version('') })
    repo.commit({ 'a.txt': version(`${KEY.slice(0, 80)}\n`) })
    repo.commit({ 'a.txt': version(`${KEY}\n`) })
    for (let i = 0; i < 5; i++) repo.commit({ 'a.txt': version(`${KEY}\n`) + `end ${i}\n`.repeat(i + 1) })
    repo.git('repack', '-q', '-a', '-d', '-f', '--depth=50', '--window=50')
    const { finding } = audit(repo)
    expect(finding?.secret.length).toBe(KEY.length)
    expect(new Set(finding?.places.map((p) => p.blob)).size).toBe(6)
  })
})

describe('repositories of all kinds', () => {
  it('bare, a worktree, alternates, SHA-256, loose and packed', () => {
    const repo = makeRepo()
    repo.commit({ 'a.env': LINE })
    const bare = join(tempFolder(), 'bare.git')
    repo.git('clone', '-q', '--bare', repo.path, bare)
    expect(audit(repoAt(bare)).status).toBe(1)
    const linked = join(tempFolder(), 'linked')
    repo.git('worktree', 'add', '-q', '-b', 'linked', linked)
    expect(audit(repoAt(linked)).status).toBe(1)
    const shared = join(tempFolder(), 'shared')
    repo.git('clone', '-q', '--shared', repo.path, shared)
    expect(audit(repoAt(shared)).status).toBe(1)
    const sha256 = makeRepo({ format: 'sha256' })
    sha256.commit({ 'a.env': LINE })
    sha256.commit({ 'b.txt': 'x\n' })
    expect(audit(sha256).finding?.places[0]?.blob).toHaveLength(64)
    sha256.git('gc', '-q')
    expect(audit(sha256).finding?.history).toMatchObject({ atHead: true })
  })

  it('any number of jobs tells the same', () => {
    const repo = makeRepo()
    for (let i = 0; i < 12; i++)
      repo.commit({ [`f${i}.env`]: `n=${i}\n${LINE}${openaiKey('sk-proj-', 74, i)}\n` })
    repo.git('repack', '-q', '-a', '-d')
    const one = unleakJson(['audit', '--jobs', '1'], repo.path).report.findings
    expect(unleakJson(['audit', '--jobs', '3'], repo.path).report.findings).toEqual(one)
    expect(one).toHaveLength(12)
  })

  it('a missing blob is counted; the rest is scanned; exit 2', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'one\n', 'b.txt': 'two\n', 'c.env': LINE })
    for (const name of ['a.txt', 'b.txt']) {
      const blob = repo.git('rev-parse', `HEAD:${name}`).trim()
      rmSync(join(repo.path, '.git/objects', blob.slice(0, 2), blob.slice(2)), { force: true })
    }
    const { status, report } = unleakJson(['audit'], repo.path)
    expect(status).toBe(2)
    expect(report.scan.state).toBe('partial')
    expect(report.scan.problems.find((p) => p.code === 'E_OBJECT_MISSING')?.count).toBe(2)
    expect(report.findings).toHaveLength(1)
  })

  it('a damaged pack is told, never green', () => {
    const repo = makeRepo()
    for (let i = 0; i < 6; i++) repo.commit({ 'a.txt': `${i}\n`.repeat(2000), [`b${i}.txt`]: `${i}` })
    repo.git('repack', '-q', '-a', '-d')
    const folder = join(repo.path, '.git/objects/pack')
    const pack = join(folder, readdirSync(folder).find((name) => name.endsWith('.pack'))!)
    const bytes = readFileSync(pack)
    bytes.fill(0, 100, 400)
    chmodSync(pack, 0o644)
    writeFileSync(pack, bytes)
    const { status, report } = unleakJson(['audit'], repo.path)
    expect(status).toBe(2)
    expect(report.scan.state).toBe('partial')
  })

  it('an empty repository, and no repository', () => {
    const empty = unleak(['audit'], makeRepo().path)
    expect(empty.status).toBe(0)
    expect(empty.stdout).toContain('nothing to scan')
    expect(unleak(['audit'], tempFolder()).status).toBe(2)
    expect(unleak(['audit', 'nope'], tempFolder()).status).toBe(2)
  })

  it('nothing of the repository is run', () => {
    const repo = makeRepo()
    repo.commit({ 'a.env': LINE, '.gitattributes': '* diff=x filter=x\n' })
    const proof = join(repo.path, 'ran')
    const keys = [
      'core.fsmonitor',
      'diff.external',
      'diff.x.textconv',
      'diff.x.command',
      'filter.x.clean',
      'filter.x.smudge',
      'core.pager',
      'core.sshCommand',
      'core.editor',
      'gpg.program',
      'uploadpack.packObjectsHook',
      'alias.rev-parse',
    ]
    for (const key of keys) repo.git('config', key, `touch "${proof}"; true`)
    repo.git('config', 'core.hooksPath', join(repo.path, 'evil'))
    writeFileSync(join(repo.path, 'included'), `[core]\n\tfsmonitor = "touch ${proof}"\n`)
    repo.git('config', 'includeIf.gitdir:/.path', join(repo.path, 'included'))
    rmSync(proof, { force: true })
    expect(audit(repo).status).toBe(1)
    expect(() => rmSync(proof)).toThrow('ENOENT')
  })
})
