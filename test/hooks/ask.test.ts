// The questions to git: right answers in odd places, and trouble that says what to do.
import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { afterEach, expect, it, vi } from 'vitest'
import { askGit } from '../../src/git/ask.ts'
import { Scratch } from './scratch.ts'

vi.setConfig({ testTimeout: 30_000 })

let scratch: Scratch
const start = (name?: string) => {
  scratch = new Scratch(name)
  return scratch
}
afterEach(() => scratch.remove())

it.each(['plain', 'a b', 'line\nfeed', '日本'])('absolute paths from a sub-directory of %j', async (name) => {
  const repo = start(name)
  mkdirSync(repo.path('sub/dir'), { recursive: true })
  const git = askGit(repo.path('sub/dir'), repo.env)
  expect(await git.version()).toMatch(/^\d+\.\d+/)
  expect(await git.isInsideWorkTree()).toBe(true)
  expect(await git.topLevel()).toBe(repo.dir)
  expect(await git.gitDir()).toBe(repo.path('.git'))
  expect(await git.commonDir()).toBe(repo.path('.git'))
  expect(await git.hooksPath()).toBe(repo.path('.git/hooks'))
  repo.git('config', 'core.hooksPath', 'tools/hooks')
  expect(await git.hooksPath()).toBe(repo.path('tools/hooks'))
})

it('a linked worktree has its own git directory and shares the common one', async () => {
  const repo = start()
  repo.git('commit', '-q', '--allow-empty', '-m', 'x')
  const linked = join(repo.root, 'linked')
  repo.git('worktree', 'add', '-q', linked)
  const git = askGit(linked, repo.env)
  expect(await git.topLevel()).toBe(linked)
  expect(await git.gitDir()).toBe(repo.path('.git/worktrees/linked'))
  expect(await git.commonDir()).toBe(repo.path('.git'))
  expect(await git.hooksPath()).toBe(repo.path('.git/hooks'))
})

it('config is read with its scope, set, and unset; what is not set is no error', async () => {
  const repo = start()
  const git = askGit(repo.dir, repo.env)
  expect(await git.config('core.hooksPath')).toBeUndefined()
  repo.git('config', '--global', 'core.hooksPath', 'a\tb')
  expect(await git.config('core.hooksPath')).toEqual({ scope: 'global', value: 'a\tb' })
  await git.setConfig('core.hooksPath', 'x y')
  expect(await git.config('core.hooksPath')).toEqual({ scope: 'local', value: 'x y' })
  await git.unsetConfig('core.hooksPath')
  await git.unsetConfig('core.hooksPath')
  expect(await git.config('core.hooksPath')).toMatchObject({ scope: 'global' })
})

it('answers as the user’s git does: GIT_DIR, and config given in the environment', async () => {
  const repo = start()
  const other = join(repo.root, 'other.git')
  repo.git('init', '-q', '--bare', other)
  const env = {
    ...repo.env,
    GIT_DIR: other,
    GIT_WORK_TREE: repo.dir,
    GIT_EDITOR: 'vi',
    EDITOR: 'vi',
    PAGER: 'less',
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'core.pager',
    GIT_CONFIG_VALUE_0: 'less',
    GIT_CONFIG_KEY_1: 'core.hooksPath',
    GIT_CONFIG_VALUE_1: '/elsewhere',
  }
  const git = askGit(repo.dir, env)
  expect(await git.gitDir()).toBe(other)
  expect(await git.hooksPath()).toBe('/elsewhere')
})

it('runs nothing of the repository', async () => {
  const repo = start()
  const trap = join(repo.root, 'trap')
  writeFileSync(trap, `#!/bin/sh\ntouch '${trap}.sprung'\n`, { mode: 0o755 })
  for (const key of ['core.fsmonitor', 'core.pager', 'core.sshCommand', 'pager.config', 'pager.rev-parse']) {
    repo.git('config', key, trap)
  }
  const git = askGit(repo.dir, repo.env)
  await git.topLevel()
  await git.config('core.hooksPath')
  expect(() => execFileSync('test', ['-e', `${trap}.sprung`])).toThrow()
})

it('outside a repository', async () => {
  const repo = start()
  const git = askGit(repo.env.HOME ?? '', repo.env)
  expect(await git.isInsideWorkTree()).toBe(false)
  await expect(git.topLevel()).rejects.toMatchObject({
    name: 'ToolError',
    code: 'E_NOT_A_REPOSITORY',
    hint: expect.stringContaining('git init'),
  })
  await expect(repo.init({ cwd: repo.env.HOME ?? '' })).rejects.toMatchObject({ code: 'E_NOT_A_REPOSITORY' })
  await expect(repo.init({ cwd: repo.path('.git') })).rejects.toMatchObject({ code: 'E_NOT_A_REPOSITORY' })
})

it('without git, and without the directory', async () => {
  const repo = start()
  await expect(askGit(repo.dir, { ...repo.env, PATH: repo.root }).topLevel()).rejects.toMatchObject({
    code: 'E_GIT_NOT_FOUND',
    hint: expect.stringContaining('PATH'),
  })
  await expect(askGit(repo.path('nowhere'), repo.env).topLevel()).rejects.toMatchObject({
    code: 'E_NOT_FOUND',
  })
})

it.runIf(process.getuid?.() === 0)('a repository of another user', async () => {
  const repo = start()
  chownSync(repo.dir, 12345, 12345)
  chownSync(repo.path('.git'), 12345, 12345)
  await expect(askGit(repo.dir, repo.env).topLevel()).rejects.toMatchObject({
    code: 'E_GIT',
    message: expect.stringContaining('belongs to another user'),
    hint: `If you trust it: git config --global --add safe.directory '${repo.dir}'`,
  })
})

it('leaves no timer behind that keeps the process alive', () => {
  const repo = start()
  const ask = new URL('../../src/git/ask.ts', import.meta.url).pathname
  const script = `
    import { askGit } from ${JSON.stringify(ask)}
    askGit(process.cwd()).version()
      .then(() => new Promise((done) => setImmediate(done)))
      .then(() => console.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length))`
  const built = join(repo.root, 'ask.cjs')
  buildSync({
    stdin: { contents: script, resolveDir: repo.dir },
    bundle: true,
    platform: 'node',
    outfile: built,
  })
  expect(execFileSync(process.execPath, [built], { cwd: repo.dir, encoding: 'utf8' })).toBe('0\n')
})
