// What a script does wrong: a clear word, exit status 2, and never a stack.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { unleak } from '../helpers/cli.ts'
import { tempFolder } from '../helpers/repo.ts'

const folder = tempFolder()
mkdirSync(join(folder, 'dir'))
writeFileSync(join(folder, 'a.txt'), 'x\n')
writeFileSync(join(folder, 'null.json'), 'null\n')

it.each<[args: string[], said: RegExp]>([
  [['scan', 'a'.repeat(300)], /there is no such file or folder/],
  [['scan', ''], /one of the names is empty; nothing was scanned\. Is a variable not set\?/],
  [['audit', ''], /one of the names is empty/],
  [['audit', 'nowhere'], /nowhere: there is no such folder; nothing was scanned/],
  [
    ['scan', 'a.txt', '--ignore-file', 'no.yaml'],
    /no\.yaml: there is no such ignore file.*leave --ignore-file out/,
  ],
  [
    ['scan', 'a.txt', '--jobs', '9'.repeat(400)],
    /--jobs: "9{39}… \(402 characters\) is not a number of threads/,
  ],
  [['scan', 'a.txt', '--output', ''], /--output: the name of the file is empty/],
  [['scan', '--format'], /--format: its value is missing\. Write it as --format FORMAT\[=FILE\]/],
  [['scan', '--jobs', '-1'], /--jobs: its value is missing, or begins with a dash\. .* --jobs=-/],
  [['ci', '--range', '--x..y'], /--range: its value is missing, or begins with a dash/],
  [['scan', '--formt', 'json'], /Unknown option '--formt'\. Did you mean --format\?/],
  [['scan', 'a.txt', '--config', 'dir'], /dir: that is a folder, not a configuration file/],
  [
    ['respond', '--report', 'nowhere.json'],
    /could not be read \(ENOENT\): .*nowhere\.json .*unleak audit --format json=FILE/,
  ],
  [['respond', '--report', 'null.json'], /null\.json is not a report of unleak/],
])('unleak %j', (args, said) => {
  const run = unleak(args, folder)
  expect([run.status, run.stdout]).toEqual([2, ''])
  expect(run.stderr.replace(/\s+/g, ' ')).toMatch(said)
  expect(run.stderr).not.toContain('this is a bug')
})

it.each([
  [['ignore', '0123456789abcdef', '--reason', 'x', '--ignore-file', 'nowhere/x.yaml']],
  [['baseline', 'update', '--baseline', 'nowhere/x.jsonl']],
])('unleak %j: there is no such folder', (args) => {
  const run = unleak(args, folder)
  expect(run.status).toBe(2)
  expect(run.stderr).toMatch(/nowhere\/: there is no such folder.*What was asked for is not done/s)
  expect(run.stderr).not.toContain('this is a bug')
})
