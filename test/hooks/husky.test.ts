// `unleak init` with a real husky and real commits.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Scratch } from './scratch.ts'

vi.setConfig({ testTimeout: 60_000 })

let scratch: Scratch
const start = (name?: string) => {
  scratch = new Scratch(name)
  return scratch
}
afterEach(() => scratch.remove())

const CALLS = ['[staged]', '[message][.git/COMMIT_EDITMSG]']

describe('a project without husky set up', () => {
  it('gets husky, both hooks and the health script, and the hooks fire', async () => {
    const repo = start()
    repo.npmProject()
    const result = await repo.init()
    expect(result).toMatchObject({
      manager: 'husky',
      changed: true,
      ready: true,
      next: 'Try it: make a commit.',
    })
    expect(repo.git('config', 'core.hooksPath').trim()).toBe('.husky/_')
    expect(repo.read('package.json')).toBe(
      '{\n  "name": "x",\n  "version": "1.0.0",\n  "scripts": {\n    "prepare": "husky",\n    "check-api-health": "unleak health"\n  }\n}\n',
    )
    expect(repo.commit()).toMatchObject({ status: 0 })
    expect(repo.calls()).toEqual(CALLS)
  })

  it.each([1, 2])('stops the commit when unleak ends with %i', async (status) => {
    const repo = start()
    repo.npmProject()
    await repo.init()
    const { status: got, output } = repo.commit({ env: { FAKE_EXIT: String(status) } })
    expect(got).toBe(1)
    expect(output).toContain(`pre-commit script failed (code ${status})`)
    expect(repo.calls()).toEqual(['[staged]'])
  })

  it('does nothing the second time, and nothing at all in a dry run', async () => {
    const repo = start()
    repo.npmProject()
    const before = repo.snapshot()
    const dry = await repo.init({ dryRun: true })
    expect(repo.snapshot()).toEqual(before)
    const first = await repo.init()
    expect(dry.changes).toEqual(first.changes)
    expect(dry.steps).toEqual(first.steps)
    const after = repo.snapshot()
    const second = await repo.init()
    expect(second).toMatchObject({
      changed: false,
      changes: [],
      steps: [],
      done: ['There is nothing to change.'],
    })
    expect(repo.snapshot()).toEqual(after)
  })

  it('is as before after --remove, byte for byte', async () => {
    const repo = start()
    repo.npmProject()
    const before = repo.snapshot()
    await repo.init()
    await repo.init()
    const result = await repo.init({ remove: true })
    expect(result).toMatchObject({ changed: true })
    expect(repo.snapshot()).toEqual(before)
    expect(repo.has('.husky')).toBe(false)
    expect(await repo.init({ remove: true })).toMatchObject({ changed: false })
  })

  it('says so when HUSKY=0 keeps husky from working', async () => {
    const repo = start()
    repo.npmProject()
    await expect(repo.init({ env: { ...repo.env, HUSKY: '0' } })).rejects.toMatchObject({
      code: 'E_HOOK',
      hint: expect.stringContaining('HUSKY=0'),
    })
  })

  it('keeps a prepare script of another purpose, and says what is missing', async () => {
    const repo = start()
    repo.npmProject('', '{ "name": "x", "scripts": { "prepare": "tsc" } }')
    const result = await repo.init()
    expect(repo.read('package.json')).toBe(
      '{ "name": "x", "scripts": { "prepare": "tsc", "check-api-health": "unleak health" } }',
    )
    expect(result.notes.join()).toContain('"prepare" ("tsc"): kept')
    repo.commit()
    expect(repo.calls()).toEqual(CALLS)
  })
})

describe('husky that is not installed', () => {
  const npmThatInstalls = (repo: Scratch, status = 0) => {
    const bin = join(repo.root, 'fake-bin')
    repo.git('init', '-q', bin)
    writeFileSync(
      join(bin, 'npm'),
      `#!/bin/sh\necho "$@" >> "$FAKE_LOG"\n[ ${status} = 0 ] || { echo 'no network' >&2; exit ${status}; }\n` +
        'if [ "$1" = install ]; then mkdir -p node_modules && cp -R "$HUSKY_FROM" node_modules/husky\n' +
        'node -e \'const fs=require("fs"),p=JSON.parse(fs.readFileSync("package.json"));p.devDependencies={husky:"^9"};fs.writeFileSync("package.json",JSON.stringify(p,null,2)+"\\n")\'\n' +
        'else rm -rf node_modules/husky\n' +
        'node -e \'const fs=require("fs"),p=JSON.parse(fs.readFileSync("package.json"));delete p.devDependencies;fs.writeFileSync("package.json",JSON.stringify(p,null,2)+"\\n")\'\nfi\n',
      { mode: 0o755 },
    )
    return {
      ...repo.env,
      PATH: `${bin}:${repo.env.PATH}`,
      HUSKY_FROM: join(import.meta.dirname, '../../node_modules/husky'),
    }
  }
  const project = (repo: Scratch) => {
    repo.write('package.json', '{\n  "name": "x"\n}\n')
    repo.installUnleak()
  }

  it('is installed by the project’s own package manager, as a step that the dry run shows', async () => {
    const repo = start()
    project(repo)
    const env = npmThatInstalls(repo)
    const before = repo.snapshot()
    const dry = await repo.init({ env, dryRun: true })
    expect(dry.steps.map((step) => step.command)).toEqual([
      'npm install -D husky',
      'git config core.hooksPath .husky/_',
    ])
    expect(repo.calls()).toEqual([])
    await repo.init({ env })
    expect(repo.calls()).toEqual(['install -D husky'])
    expect(repo.read('package.json')).toContain('"husky": "^9"')
    expect(repo.commit()).toMatchObject({ status: 0 })
    expect(repo.calls()).toEqual(CALLS)
    await repo.init({ env, remove: true })
    expect(repo.calls()).toEqual(['uninstall husky'])
    expect(repo.has('.husky')).toBe(false)
    expect(repo.read('package.json')).toBe('{\n  "name": "x"\n}\n')
    expect(repo.snapshot().config).toBe(before.config)
  })

  it('with --no-install only names the command, and says that nothing is set up', async () => {
    const repo = start()
    project(repo)
    const before = repo.snapshot()
    const result = await repo.init({ env: npmThatInstalls(repo), install: false })
    expect(result).toMatchObject({ changed: false, ready: false, changes: [] })
    expect(result.notes.join()).toContain('Run `npm install -D husky`')
    expect(repo.calls()).toEqual([])
    expect(repo.snapshot()).toEqual(before)
  })

  it('leaves everything as it was when the install fails', async () => {
    const repo = start()
    project(repo)
    const before = repo.snapshot()
    await expect(repo.init({ env: npmThatInstalls(repo, 7) })).rejects.toMatchObject({
      code: 'E_HOOK',
      hint: expect.stringContaining('no network'),
    })
    expect(repo.snapshot()).toEqual(before)
  })

  it.each([
    ['pnpm-lock.yaml', 'pnpm add -D husky'],
    ['yarn.lock', 'yarn add -D husky'],
    ['bun.lock', 'bun add -d husky'],
    ['package-lock.json', 'npm install -D husky'],
  ])('goes by the lock file: %s', async (file, command) => {
    const repo = start()
    project(repo)
    repo.write(file, '')
    const { steps } = await repo.init({ dryRun: true })
    expect(steps[0]?.command).toBe(command)
  })
})

describe('husky with hooks of its own', () => {
  const HOOKS: Record<string, string> = {
    plain: 'echo theirs >> theirs.log\n',
    'no line feed at its end': 'echo theirs >> theirs.log',
    'ends in exit 0': 'echo theirs >> theirs.log\nexit 0\n',
    'ends in exec': 'exec sh -c "echo theirs >> theirs.log"\n',
    'sets the PATH after its end': 'echo theirs >> theirs.log\nexit 0\nexport PATH="$PATH:x"\n',
    shebang: '#!/usr/bin/env sh\necho theirs >> theirs.log\nexit 0\n',
    'only a shebang, no line feed': '#!/bin/sh',
    empty: '',
    CRLF: '# comment\r\necho theirs >> theirs.log #\r\n',
    'not UTF-8': '# caf\xe9\necho theirs >> theirs.log\n',
    'set -eu': 'set -eu\necho theirs >> theirs.log\n',
  }

  it.each(Object.entries(HOOKS))('%s: chained, stopped by unleak, and restored', async (_, text) => {
    const repo = start()
    repo.npmProject()
    repo.git('config', 'core.hooksPath', '.husky/_')
    repo.write('.husky/pre-commit', '')
    writeFileSync(repo.path('.husky/pre-commit'), text, 'latin1')
    chmodSync(repo.path('.husky/pre-commit'), 0o644)
    const before = repo.snapshot()
    await repo.init()
    expect(repo.commit({ env: { FAKE_EXIT: '1' } }).status).toBe(1)
    expect(repo.has('theirs.log')).toBe(false)
    expect(repo.calls()).toEqual(['[staged]'])
    expect(repo.commit().status).toBe(0)
    expect(repo.has('theirs.log')).toBe(text.includes('echo'))
    expect(repo.calls()).toEqual(CALLS)
    expect(await repo.init()).toMatchObject({ changed: false })
    await repo.init({ remove: true })
    rmSync(repo.path('theirs.log'), { force: true })
    const after = repo.snapshot()
    expect(after['.husky/pre-commit']).toBe(before['.husky/pre-commit'])
    expect(after['package.json']).toBe(before['package.json'])
    expect(after['.husky/unleak.sh']).toBeUndefined()
    // husky was theirs, so it stays.
    expect(after.config).toBe(before.config)
  })

  it('runs after lines that put node on the PATH, before everything else', async () => {
    const repo = start()
    repo.npmProject()
    const lead =
      '#!/bin/sh\n# nvm\nexport NVM_DIR="$HOME/.nvm"\n[ -s "$NVM_DIR/nvm.sh" ] && . "$NVM_DIR/nvm.sh"\n'
    repo.write('.husky/pre-commit', `${lead}\nexit 0\n`)
    await repo.init()
    expect(repo.read('.husky/pre-commit').startsWith(`${lead}# unleak:begin\n`)).toBe(true)
  })

  it('never lands inside a quoted string or after a line that may end the script', async () => {
    const repo = start()
    repo.npmProject()
    repo.write('.husky/pre-commit', '#!/bin/sh\nexport PATH="a:\nb"\nexit 0\n')
    repo.write('.husky/commit-msg', '. ./lib.sh; exit 0\n')
    await repo.init()
    expect(repo.read('.husky/pre-commit')).toMatch(/^#!\/bin\/sh\n# unleak:begin\n/)
    expect(repo.read('.husky/commit-msg')).toMatch(/^# unleak:begin\n/)
  })

  it('still runs when a checkout has turned the hook into CRLF', async () => {
    const repo = start()
    repo.npmProject()
    await repo.init()
    const crlf = repo.read('.husky/pre-commit').replaceAll('\n', '\r\n')
    writeFileSync(repo.path('.husky/pre-commit'), crlf)
    expect(repo.commit({ env: { FAKE_EXIT: '1' } }).status).toBe(1)
    expect(repo.commit().status).toBe(0)
    expect(await repo.init()).toMatchObject({ changed: false })
    repo.git('-c', 'core.autocrlf=true', 'checkout', '-q', '--', '.')
    rmSync(repo.path('.husky/unleak.sh'))
    repo.git('-c', 'core.autocrlf=true', 'checkout', '-q', '--', '.husky/unleak.sh')
    expect(repo.read('.husky/unleak.sh')).not.toContain('\r')
  })

  it('keeps husky when --remove leaves other hooks behind', async () => {
    const repo = start()
    repo.npmProject()
    await repo.init()
    repo.write('.husky/pre-push', 'true\n')
    const result = await repo.init({ remove: true })
    expect(result.notes).toEqual(['husky stays: pre-push in .husky needs it.'])
    expect(repo.git('config', 'core.hooksPath').trim()).toBe('.husky/_')
    expect(repo.read('package.json')).toContain('"prepare": "husky"')
  })

  it('refuses half a block', async () => {
    const repo = start()
    repo.npmProject()
    repo.write('.husky/pre-commit', '# unleak:begin\ntrue\n')
    await expect(repo.init()).rejects.toMatchObject({ code: 'E_HOOK' })
  })
})

// What `husky install` of version 8 writes, in short: it runs the hook again as its child and ends.
const HUSKY_8 = `if [ -z "$husky_skip_init" ]; then
  readonly hook_name="$(basename -- "$0")"
  export husky_skip_init=1
  sh -e "$0" "$@"
  exit $?
fi
`

describe('places', () => {
  it.each(['with space', `it's "quoted" $HOME`, 'ümlaut-日本', '-dash'])('a path like %s', async (name) => {
    const repo = start(name)
    repo.npmProject()
    await repo.init()
    expect(repo.commit({ env: { FAKE_EXIT: '1' } }).status).toBe(1)
    expect(repo.commit().status).toBe(0)
    expect(repo.calls()).toEqual(['[staged]', ...CALLS])
  })

  it.each(['frontend', 'my app', `packages/it's`])('a package in the sub-directory %s', async (below) => {
    const repo = start()
    repo.npmProject(below)
    const before = repo.snapshot()
    await repo.init({ cwd: repo.path(below) })
    expect(repo.git('config', 'core.hooksPath').trim()).toBe(`${below}/.husky/_`)
    expect(repo.commit({ env: { FAKE_EXIT: '1' } }).status).toBe(1)
    expect(repo.commit().status).toBe(0)
    expect(repo.calls()).toEqual(['[staged]', ...CALLS])
    const { prepare } = JSON.parse(repo.read(join(below, 'package.json'))).scripts
    expect(prepare).toMatch(/^cd \.\.(\/\.\.)? && husky /)
    expect(await repo.init()).toMatchObject({ changed: false })
    await repo.init({ remove: true })
    expect(Object.entries(repo.snapshot()).filter(([name]) => !name.startsWith('file-'))).toEqual(
      Object.entries(before),
    )
  })

  it('the prepare script of a sub-directory sets husky up in a fresh clone', async () => {
    const repo = start()
    repo.npmProject('my app')
    await repo.init({ cwd: repo.path('my app') })
    repo.git('config', '--unset', 'core.hooksPath')
    const { prepare } = JSON.parse(repo.read('my app/package.json')).scripts
    repo.write(
      'my app/run',
      `#!/bin/sh\nhusky() { node node_modules/husky/bin.js "$@"; }\n${prepare.replace('husky "', 'node "my app/node_modules/husky/bin.js" "')}\n`,
      0o755,
    )
    execFileSync('./run', { cwd: repo.path('my app'), env: repo.env })
    expect(repo.git('config', 'core.hooksPath').trim()).toBe('my app/.husky/_')
  })

  it('a linked worktree made later: its hooks come along, and the main one’s node_modules are used', async () => {
    const repo = start()
    repo.npmProject()
    await repo.init()
    repo.commit()
    repo.calls()
    const worktree = join(repo.root, 'linked tree')
    repo.git('worktree', 'add', '-q', '-b', 'linked', worktree)
    const blocked = repo.commit({ cwd: worktree, env: { FAKE_EXIT: '1' } })
    expect(blocked.status).toBe(1)
    expect(blocked.output).toContain('using those of the main one')
    expect(repo.calls()).toEqual(['[staged]'])
    expect(repo.commit({ cwd: worktree }).status).toBe(0)
    repo.calls()
    repo.installUnleak('', worktree)
    expect(repo.commit({ cwd: worktree }).output).not.toContain('using those of the main one')
    expect(repo.calls()[0]).toBe('[staged]')
  })

  it('a worktree that was there before is named, and `init` there sets it up', async () => {
    const repo = start()
    repo.npmProject()
    repo.commit()
    const worktree = join(repo.root, 'before')
    repo.git('worktree', 'add', '-q', worktree)
    const { notes } = await repo.init()
    expect(notes.join()).toContain(`Git runs no hooks in ${worktree} until`)
    repo.commit()
    repo.calls()
    execFileSync('git', ['merge', '-q', 'main'], { cwd: worktree, env: repo.env })
    mkdirSync(join(worktree, 'node_modules'))
    cpSync(repo.path('node_modules/husky'), join(worktree, 'node_modules/husky'), { recursive: true })
    const there = await repo.init({ cwd: worktree })
    expect(there.notes).toEqual([])
    expect(repo.commit({ cwd: worktree, env: { FAKE_EXIT: '1' } }).status).toBe(1)
    expect(repo.calls()).toEqual(['[staged]'])
  })

  it('a .husky that is a link out of the repository is not followed', async () => {
    const repo = start()
    repo.npmProject()
    const outside = join(repo.root, 'outside')
    mkdirSync(outside)
    symlinkSync(outside, repo.path('.husky'))
    await expect(repo.init()).rejects.toMatchObject({
      message: expect.stringContaining('outside this repository'),
    })
    expect(readdirSync(outside)).toEqual([])
  })

  it('husky 8, which lets git run .husky itself, is chained after its own first lines', async () => {
    const repo = start()
    repo.npmProject()
    repo.git('config', 'core.hooksPath', '.husky')
    const first = '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n'
    repo.write('.husky/_/husky.sh', HUSKY_8)
    repo.write('.husky/pre-commit', `${first}\necho theirs >> theirs.log\nexit 0\n`, 0o755)
    expect(await repo.init()).toMatchObject({ manager: 'native' })
    expect(repo.read('.husky/pre-commit').startsWith(`${first}# unleak:begin\n`)).toBe(true)
    expect(repo.commit({ env: { FAKE_EXIT: '1' } }).status).toBe(1)
    expect(repo.has('theirs.log')).toBe(false)
    expect(repo.commit().status).toBe(0)
    expect(repo.has('theirs.log')).toBe(true)
    expect(repo.calls()).toEqual(['[staged]', ...CALLS])
  })

  it('hooks in .git/hooks are not switched off behind anyone’s back', async () => {
    const repo = start()
    repo.npmProject()
    repo.write('.git/hooks/pre-push', '#!/bin/sh\nexit 0\n', 0o755)
    expect(await repo.init({ dryRun: true })).toMatchObject({ manager: 'native' })
    const husky = await repo.init({ dryRun: true, manager: 'husky' })
    expect(husky.notes.join()).toContain('git no longer runs what is in .git/hooks: pre-push')
  })

  it('core.hooksPath of this repository is not taken over by husky', async () => {
    const repo = start()
    repo.npmProject()
    repo.git('config', 'core.hooksPath', 'tools/hooks')
    await expect(repo.init({ manager: 'husky' })).rejects.toMatchObject({
      hint: expect.stringContaining('--native'),
    })
    expect(await repo.init({ dryRun: true })).toMatchObject({ manager: 'native' })
  })

  it('husky without package.json is refused', async () => {
    const repo = start()
    await expect(repo.init({ manager: 'husky' })).rejects.toMatchObject({ code: 'E_HOOK' })
  })
})
