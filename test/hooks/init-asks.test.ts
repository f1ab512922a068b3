// `unleak init` at a terminal asks; with flags, on a pipe and with --yes it never does. And each part by its flag.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BIN, unleak } from '../helpers/cli.ts'
import { atTerminal, hasTerminal, KEYS } from '../helpers/pty.ts'
import { cleanEnv, makeRepo, type Repo, tempFolder } from '../helpers/repo.ts'

const { enter, down, space, escape: stop } = KEYS
const has = (repo: Repo, file: string) => existsSync(join(repo.path, file))
const read = (repo: Repo, file: string) => readFileSync(join(repo.path, file), 'utf8')
const home = tempFolder()
const env = cleanEnv({ HOME: home, TERM: 'xterm', UNLEAK_NO_INSTALL: '1' })

describe.skipIf(!hasTerminal())('unleak init at a terminal', () => {
  const at = (repo: Repo, args: string[], answers: [string, string][]) =>
    atTerminal([process.execPath, BIN, 'init', ...args], answers, { cwd: repo.path, env })

  it('asks which manager, which hooks and what else, does that, and says it as a command line', async () => {
    const repo = makeRepo()
    repo.write({ '.gitlab-ci.yml': 'stages: [test]\n', 'CLAUDE.md': 'x\n' })
    const run = await at(
      repo,
      [],
      [
        ['Which hook manager', enter],
        ['what shall be checked', space + enter],
        ['What else', space + down + down + space + enter],
      ],
    )
    expect(run.screen).toContain(
      'unleak init --native --hooks pre-commit,pre-push --ci=gitlab --agents=claude',
    )
    expect(run.status).toBe(0)
    expect(['pre-commit', 'commit-msg', 'pre-push'].map((hook) => has(repo, `.git/hooks/${hook}`))).toEqual([
      true,
      false,
      true,
    ])
    expect(has(repo, '.claude/settings.json')).toBe(true)
    expect(read(repo, '.gitlab-ci.yml')).toBe('stages: [test]\n')
    expect(run.screen).toContain('add these lines to it')
    expect(run.screen).toContain('GIT_DEPTH')
  })

  it('puts the manager that is found first', async () => {
    const repo = makeRepo()
    repo.write({ 'lefthook.yml': 'pre-commit:\n  commands: {}\n', 'package.json': '{}\n' })
    const run = await at(
      repo,
      [],
      [
        ['Which hook manager', enter],
        ['what shall be checked', enter],
        ['What else', enter],
      ],
    )
    expect(run.screen).toContain('lefthook')
    expect(read(repo, 'lefthook.yml')).toMatch(/pre-push:/)
  })

  it('changes nothing when somebody stops at a question', async () => {
    const repo = makeRepo()
    const run = await at(
      repo,
      [],
      [
        ['Which hook manager', enter],
        ['what shall be checked', stop],
      ],
    )
    expect(run.status).toBe(130)
    expect(run.screen).toContain('nothing was changed')
    expect(has(repo, '.git/hooks/pre-commit')).toBe(false)
  })

  it.each([['--yes'], ['--native'], ['--hooks=pre-commit'], ['--dry-run']])(
    '%s asks nothing',
    async (flag) => {
      const run = await at(makeRepo(), [flag], [])
      expect(run.screen).not.toContain('Which hook manager')
      expect(run.status).toBe(0)
    },
  )
})

describe('unleak init by flags', () => {
  const init = (repo: Repo, ...args: string[]) =>
    unleak(['init', ...args], repo.path, { env: { HOME: home } })

  it('asks nothing on a pipe', () => {
    const repo = makeRepo()
    expect(init(repo)).toMatchObject({ status: 0, stderr: '' })
    expect(has(repo, '.git/hooks/pre-push')).toBe(true)
  })

  it('--hooks installs those only, adds the others later, and takes all out again', () => {
    const repo = makeRepo()
    expect(init(repo, '--hooks', 'pre-commit').status).toBe(0)
    expect(has(repo, '.git/hooks/pre-push')).toBe(false)
    expect(init(repo).status).toBe(0)
    expect(has(repo, '.git/hooks/pre-push')).toBe(true)
    expect(init(repo, '--remove').status).toBe(0)
    expect(has(repo, '.git/hooks/pre-commit')).toBe(false)
    expect(init(repo, '--hooks', 'pre-comit')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('"pre-comit" is not one of pre-commit, commit-msg, pre-push'),
    })
  })

  it.each([
    ['lefthook', 'lefthook.yml', 'pre-commit:\n  commands:\n    lint:\n      run: x\n'],
    ['pre-commit', '.pre-commit-config.yaml', 'repos: []\n'],
    ['simple-git-hooks', '.simple-git-hooks.json', '{}\n'],
  ])('--hooks holds for %s too', (_manager, file, text) => {
    const repo = makeRepo()
    repo.write({ [file]: text })
    init(repo, '--hooks', 'pre-commit')
    expect(read(repo, file)).toMatch(/unleak staged/)
    expect(read(repo, file)).not.toMatch(/unleak push/)
    init(repo)
    expect(read(repo, file)).toMatch(/unleak push/)
    expect(read(repo, file).match(/unleak staged/g)).toHaveLength(file.startsWith('.pre-commit') ? 2 : 1)
  })

  it('--ci writes where no file is, takes only its own away, and hands out lines where one is', () => {
    const repo = makeRepo()
    expect(init(repo, '--ci')).toMatchObject({ status: 2, stderr: expect.stringContaining('--ci=github') })
    mkdirSync(join(repo.path, '.github'))
    expect(init(repo, '--ci', '--dry-run').stdout).toMatch(
      /would create .*unleak.yml[\s\S]*nothing was changed/,
    )
    expect(has(repo, '.github/workflows/unleak.yml')).toBe(false)
    expect(init(repo, '--ci').status).toBe(0)
    expect(read(repo, '.github/workflows/unleak.yml')).toContain('fetch-depth: 0')
    expect(has(repo, '.git/hooks/pre-commit')).toBe(false)
    expect(init(repo, '--ci=github').stdout).toContain('is as it should be')
    expect(init(repo, '--ci', '--remove').stdout).toContain('is removed')
    repo.write({ Jenkinsfile: 'pipeline {}\n' })
    expect(init(repo, '--ci=jenkins').stdout).toMatch(/add these lines[\s\S]*unleak@0 ci/)
    expect(read(repo, 'Jenkinsfile')).toBe('pipeline {}\n')
    expect(init(repo, '--ci=travis').status).toBe(2)
  })

  it('a manager or --hooks beside --agents, --weekly and --ci means all of them', () => {
    const repo = makeRepo()
    expect(init(repo, '--native', '--agents=claude', '--weekly=github', '--ci=azure').status).toBe(0)
    const files = ['.git/hooks/pre-commit', '.claude/settings.json', '.github/workflows/unleak-health.yml']
    expect([...files, 'azure-pipelines.yml'].map((file) => has(repo, file))).toEqual([true, true, true, true])
  })
})
