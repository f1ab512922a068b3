// Reports on disk: whole or not at all, links and modes kept, devices and pipes written to as they are.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeWhole } from '../../src/cli/whole-file.ts'
import { BIN, unleak } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { cleanEnv, makeRepo, tempFolder } from '../helpers/repo.ts'

const isWindows = process.platform === 'win32'

describe('a written file', () => {
  it('is whole, private, and alone', () => {
    const folder = tempFolder()
    writeWhole(join(folder, 'a'), ['one ', 'two'])
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('one two')
    expect(readdirSync(folder)).toEqual(['a'])
    if (!isWindows) expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o600)
  })

  it('stays as it was when its writer fails halfway', () => {
    const file = join(tempFolder(), 'a')
    writeWhole(file, 'old')
    const broken = function* () {
      yield 'x'.repeat(1 << 20)
      throw new Error('halfway')
    }
    expect(() => writeWhole(file, broken())).toThrow('halfway')
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(join(file, '..'))).toEqual(['a'])
  })

  it.skipIf(isWindows)('keeps its mode, and a link stays a link', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'real'), 'old')
    chmodSync(join(folder, 'real'), 0o644)
    symlinkSync('real', join(folder, 'link'))
    writeWhole(join(folder, 'link'), 'new')
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new')
    expect(statSync(join(folder, 'real')).mode & 0o777).toBe(0o644)
  })

  it.skipIf(isWindows)('may be a device, which stays one', () => {
    writeWhole('/dev/null', 'text')
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  it('says why it can not be, and what to do', () => {
    const folder = tempFolder()
    const trouble = (file: string) => {
      try {
        writeWhole(file, 'x')
      } catch (error) {
        return error as { code: string; message: string; hint: string }
      }
      return undefined
    }
    mkdirSync(join(folder, 'sub'))
    expect(trouble(join(folder, 'sub'))).toMatchObject({
      code: 'E_WRITE',
      hint: expect.stringContaining('folder'),
    })
    expect(trouble(join(folder, 'none', 'a'))).toMatchObject({
      code: 'E_WRITE',
      hint: expect.stringContaining('make it first'),
    })
  })
})

describe('reports of a scan', () => {
  const folder = tempFolder()
  const key = openaiKey()
  writeFileSync(join(folder, 'a.ts'), `const key = '${key}'\n`)

  it('go to several files at once, and one to stdout', () => {
    const args = [
      'jsonl',
      'sarif',
      'junit',
      'gitlab',
      'codequality',
      'csv',
      'markdown',
      'github',
      'html',
    ].flatMap((name) => ['--format', `${name}=out/r.${name}`])
    mkdirSync(join(folder, 'out'))
    const run = unleak(['scan', 'a.ts', ...args, '--format', 'json'], folder)
    expect(run.status).toBe(1)
    expect(JSON.parse(run.stdout).findings).toHaveLength(1)
    expect(readdirSync(join(folder, 'out'))).toHaveLength(9)
    for (const name of readdirSync(join(folder, 'out'))) {
      const text = readFileSync(join(folder, 'out', name), 'utf8')
      expect(text, name).toContain('openai')
      expect(text, name).not.toContain(key.slice(10, 30))
    }
  })

  it.each([
    ['r.json', '"schema": "unleak-report/1"'],
    ['r.sarif', '"version":"2.1.0"'],
    ['r.html', '<!doctype html>'],
    ['r.csv', 'record,id'],
    ['r.txt', 'How sure'],
  ])('--output %s has the format of its name', (name, part) => {
    expect(unleak(['scan', 'a.ts', '--output', name], folder)).toMatchObject({ status: 1, stdout: '' })
    expect(readFileSync(join(folder, name), 'utf8')).toContain(part)
  })

  it.each([
    ['a folder that is not there', 'none/r.json', 'ENOENT', 'make it first'],
    ['a folder', 'taken', 'EISDIR', 'name a file in it'],
    ['a path through a file', 'a.ts/r.json', 'ENOTDIR', 'a file, not a folder'],
  ])('%s is found before the scan, whatever writes there', (_, name, code, hint) => {
    mkdirSync(join(folder, 'taken'), { recursive: true })
    const commands = [
      ['scan', 'a.ts', '--format', `json=${name}`, '--format', 'csv=early.csv'],
      ['scan', 'a.ts', '--output', name],
      ['health', '--offline', '--format', `json=${name}`],
      ['respond', '--format', `json=${name}`],
    ]
    for (const command of commands) {
      const run = unleak(command, folder)
      expect([command, run.status, run.stdout]).toEqual([command, 2, ''])
      expect(run.stderr).toMatch(
        new RegExp(`${name}: a report can't be written there \\(${code}\\); nothing was begun`),
      )
      expect(run.stderr.replace(/\s+/g, ' ')).toContain(hint)
    }
    expect(existsSync(join(folder, 'early.csv'))).toBe(false)
  })

  it('lie where the person stands, though the audit is of another folder', () => {
    const repo = makeRepo()
    repo.commit({ 'a.ts': readFileSync(join(folder, 'a.ts'), 'utf8') })
    const here = tempFolder()
    writeFileSync(join(here, 'rules.yml'), 'not: [a rule file\n')
    const run = unleak(['audit', repo.path, '--no-cache', '--format', 'json=r.json', '-o', 'r.txt'], here)
    expect(run.status, run.stderr).toBe(1)
    expect(readdirSync(here).sort()).toEqual(['r.json', 'r.txt', 'rules.yml'])
    expect(readdirSync(repo.path).sort()).toEqual(['.git', 'a.ts'])
    const rules = unleak(['audit', repo.path, '--no-cache', '--rules', 'rules.yml'], here)
    expect(rules.stderr).toContain(join(here, 'rules.yml'))
  })

  it.skipIf(!existsSync('/dev/full'))(
    'that can not be written end in status 2, and the findings are told all the same',
    () => {
      const run = unleak(['scan', 'a.ts', '--format', 'json=/dev/full', '--format', 'csv=ok.csv'], folder)
      expect(run.status).toBe(2)
      expect(run.stderr).toContain('/dev/full: the report could not be written (ENOSPC)')
      expect(run.stdout).toContain('a.ts:1:')
      expect(run.stdout).not.toContain(key.slice(10, 30))
      expect(existsSync(join(folder, 'ok.csv'))).toBe(true)
    },
  )

  it.skipIf(isWindows)('may be read by somebody who leaves', () => {
    const script = `"$1" "$2" scan a.ts --format json | head -c 1 >/dev/null; echo "\${PIPESTATUS[0]}"`
    const run = spawnSync('bash', ['-c', script, 'bash', process.execPath, BIN], {
      cwd: folder,
      env: cleanEnv(),
      encoding: 'utf8',
    })
    expect(run).toMatchObject({ stdout: '1\n', stderr: '' })
  })

  it.skipIf(isWindows)('may be a named pipe, whose reader gets all of it', () => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    const script = `cat pipe & "$1" "$2" scan a.ts --format json=pipe; wait`
    const run = spawnSync('bash', ['-c', script, 'bash', process.execPath, BIN], {
      cwd: folder,
      env: cleanEnv(),
      encoding: 'utf8',
    })
    expect(JSON.parse(run.stdout).findings).toHaveLength(1)
    expect(lstatSync(join(folder, 'pipe')).isFIFO()).toBe(true)
  })
})
