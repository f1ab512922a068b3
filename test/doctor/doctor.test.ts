// `unleak doctor` in repositories that are well, and in each way in which hooks are known not to fire.
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { CHECKS, type Diagnosis, diagnose } from '../../src/doctor/index.ts'
import { BIN, unleak } from '../helpers/cli.ts'
import { Scratch } from '../hooks/scratch.ts'

let repo: Scratch
afterEach(() => repo.remove())

/** A repository with the real unleak in node_modules, and plain hooks or husky. */
async function start(manager: 'native' | 'husky'): Promise<Scratch> {
  repo = new Scratch()
  repo.write('.gitignore', 'node_modules\n')
  repo.write('package.json', '{ "name": "x", "devDependencies": { "unleak": "*" } }\n')
  if (manager === 'husky') repo.installHusky()
  mkdirSync(repo.path('node_modules/.bin'), { recursive: true })
  symlinkSync(BIN, repo.path('node_modules/.bin/unleak'))
  await repo.init({ manager })
  repo.git('add', '-A')
  repo.git('-c', 'core.hooksPath=/dev/null', 'commit', '-q', '-m', 'set up')
  return repo
}

function doctor(env: Record<string, string> = {}) {
  const run = unleak(['doctor', '--format', 'json'], repo.dir, { env: { ...repo.env, ...env } })
  const { checks, state } = JSON.parse(run.stdout) as Diagnosis
  return { status: run.status, state, checks, problems: checks.filter((check) => check.state === 'problem') }
}

/** The reasons alone, without the proof, which takes three commits. */
async function reasons(env: Record<string, string> = {}) {
  const own = { ...repo.env, ...env }
  const cache = own.XDG_CACHE_HOME ? join(own.XDG_CACHE_HOME, 'unleak') : undefined
  const { checks } = await diagnose(repo.dir, { env: own, cache, node: process.execPath }, CHECKS.slice(1))
  return { checks, problems: checks.filter((check) => check.state === 'problem') }
}

const fixes = (found: Pick<ReturnType<typeof doctor>, 'problems'>) =>
  found.problems.map(({ id, fix }) => [id, fix])

describe('unleak doctor', () => {
  it.each(['native', 'husky'] as const)(
    'proves that the hooks fire, and leaves no trace: %s',
    async (manager) => {
      await start(manager)
      const before = repo.snapshot()
      const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('unleak-doctor-'))
      const leftBefore = left()
      const found = doctor()
      expect(found).toMatchObject({ status: 0, state: 'well' })
      expect(found.checks.slice(0, 3).map(({ id, state }) => `${id} ${state}`)).toEqual([
        'commit ok',
        'message ok',
        'push ok',
      ])
      expect(repo.snapshot()).toEqual(before)
      expect(repo.git('status', '--porcelain')).toBe('')
      expect(repo.git('log', '--oneline', '--all').trim().split('\n')).toHaveLength(1)
      expect(left().filter((name) => !leftBefore.includes(name))).toEqual([])
      const text = unleak(['doctor'], repo.dir, { env: repo.env })
      expect(text.stdout).toMatch(
        /^unleak doctor: .+ \((?:husky|plain git hooks)\)\n\nok {7}A commit with a key is stopped/,
      )
      expect(text.stdout).toContain('The hooks fire.')
    },
  )

  it('sees hooks that were never installed', async () => {
    repo = new Scratch()
    repo.write('a.txt', 'a\n')
    const found = doctor()
    expect(found).toMatchObject({ status: 1, state: 'problems' })
    expect(fixes(found)).toContainEqual(['hook-file', 'unleak init'])
    expect(found.problems[0]!.text).toContain('goes through: unleak did not run')
  })

  it('takes a hook that was left out for a choice, and says so', async () => {
    await start('native')
    rmSync(repo.path('.git/hooks/pre-push'))
    const found = doctor()
    expect(found).toMatchObject({ status: 0, state: 'well' })
    expect(found.checks.filter(({ state }) => state === 'note').map(({ id }) => id)).toEqual([
      'push',
      'hook-file',
    ])
    expect(unleak(['doctor'], repo.dir, { env: repo.env }).stdout).toContain('The hooks that are here fire.')
  })

  it('sees a lost file mode and Windows line ends, and its own advice mends them', async () => {
    await start('native')
    chmodSync(repo.path('.git/hooks/pre-commit'), 0o644)
    repo.write('.git/hooks/commit-msg', repo.read('.git/hooks/commit-msg').replaceAll('\n', '\r\n'), 0o755)
    const found = await reasons()
    expect(fixes(found)).toContainEqual(['file-mode', 'chmod +x .git/hooks/pre-commit'])
    expect(fixes(found)).toContainEqual(['line-ends', "sed -i 's/\\r$//' .git/hooks/commit-msg"])
  })

  it('sees HUSKY=0, in the environment and in husky’s own file', async () => {
    await start('husky')
    expect(doctor({ HUSKY: '0' }).problems.map(({ id }) => id)).toEqual([
      'commit',
      'message',
      'push',
      'switched-off',
    ])
    const init = join(repo.env.HOME!, '.config/husky/init.sh')
    mkdirSync(join(init, '..'), { recursive: true })
    writeFileSync(init, 'export HUSKY=0\n')
    expect((await reasons()).problems.at(-1)?.fix).toContain(init)
  })

  it('sees a hooks path that leads nowhere', async () => {
    await start('husky')
    rmSync(repo.path('.husky/_'), { recursive: true })
    expect(fixes(await reasons())).toContainEqual(['hooks-path', 'npm install'])
    repo.git('config', 'core.hooksPath', '/dev/null')
    expect(fixes(await reasons())).toContainEqual(['hooks-path', 'git config --local --unset core.hooksPath'])
  })

  it('sees a worktree without hooks', async () => {
    await start('husky')
    rmSync(repo.path('.husky/post-checkout')) // which would have made them
    repo.git('worktree', 'add', '-q', join(repo.root, 'tree'))
    expect((await reasons()).problems).toMatchObject([
      { id: 'worktree', fix: expect.stringContaining('unleak init') },
    ])
  })

  it('sees that unleak is not installed, and that nothing can be committed then', async () => {
    await start('native')
    rmSync(repo.path('node_modules'), { recursive: true })
    const found = doctor()
    expect(fixes(found)).toContainEqual(['unleak', 'npm install'])
    expect(found.problems[0]!.text).toContain('nothing can be committed')
  })

  it('sees a manager that is not installed', async () => {
    repo = new Scratch()
    repo.write('lefthook.yml', 'pre-commit:\n  commands:\n    unleak:\n      run: unleak staged\n')
    expect(fixes(await reasons({ PATH: repo.pathWithoutNode() }))).toContainEqual([
      'manager',
      'npm install -D lefthook && unleak init',
    ])
  })

  it('is no problem where the cache can’t be written, but says so', async () => {
    await start('native')
    const file = join(repo.root, 'file')
    writeFileSync(file, '')
    const found = await reasons({ XDG_CACHE_HOME: file })
    expect(found.problems).toEqual([])
    expect(found.checks.at(-1)).toMatchObject({ id: 'cache', state: 'note' })
  })

  it('outside a repository says so', () => {
    repo = new Scratch()
    const outside = unleak(['doctor'], repo.root, {
      env: { ...repo.env, GIT_CEILING_DIRECTORIES: repo.root },
    })
    expect(outside).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('is not in a git repository'),
    })
  })
})
