// Small questions to git, outside the hook's hot path. The only importer of simple-git in the project.
import { isAbsolute, resolve } from 'node:path'
import { GitError, type SimpleGit, simpleGit } from 'simple-git'
import { ToolError } from '../model/errors.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface ConfigValue {
  readonly value: string
  /** `local` and `worktree` belong to this repository; `global` and `system` to many. */
  readonly scope: string
}

/** What git says about one directory. Every path is absolute. */
export interface GitAsk {
  version(): Promise<string>
  isInsideWorkTree(): Promise<boolean>
  topLevel(): Promise<string>
  gitDir(): Promise<string>
  /** The git directory that linked worktrees share; in the main worktree the same as `gitDir`. */
  commonDir(): Promise<string>
  /** The directory that git runs hooks from: honours core.hooksPath, GIT_DIR and worktrees. */
  hooksPath(): Promise<string>
  config(key: string): Promise<ConfigValue | undefined>
  setConfig(key: string, value: string): Promise<void>
  unsetConfig(key: string): Promise<void>
}

/** git ended with a status other than 0; kept apart from ToolError so that questions can read it. */
class GitExit extends GitError {
  readonly status: number
  readonly stderr: string
  constructor(status: number, stderr: string) {
    // simple-git keeps its own errors, and turns others into text.
    super(undefined, `git ended with status ${status}`)
    this.status = status
    this.stderr = stderr
  }
}

// Variables that say which repository and which config git is to use. simple-git drops every GIT_*
// variable that is not named; without these the answers would be about another repository than the user's.
const REPOSITORY_VARIABLES = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_CEILING_DIRECTORIES',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
]
const OUR_VARIABLES = { GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' }
// simple-git refuses an environment that holds one of these; none of them matters to a question.
const REFUSED = /^(git_.*|editor|pager|visual|prefix|ssh_askpass)$/i
// Config given through the environment (CI does it for safe.directory): only what bears on our questions.
const RELEVANT_CONFIG = /^(safe\.|core\.(hookspath|worktree|bare)$)/i

function environment(base: Environment): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(base)) {
    if (value === undefined) continue
    if (!REFUSED.test(name) || REPOSITORY_VARIABLES.includes(name)) env[name] = value
  }
  return { ...env, ...configVariables(base), ...OUR_VARIABLES }
}

function configVariables(base: Environment): Record<string, string> {
  const kept: Record<string, string> = {}
  let count = 0
  for (let i = 0; i < Number(base.GIT_CONFIG_COUNT ?? 0); i++) {
    const key = base[`GIT_CONFIG_KEY_${i}`]
    if (key === undefined || !RELEVANT_CONFIG.test(key)) continue
    kept[`GIT_CONFIG_KEY_${count}`] = key
    kept[`GIT_CONFIG_VALUE_${count++}`] = base[`GIT_CONFIG_VALUE_${i}`] ?? ''
  }
  return count === 0 ? {} : { ...kept, GIT_CONFIG_COUNT: String(count) }
}

function client(cwd: string, base: Environment): SimpleGit {
  const env = environment(base)
  return simpleGit({
    baseDir: cwd,
    config: ['core.fsmonitor=false'],
    // The default waits 50 ms on a timer after each command, which also keeps the process alive.
    completion: { onExit: false, onClose: true },
    allowEnvironment: Object.keys(env).filter((name) => name.startsWith('GIT_')),
    unsafe: {
      allowUnsafeFsMonitor: true, // to switch it off
      allowUnsafeHooksPath: true, // to set and unset core.hooksPath for husky
      allowUnsafeConfigPaths: true,
      allowUnsafeConfigEnvCount: true,
    },
    errors: (error, { exitCode, stdErr }) =>
      exitCode > 0
        ? new GitExit(exitCode, Buffer.concat(stdErr).toString())
        : exitCode < 0
          ? error
          : undefined,
  }).env(env)
}

/** Asks git about `cwd`, as the user's own git would answer there; runs nothing of the repository. */
export function askGit(cwd: string, env: Environment = process.env): GitAsk {
  let git: SimpleGit | undefined
  const run = async (args: string[]): Promise<string> => {
    try {
      git ??= client(cwd, env)
      // One answer a question: a path may itself hold line feeds.
      return (await git.raw(args)).replace(/\r?\n$/, '')
    } catch (error) {
      throw error instanceof GitExit && isQuiet(error) ? error : explain(error, cwd)
    }
  }
  const path = async (...args: string[]) => resolve(cwd, await run(['rev-parse', ...args]))
  return {
    version: async () => (await run(['version'])).replace(/^git version /, ''),
    isInsideWorkTree: () =>
      run(['rev-parse', '--is-inside-work-tree']).then((answer) => answer === 'true', ifNoRepository),
    topLevel: () => path('--show-toplevel'),
    gitDir: () => path('--git-dir'),
    commonDir: () => path('--git-common-dir'),
    hooksPath: () => path('--git-path', 'hooks'),
    config: (key) => readConfig(run, key),
    setConfig: async (key, value) => void (await run(['config', '--local', key, value])),
    unsetConfig: async (key) =>
      void (await run(['config', '--local', '--unset', key]).catch(ignoreStatus(5))),
  }
}

function ifNoRepository(error: unknown): boolean {
  if (error instanceof ToolError && error.code === 'E_NOT_A_REPOSITORY') return false
  throw error
}

type Run = (args: string[]) => Promise<string>

async function readConfig(run: Run, key: string): Promise<ConfigValue | undefined> {
  try {
    const answer = await run(['config', '--show-scope', '--get', key])
    const tab = answer.indexOf('\t')
    return { scope: answer.slice(0, tab), value: answer.slice(tab + 1) }
  } catch (error) {
    return ignoreStatus(1)(error)
  }
}

/** `git config` speaks through its status alone: 1 for "not set", 5 for "nothing to unset". */
function isQuiet(error: GitExit): boolean {
  return error.stderr === '' && (error.status === 1 || error.status === 5)
}

function ignoreStatus(status: number): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof GitExit && error.status === status) return undefined
    throw error
  }
}

function explain(error: unknown, cwd: string): ToolError {
  const text =
    error instanceof GitExit ? error.stderr : error instanceof Error ? error.message : String(error)
  if (/directory that does not exist/.test(text)) {
    return new ToolError('E_NOT_FOUND', `there is no directory ${cwd}`)
  }
  if (/ENOENT/.test(text)) {
    const hint = 'Install git (https://git-scm.com/downloads) or put it on the PATH, then try again.'
    return new ToolError('E_GIT_NOT_FOUND', 'git was not found on the PATH', { hint, cause: error })
  }
  if (/dubious ownership|unsafe repository/.test(text)) {
    const hint = `If you trust it: git config --global --add safe.directory '${ownedPath(text, cwd)}'`
    return new ToolError('E_GIT', `git refuses ${cwd}: it belongs to another user`, { hint, cause: error })
  }
  if (/not a git repository|must be run in a work tree/i.test(text)) {
    const hint = 'Go to a directory inside a repository, or make one with `git init`.'
    return new ToolError('E_NOT_A_REPOSITORY', `${cwd} is not in a git repository.`, { hint, cause: error })
  }
  const first = text.split('\n', 1)[0]?.replace(/^(fatal|error): /, '') ?? ''
  return new ToolError('E_GIT', `git failed in ${cwd}: ${first}`, { cause: error })
}

/** The directory git itself names in its complaint: for a sub-directory that is the repository's top. */
function ownedPath(text: string, cwd: string): string {
  const named = /repository at '(.+)'/.exec(text)?.[1]
  return named !== undefined && isAbsolute(named) ? named : cwd
}
