// lefthook, simple-git-hooks, lint-staged, husky and the pre-commit framework as they are: a commit with a key is
// blocked through each, and allowed without it. They come from the registry once, and are kept for the next run.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { ManagerId } from '../../src/hooks/index.ts'
import { BIN, unleak } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { Scratch } from './scratch.ts'

const VERSIONS = ['lefthook@2.2.2', 'simple-git-hooks@2.14.0', 'lint-staged@16.4.0', 'husky@9.1.7']
const FOLDER = join(tmpdir(), `unleak-test-managers-${VERSIONS.join('-').replaceAll('@', '-')}`)
const KEY = `key ${openaiKey()}\n`

beforeAll(() => {
  const done = join(FOLDER, 'done')
  if (existsSync(done)) return
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, 'package.json'), '{ "private": true }')
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', ...VERSIONS]
  execFileSync('npm', args, { cwd: FOLDER, stdio: 'pipe', shell: process.platform === 'win32' })
  writeFileSync(done, '')
})

let repo: Scratch
afterEach(() => repo.remove())

/** A project with the managers and the real unleak in its node_modules. */
function project(files: Readonly<Record<string, string>>): Scratch {
  repo = new Scratch()
  repo.write('.gitignore', 'node_modules\n')
  for (const [name, text] of Object.entries({ 'package.json': '{ "name": "x" }\n', ...files }))
    repo.write(name, text)
  mkdirSync(repo.path('node_modules/.bin'), { recursive: true })
  for (const name of ['lefthook', 'simple-git-hooks', 'lint-staged'])
    symlinkSync(join(FOLDER, 'node_modules/.bin', name), repo.path('node_modules/.bin', name))
  symlinkSync(join(FOLDER, 'node_modules/husky'), repo.path('node_modules/husky'))
  symlinkSync(BIN, repo.path('node_modules/.bin/unleak'))
  repo.git('add', '-A')
  repo.git('commit', '-q', '-m', 'first')
  return repo
}

function commit(text: string, message = 'a commit') {
  repo.write('a.txt', text)
  repo.git('add', '-A')
  const run = spawnSync('git', ['commit', '-m', message], { cwd: repo.dir, env: repo.env, encoding: 'utf8' })
  const output = run.stdout + run.stderr
  expect(output).not.toContain(openaiKey())
  return { status: run.status, output }
}

const BLOCKED = { status: 1, output: expect.stringContaining('unleak stopped this commit') }

function holds(): void {
  expect(commit(KEY)).toMatchObject(BLOCKED)
  expect(commit('none\n', KEY)).toMatchObject(BLOCKED)
  expect(commit('none\n')).toMatchObject({ status: 0 })
}

/** A push is let through, and one with a key is not. */
function pushHolds(): void {
  const bare = join(repo.root, 'remote.git')
  repo.git('init', '-q', '--bare', bare)
  const push = () => {
    const run = spawnSync('git', ['push', bare, 'main'], { cwd: repo.dir, env: repo.env, encoding: 'utf8' })
    return { status: run.status, output: run.stdout + run.stderr }
  }
  expect(push().status).toBe(0)
  repo.write('a.txt', KEY)
  repo.git('add', '-A')
  repo.git('-c', 'core.hooksPath=/dev/null', 'commit', '-q', '-m', 'past the hook')
  expect(push()).toMatchObject({ status: 1, output: expect.stringContaining('unleak stopped this push') })
}

const LEFTHOOK = `# ours
pre-commit:
  parallel: true
  jobs:
    - name: mine # keep
      run: echo mine ran
`
const CASES: readonly (readonly [ManagerId, Readonly<Record<string, string>>])[] = [
  ['lefthook', { 'lefthook.yml': LEFTHOOK }],
  [
    'simple-git-hooks',
    { 'package.json': '{\n  "simple-git-hooks": {\n    "pre-commit": "echo mine ran"\n  }\n}\n' },
  ],
]

describe.each(CASES)('%s', (manager, files) => {
  it('is recognised, chained, and blocks a key; twice is once, and --remove is as before', async () => {
    project(files)
    const before = Object.keys(files).map((name) => repo.read(name))
    const dry = await repo.init({ dryRun: true })
    expect(Object.keys(files).map((name) => repo.read(name))).toEqual(before)
    const result = await repo.init()
    expect(result).toMatchObject({ manager, ready: true, changed: true })
    expect(dry.changes).toEqual(result.changes)
    expect(commit(KEY)).toMatchObject(BLOCKED)
    expect(commit('none\n', KEY)).toMatchObject(BLOCKED)
    expect(commit('none\n')).toMatchObject({ status: 0, output: expect.stringContaining('mine ran') })
    pushHolds()
    expect(await repo.init()).toMatchObject({ changed: false, changes: [], steps: [] })
    await repo.init({ remove: true })
    expect(Object.keys(files).map((name) => repo.read(name))).toEqual(before)
    expect(commit(KEY)).toMatchObject({ status: 0, output: expect.stringContaining('mine ran') })
  })

  it('stops the commit when unleak is gone, and says what is missing when the manager is', async () => {
    project(files)
    await repo.init()
    rmSync(repo.path('node_modules/.bin/unleak'))
    expect(commit('none\n').status).toBe(1)
    rmSync(repo.path('.git/hooks'), { recursive: true })
    rmSync(repo.path('node_modules'), { recursive: true })
    expect(await repo.init()).toMatchObject({
      ready: false,
      notes: [expect.stringContaining(manager), expect.anything()],
    })
  })
})

describe('lint-staged', () => {
  it('behind husky is kept, and unleak goes first', async () => {
    project({
      'package.json': '{ "lint-staged": { "*": "echo linted" } }\n',
      '.husky/pre-commit': 'npx lint-staged\n',
    })
    await repo.init()
    holds()
  })

  it('blocks a key when it runs unleak itself', () => {
    project({ 'package.json': '{ "lint-staged": { "*": "unleak staged" } }\n' })
    repo.write('.git/hooks/pre-commit', '#!/bin/sh\nnode_modules/.bin/lint-staged\n', 0o755)
    expect(commit(KEY)).toMatchObject(BLOCKED)
    expect(commit('none\n').status).toBe(0)
  })
})

describe('the pre-commit framework', () => {
  const CONFIG =
    '# ours\nrepos:\n  - repo: local\n    hooks:\n      - id: mine\n        name: mine\n        entry: echo mine ran\n        language: system\n'
  const framework = spawnSync('pre-commit', ['--version'], { encoding: 'utf8' }).stdout ?? ''
  const isThere = Number(/ (\d+)\./.exec(framework)?.[1] ?? 0) >= 4

  it('gets a local hook; twice is once, and --remove is as before', async () => {
    project({ '.pre-commit-config.yaml': CONFIG })
    repo.env.PATH = repo.pathWithoutNode() // and without pre-commit
    const result = await repo.init()
    expect(result).toMatchObject({ manager: 'pre-commit', ready: false })
    expect(result.notes.join()).toContain('pre-commit install -t pre-commit -t commit-msg -t pre-push')
    const { repos } = parse(repo.read('.pre-commit-config.yaml'))
    expect(
      repos[1].hooks.map((hook: { entry: string; stages: string[] }) => [hook.entry, ...hook.stages]),
    ).toEqual([
      ['node_modules/.bin/unleak staged', 'pre-commit'],
      ['node_modules/.bin/unleak message', 'commit-msg'],
      ['node_modules/.bin/unleak push', 'pre-push'],
    ])
    await repo.init()
    expect(parse(repo.read('.pre-commit-config.yaml')).repos).toHaveLength(2)
    await repo.init({ remove: true })
    expect(repo.read('.pre-commit-config.yaml')).toBe(CONFIG)
  })

  it.skipIf(!isThere)('as it is blocks a key, in a commit, its message and a push', async () => {
    project({ '.pre-commit-config.yaml': CONFIG })
    expect(await repo.init()).toMatchObject({ manager: 'pre-commit', ready: true })
    holds()
    pushHolds()
    repo.write('.pre-commit-config.yaml', 'repos: []\n')
    await repo.init()
    expect(repo.read('.pre-commit-config.yaml')).toMatch(/^repos:\n {2}- repo: local\n/)
    await repo.init({ remove: true })
    expect(repo.read('.pre-commit-config.yaml')).toMatch(/^repos:\s+\[\]\n$/)
    expect(commit('one more\n').status).toBe(0)
  })

  it('finds hooks in this repository that do what they declare', () => {
    repo = new Scratch()
    const hooks = parse(readFileSync(new URL('../../.pre-commit-hooks.yaml', import.meta.url), 'utf8'))
    expect(hooks.map(({ id }: { id: string }) => id)).toEqual(['unleak', 'unleak-message', 'unleak-push'])
    repo.write('a.txt', KEY)
    repo.write('message', KEY)
    repo.git('add', '-A')
    for (const hook of hooks) {
      expect(hook).toMatchObject({ language: 'node', always_run: true })
      const [program, ...args] = hook.entry.split(' ')
      expect(program).toBe('unleak')
      const files = hook.pass_filenames ? ['message'] : []
      const pushed = {
        PRE_COMMIT: '1',
        PRE_COMMIT_REMOTE_BRANCH: 'refs/heads/main',
        PRE_COMMIT_LOCAL_BRANCH: 'refs/heads/main',
      }
      const isPush = args[0] === 'push'
      if (isPush) repo.git('commit', '-q', '-m', 'past the hook')
      const run = unleak([...args, ...files], repo.dir, { env: isPush ? pushed : {} })
      expect([hook.id, run.status, run.stdout.includes('unleak stopped this')]).toEqual([hook.id, 1, true])
    }
  })
})
