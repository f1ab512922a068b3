// Real git repositories in temporary folders, isolated from the machine's own configuration.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

const folders: string[] = []

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A fresh folder, removed after the test file. */
export function tempFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'unleak-test-')))
  folders.push(folder)
  return folder
}

/** Environment without the machine's git configuration and without the variables of an outer hook. */
export function cleanEnv(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^(GIT_|UNLEAK_|HUSKY|NO_COLOR|FORCE_COLOR|COLUMNS|CI$)/.test(name)) env[name] = value
  }
  return {
    ...env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.org',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.org',
    LC_ALL: 'C.UTF-8',
    XDG_CACHE_HOME: join(tmpdir(), 'unleak-test-cache'), // compiled code, for all tests together
    UNLEAK_NO_CACHE: '1', // an audit of a test reads what the test has made
    ...extra,
  }
}

export type Tree = Readonly<Record<string, string | Uint8Array>>

export interface Repo {
  readonly path: string
  /** Runs git; throws when it fails. Returns stdout. */
  git(...args: string[]): string
  /** Runs git with more environment or input; never throws. */
  tryGit(
    args: string[],
    options?: { env?: NodeJS.ProcessEnv; input?: string | Uint8Array },
  ): {
    status: number
    stdout: string
    stderr: string
  }
  write(files: Tree): void
  /** Writes, stages everything and commits. */
  commit(files: Tree, message?: string): string
}

export function makeRepo(options: { format?: 'sha1' | 'sha256'; path?: string } = {}): Repo {
  const path = options.path ?? tempFolder()
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: path,
      env: cleanEnv(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  git('init', '-q', '-b', 'main', `--object-format=${options.format ?? 'sha1'}`)
  return repoAt(path)
}

/** The same handle on a folder that is a repository or working tree already. */
export function repoAt(path: string): Repo {
  const repo: Repo = {
    path,
    git: (...args) => {
      const done = repo.tryGit(args)
      if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr}`)
      return done.stdout
    },
    tryGit: (args, { env = {}, input } = {}) => {
      const done = spawnSync('git', args, {
        cwd: path,
        env: cleanEnv(env),
        input,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      })
      return { status: done.status ?? 128, stdout: done.stdout, stderr: done.stderr }
    },
    write: (files) => {
      for (const [name, content] of Object.entries(files)) {
        const file = join(path, name)
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, content)
      }
    },
    commit: (files, message = 'change') => {
      repo.write(files)
      repo.git('add', '-A')
      repo.git('commit', '-q', '--no-verify', '-m', message)
      return repo.git('rev-parse', 'HEAD').trim()
    },
  }
  return repo
}
