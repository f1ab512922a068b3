// Runs git: hardened, streamed, and with errors that say what to do. Nothing of the repository is executed.
import { type ChildProcessByStdio, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { ToolError } from '../model/index.ts'
import { findGit, GIT } from './executable.ts'

/** Settings that keep a hostile repository from running commands, fetching or changing what is read. */
const SAFE_CONFIG = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'protocol.allow=never',
  'diff.external=',
]

function safeEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null/none', // no file: an empty one makes git warn of grafts
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
    GIT_PAGER: 'cat',
    LC_ALL: 'C',
  }
  for (const name of ['GIT_EXTERNAL_DIFF', 'GIT_TRACE', 'GIT_DIFF_OPTS']) delete env[name]
  return env
}

/** Starts git in `cwd`. The caller reads stdout; failures surface through `finished`. */
export function startGit(args: readonly string[], cwd: string): ChildProcessWithoutNullStreams {
  const child = spawn(gitExecutable(), withSafeConfig(args), options(cwd))
  child.stdin.on('error', () => {}) // git may end before it has read everything; its exit status says so
  return child
}

/** The same with nothing on stdin: a stream less to set up and to close. */
function startUnasked(args: readonly string[], cwd: string): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(gitExecutable(), withSafeConfig(args), { ...options(cwd), stdio: ['ignore', 'pipe', 'pipe'] })
}

function withSafeConfig(args: readonly string[]): string[] {
  return [...SAFE_CONFIG.flatMap((setting) => ['-c', setting]), ...args]
}

function options(cwd: string) {
  return { cwd, env: safeEnvironment(), windowsHide: true }
}

/** Windows looks for programs in the current directory first: name the one on PATH instead. */
function gitExecutable(): string {
  return process.platform === 'win32' ? (findGit() ?? GIT) : GIT
}

export interface GitOutcome {
  readonly status: number
  readonly stderr: string
}

/** Resolves when git has ended; rejects with ToolError when it could not be started. */
export function finished(
  child: ChildProcessByStdio<Writable | null, Readable, Readable>,
): Promise<GitOutcome> {
  let stderr = ''
  child.stderr.setEncoding('utf8')
  child.stderr.on('data', (text: string) => {
    if (stderr.length < 4096) stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(notStarted(error)))
    child.on('close', (code, signal) =>
      resolve({ status: code ?? 128, stderr: stderr.trim() || (signal ?? '') }),
    )
  })
}

function notStarted(error: NodeJS.ErrnoException): ToolError {
  if (error.code !== 'ENOENT')
    return new ToolError('E_GIT', `git could not be started: ${error.code}`, { cause: error })
  return new ToolError('E_GIT_NOT_FOUND', 'git was not found, so nothing could be scanned.', {
    hint: 'Install git, or add its folder to PATH for the program that runs this hook.',
    cause: error,
  })
}

/** Runs git to its end and returns stdout; `input` goes to stdin. Any exit status is an answer. */
export async function runGit(
  args: readonly string[],
  cwd: string,
  options: { input?: string | Uint8Array; timeoutMs?: number } = {},
): Promise<GitOutcome & { stdout: Buffer }> {
  const child = options.input === undefined ? startUnasked(args, cwd) : startGit(args, cwd)
  const timer =
    options.timeoutMs === undefined ? undefined : setTimeout(() => child.kill(), options.timeoutMs)
  const parts: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => parts.push(part))
  child.stdin?.end(options.input)
  try {
    return { ...(await finished(child)), stdout: Buffer.concat(parts) }
  } finally {
    clearTimeout(timer)
  }
}

/** The error for a git command that failed, with a hint for the causes people meet. */
export function gitError(what: string, { stderr }: GitOutcome): ToolError {
  const firstLine = stderr.split('\n').find((line) => line.trim() !== '') ?? 'no message'
  if (/dubious ownership|safe\.directory/.test(stderr)) {
    return new ToolError('E_GIT', `${what}: git does not trust this folder, because another user owns it.`, {
      hint: 'If it is yours: git config --global --add safe.directory "$(pwd)"',
    })
  }
  if (/not a git repository/.test(stderr)) {
    return new ToolError('E_NOT_A_REPOSITORY', `${what}: this folder is not in a git repository.`, {
      hint: 'Run it inside a repository, or scan files with: unleak scan PATH',
    })
  }
  return new ToolError('E_GIT', `${what}: ${firstLine}`, { hint: 'Run the command again after: git fsck' })
}
