// The GitHub Action by its entry point, with the environment and event files that GitHub gives, in real clones.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openaiKey } from '../helpers/keys.ts'
import { cleanEnv, makeRepo, type Repo, tempFolder } from '../helpers/repo.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'))
const KEY = openaiKey()

let repo: Repo
let before: string
let after: string
beforeAll(() => {
  repo = makeRepo()
  before = repo.commit({ 'a.txt': 'a\n' }, 'base')
  after = repo.commit({ 'src/b.env': `OPENAI_API_KEY=${KEY}\n` }, 'add')
  repo.git('checkout', '-q', '--detach')
})

/** Runs the entry point that action.yml names, with its defaults filled in as the runner does. */
function run(inputs: Readonly<Record<string, string>>, event: object, root = ROOT) {
  const folder = tempFolder()
  const file = (name: string) => join(folder, name)
  writeFileSync(file('event.json'), JSON.stringify(event))
  writeFileSync(file('output'), '')
  const given: Record<string, string> = {}
  for (const [name, { default: value }] of Object.entries<{ default?: string }>(action.inputs))
    given[`INPUT_${name.toUpperCase()}`] = inputs[name] ?? value ?? ''
  const done = spawnSync(process.execPath, [join(root, action.runs.main)], {
    cwd: repo.path,
    encoding: 'utf8',
    env: cleanEnv({
      ...given,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: file('event.json'),
      GITHUB_REF: 'refs/heads/main',
      GITHUB_SHA: after,
      GITHUB_WORKSPACE: repo.path,
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary.md'),
      RUNNER_TEMP: folder,
    }),
  })
  expect(done.stdout + done.stderr).not.toContain(KEY)
  const summary = existsSync(file('summary.md')) ? readFileSync(file('summary.md'), 'utf8') : ''
  const outputs = Object.fromEntries(
    readFileSync(file('output'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('=')),
  )
  return { status: done.status, stdout: done.stdout, summary, outputs }
}
const push = (from: string, to: string) => ({
  before: from,
  after: to,
  repository: { default_branch: 'main' },
})

describe('the action', () => {
  it('names an entry point that is there, and needs nothing to be installed for it', () => {
    expect(action.runs.using).toMatch(/^node\d+$/)
    const source = readFileSync(join(ROOT, action.runs.main), 'utf8')
    expect([...source.matchAll(/from '([^']+)'/g)].filter(([, name]) => !name!.startsWith('node:'))).toEqual(
      [],
    )
    const asked = [...source.matchAll(/input\('([\w-]+)'\)/g), ...source.matchAll(/'(config|min-severity)'/g)]
    expect(new Set(asked.map(([, name]) => name))).toEqual(new Set(Object.keys(action.inputs)))
  })

  it('fails on a key that the push adds: annotated, summed up, counted', () => {
    const done = run({}, push(before, after))
    expect(done).toMatchObject({ status: 1, outputs: { findings: '1', state: 'complete' } })
    expect(done.stdout).toContain('::error file=src/b.env,line=1')
    expect(done.summary).toContain('src/b.env')
    expect(done.summary).not.toContain(KEY)
  })

  it('passes what has none, and with fail-on-findings: false what has', () => {
    expect(run({}, push(after, after))).toMatchObject({
      status: 0,
      outputs: { findings: '0', state: 'complete' },
    })
    const lenient = run({ 'fail-on-findings': 'false' }, push(before, after))
    expect(lenient).toMatchObject({ status: 0, outputs: { findings: '1' } })
  })

  it('never passes what was not scanned', () => {
    const missing = push('1'.repeat(40), '2'.repeat(40))
    for (const inputs of [{ range: 'nowhere..HEAD' }, { command: 'deploy' }, { 'fail-on-findings': 'maybe' }])
      expect(run({ 'fail-on-findings': 'false', ...inputs }, missing).status).toBe(2)
  })

  it('audits the history, and writes the report where it is told to', () => {
    const done = run(
      { command: 'audit', 'report-file': 'report.json', 'sarif-file': 'a.sarif' },
      push(before, after),
    )
    expect(done).toMatchObject({ status: 1, outputs: { findings: '1' } })
    expect(JSON.parse(readFileSync(join(repo.path, 'report.json'), 'utf8')).findings).toHaveLength(1)
    expect(JSON.parse(readFileSync(join(repo.path, 'a.sarif'), 'utf8')).runs[0].results).toHaveLength(1)
    repo.git('clean', '-fdq')
  })

  it('of a checkout that was not built says so', () => {
    const bare = tempFolder()
    mkdirSync(join(bare, 'action'))
    cpSync(join(ROOT, 'action'), join(bare, 'action'), { recursive: true })
    const done = run({}, push(before, after), bare)
    expect(done).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('::error title=unleak::this version'),
    })
  })
})
