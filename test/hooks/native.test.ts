// `unleak init --native`, and what an installed hook does when unleak or node can't be found.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Scratch } from './scratch.ts'

vi.setConfig({ testTimeout: 60_000 })

let scratch: Scratch
const start = (name?: string) => {
  scratch = new Scratch(name)
  scratch.installUnleak()
  scratch.write('.gitignore', 'node_modules\n')
  return scratch
}
afterEach(() => scratch.remove())

const CALLS = ['[staged]', '[message][.git/COMMIT_EDITMSG]']

describe('plain git hooks', () => {
  it('are what a repository without package.json gets', async () => {
    const repo = start()
    const before = repo.snapshot()
    expect(await repo.init()).toMatchObject({ manager: 'native', changed: true, ready: true })
    expect(repo.read('.git/hooks/pre-commit')).toBe(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is shell
      '#!/bin/sh\n# unleak:begin\nsh "${0%/*}/unleak.sh" staged || exit $? # taken out by: unleak init --remove\n# unleak:end\n',
    )
    expect(statSync(repo.path('.git/hooks/pre-commit')).mode & 0o777).toBe(0o755)
    expect(repo.commit({ env: { FAKE_EXIT: '2' } }).status).toBe(1)
    expect(repo.commit().status).toBe(0)
    expect(repo.calls()).toEqual(['[staged]', ...CALLS])
    expect(await repo.init()).toMatchObject({ changed: false })
    await repo.init({ remove: true })
    expect(Object.entries(repo.snapshot()).filter(([name]) => !name.startsWith('file-'))).toEqual(
      Object.entries(before),
    )
  })

  const OTHER = '#!/usr/bin/env node\nrequire("fs").writeFileSync("theirs.log", "")\n'
  const HOOKS: Record<string, [string, number]> = {
    'sh, ends in exit 0': ['#!/bin/sh\necho >> theirs.log\nexit 0\n', 0o755],
    'bash, no line feed': ['#!/usr/bin/env bash\necho >> theirs.log', 0o700],
    'no shebang': ['echo >> theirs.log\n', 0o755],
    'sh -eu': ['#!/bin/sh -eu\necho >> theirs.log\n', 0o755],
    'exec at its end': ['#!/bin/sh\nexec sh -c "echo >> theirs.log"\n', 0o755],
    'another language': [OTHER, 0o755],
    'switched off by its mode': ['#!/bin/sh\necho >> theirs.log\n', 0o644],
  }

  it.each(Object.entries(HOOKS))('existing hook, %s: kept, chained, restored', async (_, [text, mode]) => {
    const repo = start()
    repo.write('.git/hooks/pre-commit', text, mode)
    const before = repo.snapshot()
    await repo.init({ manager: 'native' })
    expect(repo.commit({ env: { FAKE_EXIT: '1' } }).status).toBe(1)
    expect(repo.has('theirs.log')).toBe(false)
    expect(repo.commit().status).toBe(0)
    expect(repo.has('theirs.log')).toBe(mode !== 0o644)
    expect(repo.calls()).toEqual(['[staged]', ...CALLS])
    expect(await repo.init({ manager: 'native' })).toMatchObject({ changed: false })
    await repo.init({ remove: true })
    rmSync(repo.path('theirs.log'), { force: true })
    expect(Object.entries(repo.snapshot()).filter(([name]) => !name.startsWith('file-'))).toEqual(
      Object.entries(before),
    )
    expect(repo.has('.git/hooks/unleak-kept')).toBe(false)
  })

  it('a failing hook set aside still stops the commit', async () => {
    const repo = start()
    repo.write('.git/hooks/pre-commit', '#!/usr/bin/env node\nprocess.exit(3)\n', 0o755)
    await repo.init()
    expect(repo.commit().status).toBe(1)
    expect(repo.calls()).toEqual(['[staged]'])
  })

  it('a CRLF hook with a shebang is set aside: ours runs, and theirs does what it did before', async () => {
    const repo = start()
    repo.write('.git/hooks/pre-commit', '#!/bin/sh\r\necho >> theirs.log\r\n', 0o755)
    const before = repo.snapshot()
    const alone = repo.commit().status
    await repo.init()
    expect(repo.commit({ env: { FAKE_EXIT: '1' } }).status).toBe(1)
    expect(repo.calls()).toEqual(['[staged]'])
    expect(repo.commit().status === 0).toBe(alone === 0)
    await repo.init({ remove: true })
    expect(repo.snapshot()['.git/hooks/pre-commit']).toBe(before['.git/hooks/pre-commit'])
  })

  it('core.hooksPath is honoured, from a sub-directory too', async () => {
    const repo = start()
    repo.write('tools/my hooks/pre-commit', '#!/bin/sh\necho >> theirs.log\nexit 0\n', 0o755)
    repo.git('config', 'core.hooksPath', 'tools/my hooks')
    mkdirSync(repo.path('sub/dir'), { recursive: true })
    const result = await repo.init({ cwd: repo.path('sub/dir') })
    expect(result.notes.join()).toContain('tools/my hooks')
    expect(repo.has('.git/hooks/pre-commit')).toBe(false)
    expect(repo.commit({ env: { FAKE_EXIT: '1' } }).status).toBe(1)
    expect(repo.commit().status).toBe(0)
    expect(repo.calls()).toEqual(['[staged]', ...CALLS])
    expect(repo.has('theirs.log')).toBe(true)
  })

  it('hooks that all repositories share, or that are switched off, are refused', async () => {
    const repo = start()
    const shared = join(repo.root, 'shared')
    mkdirSync(shared)
    repo.git('config', '--global', 'core.hooksPath', shared)
    await expect(repo.init()).rejects.toMatchObject({
      code: 'E_HOOK',
      message: expect.stringContaining(shared),
    })
    repo.git('config', '--global', 'core.hooksPath', '/dev/null')
    await expect(repo.init()).rejects.toMatchObject({ message: expect.stringContaining('switched off') })
  })

  it('a linked hook is written through; a link out of the repository is refused', async () => {
    const repo = start()
    repo.write('tools/pre-commit', '#!/bin/sh\nexit 0\n', 0o755)
    symlinkSync('../../tools/pre-commit', repo.path('.git/hooks/pre-commit'))
    const before = repo.snapshot()
    await repo.init()
    expect(repo.snapshot()['.git/hooks/pre-commit']).toBe('-> ../../tools/pre-commit')
    expect(repo.commit({ env: { FAKE_EXIT: '1' } }).status).toBe(1)
    await repo.init({ remove: true })
    expect(repo.snapshot()).toMatchObject(before)
    const outside = join(repo.root, 'outside')
    writeFileSync(outside, '#!/bin/sh\n', { mode: 0o755 })
    rmSync(repo.path('.git/hooks/pre-commit'))
    symlinkSync(outside, repo.path('.git/hooks/pre-commit'))
    await expect(repo.init()).rejects.toMatchObject({
      message: expect.stringContaining('outside this repository'),
    })
  })

  it('guard every linked worktree, old and new, and GIT_DIR', async () => {
    const repo = start()
    repo.git('commit', '-q', '--allow-empty', '-m', 'first')
    const old = join(repo.root, 'old')
    repo.git('worktree', 'add', '-q', old)
    await repo.init({ cwd: old, manager: 'native' })
    const fresh = join(repo.root, 'new')
    repo.git('worktree', 'add', '-q', fresh)
    for (const cwd of [old, fresh, repo.dir]) {
      expect(repo.commit({ cwd, env: { FAKE_EXIT: '1' } }).status).toBe(1)
      expect(repo.commit({ cwd }).status).toBe(0)
    }
    expect(repo.calls().filter((call) => call === '[staged]')).toHaveLength(6)
    const elsewhere = join(repo.root, 'elsewhere.git')
    repo.git('init', '-q', '--bare', elsewhere)
    repo.git('--git-dir', elsewhere, 'config', 'core.bare', 'false')
    await repo.init({ manager: 'native', env: { ...repo.env, GIT_DIR: elsewhere, GIT_WORK_TREE: repo.dir } })
    expect(statSync(join(elsewhere, 'hooks', 'pre-commit')).isFile()).toBe(true)
  })

  it('a hook that lost its mode is mended', async () => {
    const repo = start()
    await repo.init()
    chmodSync(repo.path('.git/hooks/pre-commit'), 0o644)
    expect(repo.commit().output).toContain('was ignored')
    repo.calls()
    expect(await repo.init()).toMatchObject({ changed: true })
    repo.commit()
    expect(repo.calls()).toEqual(CALLS)
  })

  it('says so when unleak itself is missing', async () => {
    const repo = start()
    rmSync(repo.path('node_modules'), { recursive: true })
    expect((await repo.init()).notes.join()).toContain('run `npm install -g unleak`')
    repo.write('package.json', '{}')
    expect((await repo.init()).notes.join()).toContain('run `npm install -D unleak`')
  })

  it('a package in a sub-directory is found', async () => {
    const repo = start()
    rmSync(repo.path('node_modules'), { recursive: true })
    repo.write("it's here/package.json", '{}')
    repo.installUnleak("it's here")
    await repo.init({ cwd: repo.path("it's here"), manager: 'native' })
    expect(repo.commit().status).toBe(0)
    expect(repo.calls()).toEqual(CALLS)
    expect(repo.read("it's here/package.json")).toBe(
      '{\n  "scripts": {\n    "check-api-health": "unleak health"\n  }\n}',
    )
  })
})

describe.each(['husky', 'native'] as const)('the hook fails closed (%s)', (manager) => {
  const set = async (repo: Scratch) => {
    repo.write('package.json', '{\n}\n')
    repo.installHusky()
    await repo.init({ manager })
  }

  it('without unleak', async () => {
    const repo = start()
    await set(repo)
    rmSync(repo.path('node_modules/.bin/unleak'))
    const { status, output } = repo.commit()
    expect(status).toBe(1)
    expect(output).toContain('unleak: STOPPED. unleak is not installed here, so nothing was scanned.')
    expect(output).toContain('Do this:  npm install\n')
    if (manager === 'husky') expect(output).toContain('(code 2)')
  })

  it('finds unleak on the PATH', async () => {
    const repo = start()
    await set(repo)
    rmSync(repo.path('node_modules/.bin/unleak'))
    const elsewhere = join(repo.root, 'global install')
    repo.installUnleak('', elsewhere)
    const env = { PATH: `${join(elsewhere, 'node_modules/.bin')}:${repo.env.PATH}` }
    expect(repo.commit({ env }).status).toBe(0)
    expect(repo.calls()).toEqual(CALLS)
  })

  it('without node, and its advice helps', async () => {
    const repo = start()
    await set(repo)
    const env = { PATH: repo.pathWithoutNode() }
    const { status, output } = repo.commit({ env })
    expect(status).toBe(1)
    expect(output).toContain('node is not on the PATH of the program that runs git, so nothing was scanned.')
    expect(repo.calls()).toEqual([])
    const advice = output.split('\n').filter((line) => line.startsWith('    '))
    execFileSync('sh', ['-c', advice.join('\n')], { env: repo.env })
    expect(repo.commit({ env })).toMatchObject({ status: 0 })
    expect(repo.calls()).toEqual(CALLS)
  })

  it('when the file that sets the PATH ends the shell', async () => {
    const repo = start()
    await set(repo)
    const init = join(repo.env.HOME ?? '', '.config/husky/init.sh')
    mkdirSync(join(init, '..'), { recursive: true })
    // husky itself obeys such a file; the hooks that git runs itself don't.
    writeFileSync(init, manager === 'husky' ? 'true\n' : 'exit 0\n')
    expect(repo.commit({ env: { PATH: repo.pathWithoutNode() } }).status).toBe(1)
  })

  it('without unleak.sh, and with an unleak that can’t be run', async () => {
    const repo = start()
    await set(repo)
    chmodSync(repo.path('node_modules/.bin/unleak'), 0o644)
    expect(repo.commit().status).toBe(1)
    rmSync(repo.path(manager === 'husky' ? '.husky/unleak.sh' : '.git/hooks/unleak.sh'))
    expect(repo.commit().status).toBe(1)
  })
})

describe('unleak.sh', () => {
  it.each(['sh', 'dash', 'bash', 'bash --posix'])('is plain POSIX shell: %s, with -eu', async (shell) => {
    const repo = start()
    await repo.init()
    const [command = '', ...args] = shell.split(' ')
    const run = (env: Record<string, string>) =>
      spawnSync(command, [...args, '-eu', '.git/hooks/unleak.sh', 'a b', '$x'], {
        cwd: repo.dir,
        env: { ...repo.env, ...env },
        encoding: 'utf8',
      })
    expect(run({ FAKE_EXIT: '1' }).status).toBe(1)
    expect(run({ FAKE_EXIT: '2' }).status).toBe(2)
    expect(run({}).status).toBe(0)
    expect(repo.calls()).toEqual(['[a b][$x]', '[a b][$x]', '[a b][$x]'])
    rmSync(repo.path('node_modules'), { recursive: true })
    expect(run({})).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('STOPPED') })
  })
})

describe('applying', () => {
  it('writes nothing when a file changed since it was read', async () => {
    const { applyInit, planInit } = await import('../../src/hooks/index.ts')
    const repo = start()
    const plan = await planInit({ cwd: repo.dir, env: repo.env })
    repo.write('.git/hooks/commit-msg', '#!/bin/sh\n', 0o755)
    const before = repo.snapshot()
    await expect(applyInit(plan)).rejects.toMatchObject({ code: 'E_WRITE' })
    expect(repo.snapshot()).toEqual(before)
  })
})
