// `unleak staged` in every situation git can put a commit in: what it reads is what the commit would record.
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BIN, unleak, unleakJson } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { makeRepo, type Repo, repoAt, tempFolder } from '../helpers/repo.ts'

const KEY = openaiKey()
const LINE = `OPENAI_API_KEY=${KEY}\n`

function stagedPlaces(repo: Repo, env: NodeJS.ProcessEnv = {}, args: string[] = []) {
  const { status, report } = unleakJson(['staged', ...args], repo.path, { env })
  const places = report.findings.flatMap((f) => f.places.map((p) => `${p.path}:${p.line}:${p.column}`))
  return { status, places, report }
}

/** Installs the built hook for real, as plain git does. */
function installHook(repo: Repo): void {
  const hook = join(repo.path, repo.git('rev-parse', '--git-path', 'hooks').trim(), 'pre-commit')
  mkdirSync(join(hook, '..'), { recursive: true })
  writeFileSync(hook, `#!/bin/sh\nexec "${process.execPath}" "${BIN}" staged\n`)
  chmodSync(hook, 0o755)
}

describe('what the commit would record', () => {
  it('first commit: everything in the index', () => {
    const repo = makeRepo()
    repo.write({ 'a.env': LINE, 'b.txt': 'nothing\n' })
    repo.git('add', '-A')
    const { status, places, report } = stagedPlaces(repo)
    expect(status).toBe(1)
    expect(places).toEqual(['a.env:1:16'])
    expect(report.scan.counts.files).toBe(2)
  })

  it('the index, not the working copy, in both directions', () => {
    const repo = makeRepo()
    repo.commit({ 'a.env': 'x=1\n' })
    repo.write({ 'a.env': LINE })
    expect(stagedPlaces(repo)).toMatchObject({ status: 0, places: [] })
    repo.git('add', '-A')
    repo.write({ 'a.env': 'x=1\n' })
    expect(stagedPlaces(repo)).toMatchObject({ status: 1, places: ['a.env:1:16'] })
  })

  it('only lines that HEAD does not have, unless asked', () => {
    const repo = makeRepo()
    repo.commit({ 'a.env': LINE })
    repo.write({ 'a.env': `${LINE}other=1\n` })
    repo.git('add', '-A')
    expect(stagedPlaces(repo)).toMatchObject({ status: 0, places: [] })
    expect(stagedPlaces(repo, {}, ['--all-lines'])).toMatchObject({ status: 1, places: ['a.env:1:16'] })
  })

  it('amend: what HEAD does not have', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'one\n' })
    repo.commit({ 'a.txt': 'two\n' })
    installHook(repo)
    repo.write({ 'a.txt': `two\n${LINE}` })
    repo.git('add', '-A')
    const done = repo.tryGit(['commit', '--amend', '--no-edit'])
    expect(done.status).toBe(1)
    expect(done.stderr).toContain('a.txt:2:16')
  })

  it('a merge in progress: a key that only the resolution brings in', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'base\n' })
    repo.git('checkout', '-q', '-b', 'side')
    repo.commit({ 'a.txt': 'side\n' })
    repo.git('checkout', '-q', 'main')
    repo.commit({ 'a.txt': 'main\n' })
    expect(repo.tryGit(['merge', 'side']).status).toBe(1)
    const conflicted = unleak(['staged'], repo.path)
    expect(conflicted.status).toBe(2)
    expect(conflicted.stdout + conflicted.stderr).toContain('a.txt')
    repo.write({ 'a.txt': LINE })
    repo.git('add', '-A')
    expect(stagedPlaces(repo)).toMatchObject({ status: 1, places: ['a.txt:1:16'] })
  })

  it('rename with an edit, and rename alone', () => {
    const repo = makeRepo()
    const body = Array.from({ length: 30 }, (_, i) => `line ${i}\n`).join('')
    repo.commit({ 'old.txt': body, 'kept.env': LINE })
    repo.git('mv', 'old.txt', 'new.txt')
    repo.write({ 'new.txt': body + LINE })
    repo.git('add', '-A')
    expect(stagedPlaces(repo)).toMatchObject({ status: 1, places: ['new.txt:31:16'] })
    repo.git('reset', '-q', '--hard')
    repo.git('mv', 'kept.env', 'moved.env')
    expect(stagedPlaces(repo)).toMatchObject({ status: 0, places: [] })
  })

  it('type change: a file becomes a symbolic link whose target is a secret, and back', () => {
    const repo = makeRepo()
    repo.commit({ link: 'text\n' })
    rmSync(join(repo.path, 'link'))
    symlinkSync(KEY, join(repo.path, 'link'))
    repo.git('add', '-A')
    expect(stagedPlaces(repo)).toMatchObject({ status: 1, places: ['link:1:1'] })
    repo.git('commit', '-q', '-m', 'link')
    rmSync(join(repo.path, 'link'))
    repo.write({ link: LINE })
    repo.git('add', '-A')
    expect(stagedPlaces(repo)).toMatchObject({ status: 1, places: ['link:1:16'] })
  })

  it('mode change alone adds no line', () => {
    const repo = makeRepo()
    repo.commit({ 'run.sh': LINE })
    repo.git('update-index', '--chmod=+x', 'run.sh')
    const { status, places, report } = stagedPlaces(repo)
    expect({ status, places, files: report.scan.counts.files }).toEqual({ status: 0, places: [], files: 1 })
  })

  it('a submodule is named, not scanned', () => {
    const inner = makeRepo()
    inner.commit({ 'a.txt': 'x\n' })
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'sub')
    const { status, report } = stagedPlaces(repo)
    expect(status).toBe(0)
    expect(report.scan.problems).toEqual([{ code: 'W_SUBMODULE', count: 1, examples: ['sub'] }])
  })

  it('intent to add records nothing', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    repo.write({ 'new.env': LINE })
    repo.git('add', '-N', 'new.env')
    expect(stagedPlaces(repo)).toMatchObject({ status: 0, places: [] })
  })

  it('nothing staged is said, not called clean', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    const { status, stdout } = unleak(['staged'], repo.path)
    expect(status).toBe(0)
    expect(stdout).toContain('0 files staged')
  })
})

describe('inside a real commit', () => {
  it('git commit -a and git commit PATH use the index that git prepared', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n', 'b.txt': 'x\n' })
    installHook(repo)
    repo.write({ 'a.txt': `x\n${LINE}` })
    expect(repo.tryGit(['commit', '-q', '-a', '-m', 'all'])).toMatchObject({ status: 1 })
    expect(repo.tryGit(['commit', '-q', '-m', 'path', '--', 'a.txt'])).toMatchObject({ status: 1 })
    repo.write({ 'b.txt': 'y\n' })
    expect(repo.tryGit(['commit', '-q', '-m', 'other path', '--', 'b.txt'])).toMatchObject({ status: 0 })
  })

  it('GIT_INDEX_FILE', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    repo.write({ 'a.env': LINE })
    const env = { GIT_INDEX_FILE: join(repo.path, '.git', 'other-index') }
    repo.tryGit(['read-tree', 'HEAD'], { env })
    repo.tryGit(['add', 'a.env'], { env })
    expect(stagedPlaces(repo, env)).toMatchObject({ status: 1, places: ['a.env:1:16'] })
    expect(stagedPlaces(repo)).toMatchObject({ status: 0, places: [] })
  })

  it('a linked worktree', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    const folder = join(tempFolder(), 'a linked tree')
    repo.git('worktree', 'add', '-q', '-b', 'linked', folder)
    const linked = repoAt(folder)
    linked.write({ 'a.env': LINE })
    linked.git('add', '-A')
    expect(stagedPlaces(linked)).toMatchObject({ status: 1, places: ['a.env:1:16'] })
    expect(stagedPlaces(repo)).toMatchObject({ status: 0 })
  })

  it('from a sub-folder, and with a separate git directory', () => {
    const repo = makeRepo()
    repo.write({ 'deep/er/a.env': LINE })
    repo.git('add', '-A')
    const { status, report } = unleakJson(['staged'], join(repo.path, 'deep'))
    expect([status, report.findings[0]?.places[0]?.path]).toEqual([1, 'deep/er/a.env'])
    const elsewhere = join(tempFolder(), 'git dir')
    renameSync(join(repo.path, '.git'), elsewhere)
    writeFileSync(join(repo.path, '.git'), `gitdir: ${elsewhere}\n`)
    expect(stagedPlaces(repo)).toMatchObject({ status: 1 })
  })

  it('a SHA-256 repository, first commit and second', () => {
    const repo = makeRepo({ format: 'sha256' })
    repo.write({ 'a.env': LINE })
    repo.git('add', '-A')
    expect(stagedPlaces(repo)).toMatchObject({ status: 1, places: ['a.env:1:16'] })
    repo.git('commit', '-q', '-m', 'one')
    repo.write({ 'b.env': LINE })
    repo.git('add', '-A')
    const { places, report } = stagedPlaces(repo)
    expect(places).toEqual(['b.env:1:16'])
    expect(report.findings[0]?.places[0]?.blob).toHaveLength(64)
  })
})

describe('names', () => {
  const names = [
    'with space.env',
    'quo"te\'s.env',
    'new\nline.env',
    '-leading.env',
    'tab\t.env',
    'ünïcode.env',
    '$(touch x).env',
  ]
  it.each(names)('%j', (name) => {
    const repo = makeRepo()
    repo.write({ [name]: LINE })
    repo.git('add', '-A')
    expect(stagedPlaces(repo)).toMatchObject({ status: 1, places: [`${name}:1:16`] })
    const { stdout } = unleak(['staged'], repo.path)
    expect(stdout).not.toMatch(/^line\.env/m)
  })

  it('bytes that are not UTF-8', () => {
    const repo = makeRepo()
    repo.write({ 'x.env': LINE })
    const blob = repo.git('hash-object', '-w', 'x.env').trim()
    const entry = Buffer.concat([
      Buffer.from(`100644 ${blob}\tcaf`),
      Buffer.from([0xe9]),
      Buffer.from('.env\0'),
    ])
    expect(repo.tryGit(['update-index', '-z', '--index-info'], { input: entry }).status).toBe(0)
    expect(stagedPlaces(repo)).toMatchObject({ status: 1, places: ['caf\\351.env:1:16'] })
  })
})

describe('nothing the repository says changes what is read', () => {
  it.each([
    ['-diff', '* -diff\n'],
    ['binary', '* binary\n'],
    ['textconv', '* diff=hide\n'],
    ['filter', '* filter=hide\n'],
    ['working-tree-encoding', '* working-tree-encoding=UTF-16\n'],
  ])('attribute %s', (_, attributes) => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    const proof = join(repo.path, 'ran')
    for (const key of [
      'diff.hide.textconv',
      'diff.hide.command',
      'diff.external',
      'core.fsmonitor',
      'core.pager',
    ]) {
      repo.git('config', key, `touch "${proof}"; true`)
    }
    repo.git('config', 'core.hooksPath', join(repo.path, 'evil'))
    const blob = repo
      .tryGit(['hash-object', '-w', '--stdin', '--no-filters'], { input: `x\n${LINE}` })
      .stdout.trim()
    repo.git('update-index', '--cacheinfo', `100644,${blob},a.txt`)
    repo.write({ '.gitattributes': attributes })
    repo.git('config', 'diff.noprefix', 'true')
    repo.git('config', 'diff.renames', 'copies')
    repo.git('config', 'diff.ignoreSubmodules', 'all')
    repo.git('config', 'diff.orderFile', '/does/not/exist')
    repo.git('config', 'core.quotePath', 'true')
    rmSync(proof, { force: true })
    expect(stagedPlaces(repo)).toMatchObject({ status: 1, places: ['a.txt:2:16'] })
    expect(() => rmSync(proof)).toThrow('ENOENT')
  })

  it('a replace ref does not hide the staged blob', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    repo.write({ 'a.txt': LINE })
    repo.git('add', '-A')
    const blob = repo.git('rev-parse', ':a.txt').trim()
    const harmless = repo.tryGit(['hash-object', '-w', '--stdin'], { input: 'harmless\n' }).stdout.trim()
    repo.git('replace', blob, harmless)
    expect(stagedPlaces(repo)).toMatchObject({ status: 1, places: ['a.txt:1:16'] })
  })
})

describe('content', () => {
  it.each<[string, Uint8Array, string]>([
    ['CRLF', Buffer.from(`x=1\r\n${LINE.trim()}\r\n`), '2:16'],
    [
      'UTF-16 with a mark',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`x\n${LINE}`, 'utf16le')]),
      '2:16',
    ],
    ['UTF-16 big endian', Buffer.from(`\ufeffx\n${LINE}`, 'utf16le').swap16(), '2:16'],
    ['UTF-16 without a mark', Buffer.from(`hello\n${LINE}`, 'utf16le'), '2:16'],
    [
      'NUL bytes around',
      Buffer.concat([Buffer.from([0, 1, 2, 0]), Buffer.from(LINE), Buffer.from([0, 0])]),
      '1:20',
    ],
    ['wide characters before it on the line', Buffer.from(`"日本語😀" ${KEY}\n`), '1:9'],
    ['no line feed at the end', Buffer.from(KEY), '1:1'],
  ])('%s', (_, bytes, place) => {
    const repo = makeRepo()
    repo.write({ 'a.bin': bytes })
    repo.git('-c', 'core.autocrlf=false', 'add', '-A')
    expect(stagedPlaces(repo)).toMatchObject({ status: 1, places: [`a.bin:${place}`] })
  })

  it('a change of line endings adds nothing', () => {
    const repo = makeRepo()
    repo.commit({ 'a.env': `x=1\r\n${LINE.trim()}\r\n` })
    repo.write({ 'a.env': `x=1\n${LINE}` })
    repo.git('add', '-A')
    expect(stagedPlaces(repo)).toMatchObject({ status: 0 })
  })

  it('a large file, and a long line', () => {
    const repo = makeRepo()
    repo.write({
      'big.txt': `${'a b c d e f\n'.repeat(7_000_000)}${LINE}`,
      'line.txt': `${'x '.repeat(1_000_000)}${KEY}`,
    })
    repo.git('add', '-A')
    const { status, places } = stagedPlaces(repo)
    expect({ status, places }).toEqual({ status: 1, places: ['big.txt:7000001:16', 'line.txt:1:2000001'] })
  })
})

describe('a hook that can not scan blocks with exit 2 and says why', () => {
  it('a staged object is missing', () => {
    const repo = makeRepo()
    repo.write({ 'a.txt': 'x\n', 'b.env': LINE })
    repo.git('add', '-A')
    const blob = repo.git('rev-parse', ':a.txt').trim()
    rmSync(join(repo.path, '.git/objects', blob.slice(0, 2), blob.slice(2)), { force: true })
    const { status, places, report } = stagedPlaces(repo)
    expect({ status, places }).toEqual({ status: 2, places: ['b.env:1:16'] })
    expect(report.scan).toMatchObject({
      state: 'partial',
      problems: [{ code: 'E_OBJECT_MISSING', count: 1 }],
    })
  })

  it('a staged object is corrupt: everything else is still scanned', () => {
    const repo = makeRepo()
    repo.write({ 'a.txt': 'x\n', 'b.env': LINE, 'c.env': `second=1\n${LINE}` })
    repo.git('add', '-A')
    const blob = repo.git('rev-parse', ':a.txt').trim()
    const file = join(repo.path, '.git/objects', blob.slice(0, 2), blob.slice(2))
    chmodSync(file, 0o644)
    writeFileSync(file, 'not zlib')
    const { status, report } = stagedPlaces(repo)
    expect(status).toBe(2)
    expect(report.scan.state).toBe('partial')
    expect(report.findings.flatMap((f) => f.places.map((p) => p.path))).toEqual(['b.env', 'c.env'])
    expect(unleak(['staged'], repo.path).stdout).toContain('a.txt')
  })

  it('the configuration is broken', () => {
    const repo = makeRepo()
    repo.write({ 'a.txt': 'x\n', 'unleak.config.json': '{ "skpi": ["openai"] }' })
    repo.git('add', '-A')
    expect(unleak(['staged'], repo.path)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('skpi'),
    })
    repo.write({ 'unleak.config.json': '{ broken' })
    expect(unleak(['staged'], repo.path)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('unleak.config.json'),
    })
  })

  it('git is missing', () => {
    const repo = makeRepo()
    repo.write({ 'a.txt': 'x\n' })
    const { status, stderr } = unleak(['staged'], repo.path, { env: { PATH: tempFolder() } })
    expect(status).toBe(2)
    expect(stderr).toContain('git was not found')
  })

  it('not in a repository', () => {
    const { status, stderr } = unleak(['staged'], tempFolder())
    expect(status).toBe(2)
    expect(stderr).toContain('not in a git repository')
  })

  it('HEAD is broken', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    repo.write({ 'b.env': LINE })
    repo.git('add', '-A')
    writeFileSync(join(repo.path, '.git/refs/heads/main'), `${'1'.repeat(40)}\n`)
    expect(unleak(['staged'], repo.path).status).toBe(2)
  })
})

describe('bypass', () => {
  it('UNLEAK_SKIP=1 lets the commit through and says so', () => {
    const repo = makeRepo()
    repo.write({ 'a.env': LINE })
    repo.git('add', '-A')
    const { status, stderr } = unleak(['staged'], repo.path, { env: { UNLEAK_SKIP: '1' } })
    expect(status).toBe(0)
    expect(stderr).toContain('UNLEAK_SKIP=1')
    expect(stderr).toContain('nothing was scanned')
  })

  it('UNLEAK_SKIP=openai leaves out those rules only', () => {
    const repo = makeRepo()
    repo.write({ 'a.env': LINE })
    repo.git('add', '-A')
    const { report } = stagedPlaces(repo, { UNLEAK_SKIP: 'openai' })
    expect(report.findings.map((f) => f.provider)).not.toContain('openai')
  })
})
