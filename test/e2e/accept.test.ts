// What people accept: the ignore file with its ends and leftovers, and the baseline.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BIN, unleak, unleakJson } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { atTerminal, hasTerminal, KEYS } from '../helpers/pty.ts'
import { cleanEnv, makeRepo, tempFolder } from '../helpers/repo.ts'

const line = (seed: number) => `OPENAI_API_KEY=${openaiKey('sk-proj-', 74, seed)}\n`
const entry = (id: string, more = '') => `  - id: ${id}\n    reason: because\n${more}`
const NOBODY = '0123456789abcdef'

describe('the ignore file', () => {
  const repo = makeRepo()
  repo.commit({ 'a.env': line(1) })
  const id = unleakJson(['scan', '.'], repo.path).report.findings[0]!.id
  const ignores = (text: string) => repo.write({ 'unleak.ignore.yaml': `ignore:\n${text}` })
  const codes = (args: string[]) =>
    unleakJson(args, repo.path).report.scan.problems.map(({ code, count }) => `${code} ${count}`)

  it('an audit tells entries that hide nothing, and --strict-ignores fails on them', () => {
    ignores(entry(id) + entry(NOBODY))
    expect(codes(['audit'])).toEqual(['W_IGNORE_UNUSED 1'])
    expect(unleak(['audit'], repo.path)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        `1 entry of the ignore file hides nothing that is still there:\\s+${NOBODY}`,
      ),
    })
    expect(unleak(['audit', '--strict-ignores'], repo.path)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--strict-ignores'),
    })
    ignores(entry(id))
    expect(unleak(['audit', '--strict-ignores'], repo.path).status).toBe(0)
  })

  it('a scan of today’s files sends to the audit; a part of them, and the hook, say nothing', () => {
    ignores(entry(id) + entry(NOBODY))
    expect(codes(['scan', '.'])).toEqual(['W_IGNORE_NOT_SEEN 1'])
    expect(unleak(['scan', '.', '--strict-ignores'], repo.path)).toMatchObject({
      status: 0,
      stdout: expect.not.stringContaining('Note'),
    })
    expect(unleak(['scan', '.', '-v'], repo.path).stdout).toContain("hides nothing in today's files")
    expect(codes(['scan', 'a.env'])).toEqual([])
    expect(codes(['audit', '--skip', 'anthropic'])).toEqual([])
    expect(codes(['staged'])).toEqual([])
  })

  it('an entry that ended is told where it would have counted, and everywhere when that is strict', () => {
    ignores(entry(id, '    until: 2020-01-01\n    owner: ada\n'))
    const audit = unleakJson(['audit'], repo.path)
    expect(audit).toMatchObject({ status: 1, report: { findings: [{ id }] } })
    expect(audit.report.scan.problems).toMatchObject([
      { code: 'W_IGNORE_EXPIRED', examples: [`${id} (until 2020-01-01, ada)`] },
    ])
    expect(unleak(['audit', '--strict-ignores'], repo.path).status).toBe(2)
    expect(codes(['staged'])).toEqual([])
    expect(codes(['staged', '--strict-ignores'])).toEqual(['W_IGNORE_EXPIRED 1'])
    expect(unleak(['staged', '--strict-ignores'], repo.path).status).toBe(2)
  })
})

describe('the baseline', () => {
  const repo = makeRepo()
  repo.commit({ 'old.env': line(1), 'other.env': line(2) })
  const made = unleak(['baseline', 'update'], repo.path)
  const file = join(repo.path, 'unleak.baseline.jsonl')
  const ids = unleakJson(['scan', '.'], repo.path).report.findings.map((finding) => finding.id)
  const audit = (...args: string[]) => unleakJson(['audit', '--baseline', file, ...args], repo.path)

  it('is a sorted line for each place, without a secret', () => {
    expect(made).toMatchObject({ status: 0, stdout: expect.stringContaining('2 secrets found (2 critical)') })
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    expect(lines[0]).toBe('{"schema":"unleak-baseline/1"}')
    expect(lines.slice(1)).toEqual(lines.slice(1).sort())
    const entries = lines.slice(1).map((text) => JSON.parse(text) as { id: string; path: string })
    expect(entries.map((each) => each.id).sort()).toEqual([...ids].sort())
    expect(readFileSync(file, 'utf8')).not.toContain(openaiKey('sk-proj-', 74, 1).slice(8, 30))
  })

  it('holds what it knows, in audit, scan and hook, and the summary says so', () => {
    expect(audit()).toMatchObject({ status: 0, report: { findings: [] } })
    expect(unleak(['scan', '.', '--baseline', file], repo.path)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/: no new secrets; 2 held by the baseline\.\n$/),
    })
    repo.write({ 'old.env': `# moved\n\n\nX=1\n  ${line(1)}` })
    repo.git('add', 'old.env')
    expect(unleak(['staged'], repo.path).status).toBe(1)
    expect(unleak(['staged', '--baseline', file], repo.path).status).toBe(0)
  })

  it('a known secret at a new place is reported, with the new place only', () => {
    repo.write({ 'copy.env': line(1) })
    const { report, status } = unleakJson(['scan', '.', '--baseline', file], repo.path)
    expect(status).toBe(1)
    expect(report.findings).toMatchObject([
      {
        places: [{ path: 'copy.env' }],
        evidence: expect.arrayContaining([expect.stringContaining('new place')]),
      },
    ])
    expect(report.scan.dropped).toContainEqual({ reason: 'held by the baseline', count: 1 })
  })

  it('a renamed file is the same place everywhere; a copy beside it is a new one', () => {
    const repo = makeRepo()
    const filler = Array.from({ length: 20 }, (_, i) => `SETTING_${i}=${i}\n`).join('')
    repo.commit({ 'conf/old.env': filler + line(31) })
    unleak(['baseline', 'update'], repo.path)
    const status = (...args: string[]) =>
      unleak([...args, '--baseline', 'unleak.baseline.jsonl'], repo.path).status
    repo.git('mv', 'conf/old.env', 'conf/new.env')
    repo.write({ 'conf/new.env': `# moved\n${filler}${line(31)}` })
    repo.git('add', '-A')
    expect([status('staged', '--all-lines'), status('scan', '.')]).toEqual([0, 0])
    const before = repo.git('rev-parse', 'HEAD').trim()
    repo.commit({}, 'rename')
    expect([status('audit'), status('scan', '.'), status('ci', '--range', `${before}..HEAD`)]).toEqual([
      0, 0, 0,
    ])
    repo.commit({ 'copy.env': line(31) })
    const { report } = unleakJson(['audit', '--baseline', 'unleak.baseline.jsonl'], repo.path)
    expect(report.findings.map(({ places }) => places.map(({ path }) => path))).toEqual([['copy.env']])
    // The old name again: one file more than the baseline knows.
    repo.git('rm', '-q', 'copy.env')
    repo.commit({ 'conf/old.env': filler + line(31) })
    expect(status('scan', '.')).toBe(1)
  })

  it('below the top of the repository the places are the same', () => {
    repo.write({ 'sub/deep.env': line(7) })
    const plain = unleakJson(['scan', 'deep.env'], join(repo.path, 'sub')).report.findings[0]!
    writeFileSync(join(repo.path, 'r.json'), unleak(['scan', '.', '--format', 'json'], repo.path).stdout)
    unleak(['baseline', 'update', 'r.json', '--baseline', 'deep.jsonl'], repo.path)
    expect(plain.places[0]!.path).toBe('deep.env')
    expect(unleak(['scan', 'deep.env', '--baseline', '../deep.jsonl'], join(repo.path, 'sub')).status).toBe(0)
  })

  it('survives a merge that takes the lines of both sides, in any order, and names a broken line', () => {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    const mixed = join(repo.path, 'mixed.jsonl')
    writeFileSync(mixed, [...lines.toReversed(), lines[1]].join('\r\n'))
    expect(unleak(['audit', '--baseline', mixed], repo.path).status).toBe(0)
    writeFileSync(mixed, `${lines[0]}\n<<<<<<< ours\n`)
    expect(unleak(['audit', '--baseline', mixed], repo.path)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('mixed.jsonl:2: a merge conflict'),
    })
  })

  it('prune takes out what is gone, and nothing after a partial scan', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'a.env'), line(1))
    writeFileSync(join(folder, 'b.env'), line(2))
    unleak(['baseline', 'update'], folder)
    writeFileSync(join(folder, 'b.env'), 'X=1\n')
    const config = { env: { UNLEAK_BASELINE: 'unleak.baseline.jsonl' } }
    expect(unleak(['scan', '.'], folder, config).stdout).toContain(
      '1 entry of the baseline is no longer there',
    )
    expect(unleak(['baseline', 'prune', '--dry-run'], folder).stdout).toContain('1 entry taken out, 1 left')
    expect(unleak(['baseline', 'prune'], folder).status).toBe(0)
    expect(readFileSync(join(folder, 'unleak.baseline.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(2)
    // Outside git all is seen: as many new places as old ones are gone are a file that moved.
    writeFileSync(join(folder, 'a.env'), 'X=1\n')
    writeFileSync(join(folder, 'renamed.env'), line(1))
    expect(unleak(['scan', '.'], folder, config).status).toBe(0)
    expect(existsSync(join(folder, 'unleak.baseline.jsonl'))).toBe(true)
  })
})

describe('unleak review', () => {
  const repo = makeRepo()
  repo.commit({ 'a.env': line(21), 'b.env': line(22) })
  const findings = unleakJson(['audit'], repo.path).report.findings
  const [first, second] = findings.map(({ id }) => id)
  const ignoreFile = join(repo.path, 'unleak.ignore.yaml')
  writeFileSync(ignoreFile, `# kept: why we accept things\nignore:\n  # an old friend\n${entry(NOBODY)}`)

  it('without a terminal and without flags it says which flags answer', () => {
    expect(unleak(['review'], repo.path)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--answer ID=false-alarm'),
    })
    expect(unleak(['review', '--all', 'low=maybe'], repo.path).stderr).toContain(
      '=real, =false-alarm, =accepted',
    )
    expect(unleak(['review', '--answer', `${first}=accepted`], repo.path).stderr).toContain('needs --reason')
    expect(readFileSync(ignoreFile, 'utf8').match(/- id/g)).toHaveLength(1)
  })

  it.skipIf(!hasTerminal())('at a terminal it shows the line, without the secret', async () => {
    const argv = [process.execPath, BIN, 'review', '--ignore-file', 'other.yaml']
    const answers = [['What is it?', KEYS.escape]] as const
    const run = await atTerminal(argv, answers, { cwd: repo.path, env: cleanEnv({ TERM: 'xterm' }) })
    expect(run.screen).toMatch(
      /1 of 2: OpenAI project API key[\s\S]*a\.env:1:16[\s\S]*1 \| OPENAI_API_KEY=sk-proj-…/,
    )
    expect(run.screen).not.toContain(openaiKey('sk-proj-', 74, 21).slice(8, 30))
    expect(run.screen).toContain('0 accepted, 0 real, 2 still open')
  })

  it('writes the answers, keeps comments, and tells what is open', () => {
    const report = join(repo.path, 'report.json')
    writeFileSync(report, unleak(['audit', '--format', 'json'], repo.path).stdout)
    const args = ['review', 'report.json', '--answer', `${first}=false-alarm`, '--reason', 'a mock']
    expect(unleak([...args, '--dry-run'], repo.path).stdout).toContain(`open ${second}`)
    expect(unleak(args, repo.path)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('1 accepted (in unleak.ignore.yaml: commit it), 0 real, 1 still open'),
    })
    const text = readFileSync(ignoreFile, 'utf8')
    expect(text).toContain('# kept: why we accept things')
    expect(text).toContain('# an old friend')
    expect(text).toMatch(new RegExp(`- id: "?${first}"?\\n    reason: a mock\\n    answer: false-alarm\\n`))
    const rest = ['review', '--all', 'openai=accepted', '--reason', 'until the move', '--until', '2099-01-31']
    expect(unleak(rest, repo.path)).toMatchObject({ status: 0 })
    expect(readFileSync(ignoreFile, 'utf8')).toContain('until: 2099-01-31')
    expect(unleak(['review', '--dry-run'], repo.path).stdout).toContain('nothing to review')
  })
})
