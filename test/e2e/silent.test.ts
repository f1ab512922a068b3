// Ways in which scanners stay silent, or green, that no other test here shows.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BIN, unleak, unleakJson } from '../helpers/cli.ts'
import { base64url, openaiKey } from '../helpers/keys.ts'
import { cleanEnv, makeRepo, tempFolder } from '../helpers/repo.ts'

const key = (seed: number) => openaiKey('sk-proj-', 74, seed)

describe('git', () => {
  it.each([['staged'], ['audit'], ['ci', '--range', 'HEAD~1..HEAD']])(
    'that refuses a repository of somebody else: %s',
    (...args) => {
      const repo = makeRepo()
      repo.commit({ 'a.env': `K=${key(1)}\n` })
      const run = unleak(args, repo.path, { env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } })
      expect([run.status, run.stdout]).toEqual([2, ''])
      expect(run.stderr).toContain('safe.directory')
    },
  )
})

describe('what is new', () => {
  it('is judged with the lines around it, though the commit does not add them', () => {
    const repo = makeRepo()
    const filler = 'x\n'.repeat(3)
    const secret = `${base64url(86, 3).replaceAll('-', '+').replaceAll('_', '/')}==`
    repo.commit({ 'a.txt': `host = mine.documents.azure.com\n${filler}` })
    repo.write({ 'a.txt': `host = mine.documents.azure.com\n${filler}value = ${secret}\n` })
    repo.git('add', '-A')
    const { report, status } = unleakJson(['staged'], repo.path)
    expect([status, report.findings.map(({ provider }) => provider)]).toEqual([1, ['azure']])
    expect(report.findings[0]?.places[0]?.line).toBe(5)
  })

  it('is reported on a line whose old secret is accepted', () => {
    const repo = makeRepo()
    repo.commit({ 'a.env': `K=${key(1)}\n` })
    const [accepted] = unleakJson(['scan', '.'], repo.path).report.findings
    unleak(['ignore', accepted!.id, '--reason', 'test'], repo.path)
    expect(unleak(['scan', '.'], repo.path).status).toBe(0)
    repo.write({ 'a.env': `K=${key(2)}\n` })
    expect(unleak(['scan', '.'], repo.path).status).toBe(1)
    repo.write({ 'a.env': `K=${key(1)},${key(2)}\n` })
    const both = unleakJson(['scan', '.'], repo.path).report.findings
    expect(both.map(({ id }) => id === accepted!.id)).toEqual([false])
  })
})

describe('line ends of Windows', () => {
  it('change neither a place nor what is accepted', () => {
    const repo = makeRepo()
    const file = join(repo.path, 'unleak.ignore.yaml')
    repo.commit({ 'a.env': `A=1\r\nK=${key(1)}\r\n`, 'b.env': `K=${key(2)} # unleak:allow test\r\n` })
    const { findings } = unleakJson(['scan', '.'], repo.path).report
    expect(findings.map(({ places }) => [places[0]?.path, places[0]?.line, places[0]?.column])).toEqual([
      ['a.env', 2, 3],
    ])
    unleak(['ignore', findings[0]!.id, '--reason', 'test'], repo.path)
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'))
    expect(unleak(['scan', '.', '--strict-ignores'], repo.path)).toMatchObject({ status: 0, stderr: '' })
  })
})

describe('a scan of files', () => {
  it('leaves out the files of git itself, in a repository and above one', () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'repo'))
    const repo = makeRepo({ path: join(folder, 'repo') })
    repo.commit({ 'a.txt': 'x\n' })
    writeFileSync(join(repo.path, '.git', 'config.bak'), `K=${key(1)}\n`)
    expect(unleak(['scan', '.'], repo.path)).toMatchObject({ status: 0 })
    expect(unleak(['scan', '.'], folder)).toMatchObject({ status: 0 })
  })

  it('fails with findings also when the report goes into a file', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'a.env'), `K=${key(1)}\n`)
    for (const args of [
      ['--output', 'r.json'],
      ['--format', 'sarif=r.sarif'],
      ['--quiet', '--output', 'r.md'],
    ])
      expect(unleak(['scan', 'a.env', ...args], folder).status, args.join(' ')).toBe(1)
    expect(['r.json', 'r.sarif', 'r.md'].every((name) => existsSync(join(folder, name)))).toBe(true)
  })
})

it.each([['SIGTERM'], ['SIGHUP']] as const)('%s is never green', async (signal) => {
  const child = spawn(process.execPath, [BIN, 'scan', '-'], { cwd: tempFolder(), env: cleanEnv() })
  child.stdin.on('error', () => {})
  child.stdin.write('x\n'.repeat(5_000_000), () => child.kill(signal))
  const ended = await new Promise((resolve) => child.once('close', (status, by) => resolve(status ?? by)))
  expect(ended).not.toBe(0)
})
