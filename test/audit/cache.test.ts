// A second audit tells what the first one told, and reads only what is new; anything odd about its memory: all of it.
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseState } from '../../src/audit/cache/state.ts'
import { unleak, unleakJson } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { makeRepo, type Repo, tempFolder } from '../helpers/repo.ts'

const LINE = (seed: number) => `OPENAI_API_KEY=${openaiKey('sk-proj-', 74, seed)}\n`
const ENV = { UNLEAK_NO_CACHE: '' }

function makeAudit(repo: Repo) {
  const folder = tempFolder()
  const known = new Map<string, ReturnType<typeof unleakJson>['report']>()
  /** The report of an audit without memory; made once for each state of the repository. */
  const freshReport = (args: readonly string[]) => {
    const key = [...args, repo.git('count-objects', '-v'), repo.git('for-each-ref')].join('\n')
    const report = known.get(key) ?? unleakJson(['audit', ...args], repo.path).report
    known.set(key, report)
    return report
  }
  const run = (args: readonly string[] = []) => {
    const { status, report } = unleakJson(['audit', '--cache-dir', folder, ...args], repo.path, { env: ENV })
    const fresh = freshReport(args)
    const { remembered, startedAt: _, durationMs: __, ...scan } = report.scan
    const { startedAt: ___, durationMs: ____, ...freshScan } = fresh.scan
    expect(report.findings).toEqual(fresh.findings)
    expect(scan).toEqual(freshScan)
    return { status, report, remembered: remembered?.objects }
  }
  const file = (end: string) => join(folder, readdirSync(folder).find((name) => name.endsWith(end))!)
  return { folder, run, file }
}

function makeHistory(): Repo {
  const repo = makeRepo()
  repo.commit({
    'a.env': LINE(1),
    'b.txt': 'x\n',
    'app.yml': `password: ${['Winter', '2031', '!x'].join('')}\n`,
  })
  repo.commit({ 'a.env': 'gone\n' }, `message\n\n${LINE(2)}`)
  for (let i = 0; i < 5; i++) repo.commit({ [`f${i}.txt`]: `${i}\nsecret_key = "changeme"\n` })
  repo.git('tag', '-a', '-m', `release ${LINE(3)}`, 'v1')
  return repo
}

describe('nothing new', () => {
  it.each([['loose'], ['packed']])('%s: the same report, nothing read but what holds secrets', (kind) => {
    const repo = makeHistory()
    if (kind === 'packed') repo.git('repack', '-adq')
    const { run } = makeAudit(repo)
    const first = run()
    expect([first.remembered, first.report.findings.length]).toEqual([undefined, 4])
    const second = run()
    expect(second.remembered).toBe(first.report.scan.counts.objects)
    expect(second.status).toBe(1)
  })

  it('refs that moved are told as they are now', () => {
    const repo = makeHistory()
    const { run } = makeAudit(repo)
    run()
    repo.git('branch', 'other', 'HEAD~6')
    const { report, remembered } = run()
    expect(remembered).toBe(report.scan.counts.objects)
    expect(report.findings.flatMap((f) => f.history?.refs ?? [])).toContain('refs/heads/other')
    repo.git('branch', '-D', 'other')
    expect(run().report.findings.flatMap((f) => f.history?.refs ?? [])).not.toContain('refs/heads/other')
  })

  it('a person sees what was not read again', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    const args = ['audit', '--cache-dir', tempFolder()]
    expect(unleak(args, repo.path, { env: ENV }).stdout).toMatch(/: no secrets\.\n$/)
    expect(unleak(args, repo.path, { env: ENV }).stdout).toMatch(/3 objects remembered from \d{4}-/)
    const again = unleak([...args, '--no-cache'], repo.path, { env: ENV })
    expect(again.stdout).not.toContain('remembered')
  })
})

describe('something new', () => {
  it('new objects are read, loose or in a pack; a gc is no news', () => {
    const repo = makeHistory()
    const { run } = makeAudit(repo)
    const objects = run().report.scan.counts.objects
    repo.commit({ 'new.env': LINE(4) })
    const added = run()
    expect([added.remembered, added.report.findings.length]).toEqual([objects, 5])
    repo.git('repack', '-adq', '--depth=50', '--window=50')
    expect(run().remembered).toBe(added.report.scan.counts.objects)
    repo.commit({ 'more.env': `more\n${LINE(4)}` })
    repo.git('repack', '-q')
    expect(run().report.findings.find((f) => f.places.length === 2)).toBeDefined()
  })

  it('objects that are gone: all is read again', () => {
    const repo = makeHistory()
    const { run } = makeAudit(repo)
    run()
    const blob = repo.git('rev-parse', 'HEAD:b.txt').trim()
    const path = join(repo.path, '.git/objects', blob.slice(0, 2), blob.slice(2))
    const bytes = readFileSync(path)
    rmSync(path, { force: true })
    const gone = run()
    expect([gone.status, gone.remembered]).toEqual([2, undefined])
    expect(gone.report.scan.problems.map((p) => [p.code, p.count])).toContainEqual(['E_OBJECT_MISSING', 1])
    expect(run().remembered).toBeGreaterThan(0) // told again, not read again
    writeFileSync(path, bytes)
    const back = run()
    expect([back.status, back.report.scan.state]).toEqual([1, 'complete'])
    expect(back.remembered).toBe(gone.report.scan.counts.objects)
  })

  it('other rules, or none of the memory wanted: all is read', () => {
    const repo = makeHistory()
    const { run } = makeAudit(repo)
    run()
    expect(run(['--only', 'openai']).remembered).toBeUndefined()
    expect(run(['--only', 'openai']).remembered).toBeGreaterThan(0)
    expect(run(['--no-cache']).remembered).toBeUndefined()
    expect(run().remembered).toBeGreaterThan(0)
  })
})

describe('a memory that can not be trusted', () => {
  it.each<[string, (text: string) => string]>([
    ['a count changed', (text) => text.replace(/"commits":\d+/, '"commits":1')],
    ['cut off', (text) => text.slice(0, 200)],
    ['empty', () => ''],
    ['no JSON', (text) => text.replace('{', '[')],
  ])('%s', (_, spoil) => {
    const repo = makeHistory()
    const { run, file } = makeAudit(repo)
    run()
    writeFileSync(file('.json'), spoil(readFileSync(file('.json'), 'utf8')))
    expect(run().remembered).toBeUndefined()
    expect(run().remembered).toBeGreaterThan(0)
  })

  it('a list of ids that was changed', () => {
    const repo = makeHistory()
    const { run, file } = makeAudit(repo)
    run()
    const ids = readFileSync(file('.ids'))
    ids[3]! ^= 1
    writeFileSync(file('.ids'), ids)
    repo.commit({ 'new.env': LINE(4) })
    expect(run().remembered).toBeUndefined()
  })

  it('a partial audit is not remembered', () => {
    const repo = makeHistory()
    const blob = repo.git('rev-parse', 'HEAD:b.txt').trim()
    const path = join(repo.path, '.git/objects', blob.slice(0, 2), blob.slice(2))
    chmodSync(path, 0o644)
    writeFileSync(path, 'no object')
    const { run, folder } = makeAudit(repo)
    expect(run().status).toBe(2)
    expect(readdirSync(folder)).toEqual([])
  })

  it('a folder that can not be written costs nothing but time', () => {
    const repo = makeHistory()
    const file = join(tempFolder(), 'file')
    writeFileSync(file, '')
    const run = unleak(['audit', '--cache-dir', join(file, 'below')], repo.path, { env: ENV })
    expect([run.status, run.stderr]).toEqual([1, ''])
  })
})

describe('what is written', () => {
  it('holds no secret, and not even the name of a file that holds one', () => {
    const repo = makeHistory()
    const key = openaiKey('sk-proj-', 74, 9)
    repo.commit({ [`${key}.txt`]: LINE(7), 'x.env': LINE(1) })
    repo.git('branch', `keys/${openaiKey('sk-proj-', 74, 8)}`)
    const { run, file } = makeAudit(repo)
    run()
    expect(run().remembered).toBeGreaterThan(0)
    const text = readFileSync(file('.json'), 'utf8')
    for (const seed of [1, 2, 3, 7, 8, 9]) expect(text).not.toContain(openaiKey('sk-proj-', 74, seed))
    expect(text).not.toContain('Winter')
    expect(parseState(text)?.hot.length).toBeGreaterThan(3)
  })

  it('goes to the own cache folder, not into the repository', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    const own = tempFolder()
    mkdirSync(own, { recursive: true })
    unleak(['audit'], repo.path, {
      env: { ...ENV, XDG_CACHE_HOME: own, NODE_DISABLE_COMPILE_CACHE: '1' },
    })
    expect(readdirSync(join(own, 'unleak'))).toHaveLength(1)
    expect(readdirSync(join(repo.path, '.git'))).not.toContain('unleak')
  })
})
