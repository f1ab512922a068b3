// The pre-push hook that init installs: a real push, stdin for us and for the hook that was there before.

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { BIN } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { Scratch } from './scratch.ts'

vi.setConfig({ testTimeout: 60_000 })

const FAKE = `#!/bin/sh
[ "$1" = push ] || exit 0
{ for word; do printf '[%s]' "$word"; done; echo; cat; } >> "$FAKE_LOG"
exit "\${FAKE_EXIT:-0}"
`

let scratch: Scratch
afterEach(() => scratch.remove())

/** A repository with a remote; its unleak writes down what it is called with and what it reads. */
function start(manager: 'husky' | 'native', unleak = FAKE): Scratch {
  scratch = new Scratch('a repo')
  if (manager === 'husky') scratch.npmProject()
  else scratch.installUnleak()
  scratch.write('.gitignore', 'node_modules\n*.log\n')
  scratch.write('node_modules/.bin/unleak', unleak, 0o755)
  scratch.git('init', '-q', '--bare', join(scratch.root, 'remote.git'))
  scratch.git('remote', 'add', 'origin', join(scratch.root, 'remote.git'))
  return scratch
}

function push(repo: Scratch, env: Record<string, string> = {}, refs = ['main']) {
  const run = spawnSync('git', ['push', 'origin', ...refs], {
    cwd: repo.dir,
    env: { ...repo.env, ...env },
    encoding: 'utf8',
  })
  return { status: run.status, stdout: run.stdout, output: run.stdout + run.stderr }
}

const leftovers = (repo: Scratch) =>
  readdirSync(repo.path('.git')).filter((name) => name.startsWith('unleak'))

describe.each(['husky', 'native'] as const)('pre-push by %s', (manager) => {
  it('gets the remote, the address and the refs, and stops the push', async () => {
    const repo = start(manager)
    await repo.init({ manager })
    repo.commit()
    const head = repo.git('rev-parse', 'HEAD').trim()
    const remote = join(repo.root, 'remote.git')
    expect(push(repo, { FAKE_EXIT: '1' }).status).toBe(1)
    expect(repo.calls()).toEqual([
      `[push][origin][${remote}]`,
      `refs/heads/main ${head} refs/heads/main ${'0'.repeat(40)}`,
    ])
    expect(push(repo)).toMatchObject({ status: 0, stdout: '' })
    expect(leftovers(repo)).toEqual([])
    repo.calls()
    expect(push(repo)).toMatchObject({ status: 0 })
    expect(repo.calls()).toEqual([`[push][origin][${remote}]`])
  })

  const OTHERS: Record<string, string> = {
    'reads stdin, as git-lfs does': 'cat > theirs.log\n',
    'reads it line by line': 'while read -r a b c d; do echo "$a $b $c $d" >> theirs.log; done\nexit 0\n',
    'sh -eu': '#!/bin/sh -eu\ncat > theirs.log\n',
    'another language':
      '#!/usr/bin/env node\nrequire("fs").writeFileSync("theirs.log", require("fs").readFileSync(0))\n',
  }

  it.each(Object.entries(OTHERS))('a hook that %s still reads what git said', async (name, text) => {
    if (manager === 'husky' && name === 'another language') return // husky runs its hooks with sh
    const repo = start(manager)
    repo.commit()
    const hook = manager === 'husky' ? '.husky/pre-push' : '.git/hooks/pre-push'
    if (manager === 'husky') repo.git('config', 'core.hooksPath', '.husky/_')
    repo.write(hook, text.startsWith('#!') || manager === 'husky' ? text : `#!/bin/sh\n${text}`, 0o755)
    const before = repo.read(hook)
    await repo.init({ manager })
    const head = repo.git('rev-parse', 'HEAD').trim()
    expect(push(repo, { FAKE_EXIT: '1' }).status).toBe(1)
    expect(repo.has('theirs.log')).toBe(false)
    expect(push(repo)).toMatchObject({ status: 0 })
    expect(readFileSync(repo.path('theirs.log'), 'utf8')).toBe(
      `refs/heads/main ${head} refs/heads/main ${'0'.repeat(40)}\n`,
    )
    expect(leftovers(repo)).toEqual([])
    expect(await repo.init({ manager })).toMatchObject({ changed: false })
    await repo.init({ manager, remove: true })
    expect(repo.read(hook)).toBe(before)
  })

  it('nothing to say on stdin stays nothing for the hook behind ours', async () => {
    const repo = start(manager)
    repo.commit()
    push(repo)
    await repo.init({ manager })
    const hook = repo.path(manager === 'husky' ? '.husky/pre-push' : '.git/hooks/pre-push')
    writeFileSync(hook, `${readFileSync(hook, 'utf8')}cat > theirs.log\n`)
    expect(push(repo)).toMatchObject({ status: 0 })
    expect(readFileSync(repo.path('theirs.log'), 'utf8')).toBe('')
  })

  it('fails closed without unleak, and works when a checkout has turned the hook into CRLF', async () => {
    const repo = start(manager)
    await repo.init({ manager })
    repo.commit()
    const hook = repo.path(manager === 'husky' ? '.husky/pre-push' : '.git/hooks/pre-push')
    const crlf = readFileSync(hook, 'latin1').replaceAll('\n', '\r\n')
    // Git itself can't run `#!/bin/sh` with a carriage return; husky's hooks are run by sh.
    writeFileSync(hook, crlf.replace(/^(#!.*)\r\n/, '$1\n'), 'latin1')
    chmodSync(hook, 0o755)
    expect(push(repo, { FAKE_EXIT: '1' }).status).toBe(1)
    rmSync(repo.path('node_modules/.bin/unleak'))
    expect(push(repo)).toMatchObject({ status: 1, output: expect.stringContaining('unleak: STOPPED') })
    expect(leftovers(repo)).toEqual([])
    expect(existsSync(join(repo.root, 'remote.git/refs/heads/main'))).toBe(false)
  })

  it('the built unleak: blocks a key, lets the push through without', async () => {
    const key = openaiKey()
    const repo = start(manager, `#!/bin/sh\n[ "$1" != push ] || exec "${process.execPath}" "${BIN}" "$@"\n`)
    await repo.init({ manager })
    repo.commit()
    expect(push(repo)).toMatchObject({ status: 0, output: expect.stringContaining('no secrets') })
    repo.write('a.env', `OPENAI_API_KEY=${key}\n`)
    repo.commit()
    const blocked = push(repo)
    expect(blocked.status).toBe(1)
    expect(blocked.stdout).not.toContain('unleak')
    expect(blocked.output).toContain('unleak stopped this push: 1 secret in what it would publish.')
    expect(blocked.output).not.toContain(key)
    repo.git('rm', '-q', 'a.env')
    repo.git('commit', '-q', '--amend', '--no-verify', '-m', 'without')
    expect(push(repo)).toMatchObject({ status: 0 })
  })
})
