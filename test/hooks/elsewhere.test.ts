// Hooks for all repositories of a person, for new ones, and on a server: real pushes and commits with the real unleak.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { BIN } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { Scratch } from './scratch.ts'

let scratch: Scratch
/** A repository, and the real unleak on the PATH. */
const start = () => {
  scratch = new Scratch()
  const bin = join(scratch.root, 'path')
  mkdirSync(bin)
  symlinkSync(BIN, join(bin, 'unleak'))
  scratch.env.PATH = `${bin}:${scratch.env.PATH}`
  return scratch
}
afterEach(() => scratch.remove())

function commit(repo: Scratch, text: string, cwd = repo.dir) {
  writeFileSync(join(cwd, 'a.txt'), text)
  spawnSync('git', ['add', '-A'], { cwd, env: repo.env })
  const run = spawnSync('git', ['commit', '-m', 'a commit'], { cwd, env: repo.env, encoding: 'utf8' })
  return { status: run.status, output: run.stdout + run.stderr }
}
const KEY = `key ${openaiKey()}\n`

describe('unleak init --global', () => {
  it('stops a key in every repository, runs its own hooks too, and leaves nothing behind', async () => {
    const repo = start()
    repo.write('.git/hooks/pre-commit', '#!/bin/sh\necho own hook ran\n', 0o755)
    const before = existsSync(repo.env.GIT_CONFIG_GLOBAL!)
    await repo.init({ place: 'global', dryRun: true })
    expect(existsSync(repo.env.GIT_CONFIG_GLOBAL!)).toBe(before)
    await repo.init({ place: 'global' })
    expect(commit(repo, KEY)).toMatchObject({
      status: 1,
      output: expect.stringContaining('unleak stopped this commit'),
    })
    expect(commit(repo, 'none\n')).toMatchObject({
      status: 0,
      output: expect.stringContaining('own hook ran'),
    })
    expect(await repo.init({ place: 'global' })).toMatchObject({ changed: false })
    await repo.init({ place: 'global', remove: true })
    expect(existsSync(join(repo.env.HOME!, '.config/unleak'))).toBe(false)
    expect(commit(repo, KEY).output).toContain('own hook ran')
  })

  it('runs nothing that lies in a repository in place of unleak', async () => {
    const repo = start()
    repo.installUnleak() // one that lets everything through
    repo.write('.gitignore', 'node_modules\n')
    await repo.init({ place: 'global' })
    expect(commit(repo, KEY).status).toBe(1)
    expect(repo.calls()).toEqual([])
  })

  it('adds itself to a directory that is set already', async () => {
    const repo = start()
    const dir = join(repo.env.HOME!, 'my-hooks')
    mkdirSync(dir)
    writeFileSync(join(dir, 'pre-commit'), '#!/bin/sh\necho mine ran\n', { mode: 0o755 })
    repo.git('config', '--global', 'core.hooksPath', '~/my-hooks')
    await repo.init({ place: 'global' })
    expect(commit(repo, KEY)).toMatchObject({ status: 1, output: expect.not.stringContaining('mine ran') })
    expect(commit(repo, 'none\n').output).toContain('mine ran')
    await repo.init({ place: 'global', remove: true })
    expect(readFileSync(join(dir, 'pre-commit'), 'utf8')).toBe('#!/bin/sh\necho mine ran\n')
    expect(repo.git('config', '--global', 'core.hooksPath').trim()).toBe('~/my-hooks')
  })
})

describe('unleak init --template', () => {
  it('puts the hooks into new repositories', async () => {
    const repo = start()
    await repo.init({ place: 'template' })
    expect(await repo.init({ place: 'template' })).toMatchObject({ changed: false })
    const fresh = join(repo.root, 'fresh')
    mkdirSync(fresh)
    spawnSync('git', ['init', '-q', fresh], { env: repo.env })
    expect(commit(repo, KEY, fresh).status).toBe(1)
    expect(commit(repo, 'none\n', fresh).status).toBe(0)
    await repo.init({ place: 'template', remove: true })
    expect(existsSync(join(repo.env.HOME!, '.config/unleak'))).toBe(false)
    expect(repo.git('config', '--global', '--list').trim()).toBe('')
  })
})

describe('unleak init --pre-receive', () => {
  it('has a bare repository turn a push with a key away, and take one without', async () => {
    const repo = start()
    const bare = join(repo.root, 'server.git')
    repo.git('init', '-q', '--bare', bare)
    mkdirSync(join(bare, 'hooks'), { recursive: true })
    const theirs = '#!/bin/sh\nwhile read old new ref; do echo "took $ref"; done\n'
    writeFileSync(join(bare, 'hooks/pre-receive'), theirs, { mode: 0o755 })
    await repo.init({ place: 'pre-receive', cwd: bare })
    const push = (...refs: string[]) => {
      const run = spawnSync('git', ['push', bare, ...refs], {
        cwd: repo.dir,
        env: repo.env,
        encoding: 'utf8',
      })
      return { status: run.status, output: run.stdout + run.stderr }
    }
    commit(repo, 'none\n')
    expect(push('main')).toMatchObject({ status: 0, output: expect.stringContaining('took refs/heads/main') })
    commit(repo, KEY)
    const denied = push('main:other')
    expect(denied).toMatchObject({
      status: 1,
      output: expect.stringContaining('unleak stopped this push: 1 secret'),
    })
    expect(denied.output).not.toContain(openaiKey())
    commit(repo, 'taken out\n')
    expect(push('main').status).toBe(1)
    repo.git('reset', '-q', '--soft', 'HEAD~2')
    commit(repo, 'clean\n')
    expect(push('main')).toMatchObject({ status: 0, output: expect.stringContaining('1 commit, 1 blob') }) // what is new
    expect(await repo.init({ place: 'pre-receive', cwd: bare })).toMatchObject({ changed: false })
    await repo.init({ place: 'pre-receive', cwd: bare, remove: true })
    expect(readFileSync(join(bare, 'hooks/pre-receive'), 'utf8')).toBe(theirs)
    expect(existsSync(join(bare, 'hooks/unleak.sh'))).toBe(false)
  })
})
