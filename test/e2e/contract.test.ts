// What others script against: common flags on every scanning command, one schema, one id, one exit status.
import { spawn } from 'node:child_process'
import { linkSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { resolvePlan } from '../../src/config/resolve.ts'
import { loadRules } from '../../src/rules/load.ts'
import { runScan } from '../../src/scan.ts'
import { BIN, type JsonReport, unleak } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { cleanEnv, makeRepo, tempFolder } from '../helpers/repo.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../src/reporters/report.schema.json', import.meta.url), 'utf8'),
)
const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)

const NOTHING = '0'.repeat(40)
const KEY = openaiKey()
const repo = makeRepo()
/** Each scanning command on the same key. */
let commands: readonly (readonly [args: readonly string[], input: string])[] = []

beforeAll(() => {
  repo.commit({ 'a.txt': 'x\n' })
  repo.commit({ 'src/a b.ts': `const α = '😀'; const key = "${KEY}"\n` })
  repo.write({
    'later.ts': `const key = '${KEY}'\n`,
    MESSAGE: `subject\n\n${KEY}\n`,
    'c.yaml': 'only: [openai]\n',
  })
  repo.git('add', 'later.ts')
  const head = repo.git('rev-parse', 'HEAD').trim()
  commands = [
    [['staged'], ''],
    [['message', 'MESSAGE'], ''],
    [['push', 'origin', 'x'], `refs/heads/main ${head} refs/heads/main ${NOTHING}\n`],
    [['ci', '--range', 'HEAD~1..HEAD'], ''],
    [['audit'], ''],
    [['scan', 'src'], ''],
    [['scan', '-'], KEY],
  ]
})

/** Those of product.md that every scanning command takes. */
const COMMON = [
  ['--config', 'c.yaml'],
  ['--only', 'openai'],
  ['--skip', 'aws'],
  ['--min-severity', 'high'],
  ['--no-progress'],
  ['--quiet'],
  ['--verbose'],
  ['--no-color'],
  ['--jobs', '2'],
  ['--format', 'json'],
].flat()

describe('the scanning commands', () => {
  it('take all common flags, find the same id, and report by the schema', () => {
    const ids = commands.map(([args, input]) => {
      const run = unleak([...args, ...COMMON], repo.path, { input })
      expect(run.status, `${args.join(' ')}: ${run.stderr}`).toBe(1)
      const report = JSON.parse(run.stdout) as JsonReport
      expect(isValid(report), `${args.join(' ')}: ${JSON.stringify(isValid.errors)}`).toBe(true)
      expect(report.findings).toHaveLength(1)
      return report.findings[0]!.id
    })
    expect(new Set(ids).size).toBe(1)
  })

  it('place a secret by line and by UTF-16 column, the end exclusive', () => {
    const run = unleak(['scan', 'src', '--format', 'json'], repo.path)
    const column = `const α = '😀'; const key = "`.length + 1
    expect((JSON.parse(run.stdout) as JsonReport).findings[0]?.places).toMatchObject([
      { kind: 'file', path: 'src/a b.ts', line: 1, column, endLine: 1, endColumn: column + KEY.length },
    ])
  })
})

describe('wrong input', () => {
  it.each([
    [['scan', '--jobs', '0'], '--jobs'],
    [['staged', '--jobs', 'many'], '--jobs'],
    [['scan', '--reveal=yes'], '--reveal takes nothing, or "force"'],
    [['config', '--format', 'yaml'], '--format'],
    [['scan', '--output'], 'output'],
  ])('%j: exit 2, and what is wrong', (args, words) => {
    const run = unleak(args, repo.path)
    expect([run.status, run.stdout]).toEqual([2, ''])
    expect(run.stderr).toMatch(/^unleak: /)
    expect(run.stderr).toContain(words)
  })
})

it('hears an interruption between files, which are read without a pause', async () => {
  const folder = tempFolder()
  writeFileSync(join(folder, '0.txt'), `${'x'.repeat(99)}\n`.repeat(10_000))
  for (let i = 1; i < 100; i++) linkSync(join(folder, '0.txt'), join(folder, `${i}.txt`))
  const { plan, choice } = await resolvePlan({ command: 'scan', cwd: folder, paths: ['.'] })
  const controller = new AbortController()
  const report = await runScan(plan, {
    version: '0',
    rules: () => loadRules(choice),
    ignores: async () => [],
    signal: controller.signal,
    onRead: () => setImmediate(() => controller.abort()),
  })
  expect(report.scan).toMatchObject({ state: 'partial', problems: [{ code: 'E_INTERRUPTED' }] })
  expect(report.scan.counts.files).toBeLessThan(100)
})

it('an interrupted scan says the status that it ends with', async () => {
  const child = spawn(process.execPath, [BIN, 'scan', '-'], { cwd: tempFolder(), env: cleanEnv() })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
  child.stdin.on('error', () => {})
  const line = `${'x'.repeat(99)}\n`
  child.stdin.write(line.repeat(100_000), () => child.kill('SIGINT'))
  const status = await new Promise((resolve) => child.once('close', resolve))
  expect([status, stdout]).toEqual([130, expect.stringContaining('(exit code 130)')])
})
