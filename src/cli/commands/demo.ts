// unleak demo: a tour against a stand-in on this machine. No account, no network, nothing left behind.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  type DemoCommit,
  type DemoServer,
  demoFiles,
  type SeededAccount,
  seedAccount,
  startDemoServer,
  unixNow,
} from '../../demo/index.ts'
import { gitError, runGit } from '../../git/run.ts'
import { ExitCode, Secret, ToolError } from '../../model/index.ts'
import { BASE_URL_VARIABLE } from '../../openai/index.ts'
import { COMMANDS, type RunCommand } from '../commands.ts'
import type { Terminal } from '../terminal.ts'

interface Step {
  readonly title: string
  readonly args: readonly string[]
  /** Exit codes that are as the story goes. */
  readonly expected: readonly number[]
}

export const runDemo: RunCommand = async (context) => {
  const { args, terminal } = context
  const account = seedAccount()
  account.revocationDelayMs = 3000 // as the real one: a revoked key answers a few seconds longer
  const server = await startDemoServer({ account, ...portOf(args.one('port')) })
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'unleak-demo-')))
  const onInterrupt = () => {} // the command that runs ends; the tour then cleans up
  process.on('SIGINT', onInterrupt)
  try {
    await writeProject(account, folder)
    const project = join(folder, 'project')
    const env = demoEnvironment(context.env, server, account, folder)
    if (args.has('serve')) return await serve(server, project, env, terminal)
    terminal.tell(INTRODUCTION)
    const ok = await tour(storyOf(account), project, env, terminal)
    if (ok === ExitCode.clean) terminal.tell(goodbye(args.has('keep') ? project : undefined))
    return ok
  } finally {
    process.off('SIGINT', onInterrupt)
    await server.close()
    if (!args.has('keep')) rmSync(folder, { recursive: true, force: true })
  }
}

function portOf(text: string | undefined): { port?: number } {
  if (text === undefined) return {}
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return { port }
  throw new ToolError('E_USAGE', `--port: "${text}" is not a port.`)
}

const INTRODUCTION = `unleak demo: a small company has put off its housekeeping, and a key got into its history.
Everything happens on this machine: the OpenAI API is a stand-in, and its keys open nothing.
`

function goodbye(kept: string | undefined): string {
  return kept
    ? `\nThe project is in ${kept}; the stand-in is gone.\n`
    : '\nThat was the tour; the project and the stand-in are gone. To look around in them yourself: unleak demo --serve\n'
}

/** What happens, in order; commands that this version does not have are left out. */
function storyOf({ named }: SeededAccount): readonly Step[] {
  const id = new Secret(named.leaked.value).id('openai-service-account-key')
  const steps: Step[] = [
    { title: 'Is there a key in the history?', args: ['audit', '.'], expected: [1] },
    { title: 'Does it still work?', args: ['verify', '--env', 'LEAKED_KEY'], expected: [1] },
    { title: 'How is the account?', args: ['health'], expected: [1, 2] },
    { title: 'What would the emergency response do?', args: ['respond', id], expected: [1] },
    {
      title: 'Do what can be done before somebody fills the CI secret.',
      args: ['respond', id, '--confirm'],
      expected: [1],
    },
    {
      title: 'Somebody has filled it by hand, and says so: revoke.',
      args: ['respond', id, '--filled', 'all', '--by', 'you', '--confirm'],
      expected: [0],
    },
    { title: 'Does it still work now?', args: ['verify', '--env', 'LEAKED_KEY'], expected: [0] },
  ]
  const known = new Set(COMMANDS.map(({ name }) => name))
  const told = steps.filter(({ args }) => known.has(args[0]!))
  return known.has('respond') ? told : told.slice(0, -1)
}

async function tour(
  steps: readonly Step[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<ExitCode> {
  for (const [i, { title, args, expected }] of steps.entries()) {
    terminal.out(`\n── ${i + 1}. ${title}\n   $ unleak ${args.join(' ')}\n\n`)
    const status = await runChild(args, cwd, env)
    if (expected.includes(status)) continue
    if (status === ExitCode.interrupted) return ExitCode.interrupted
    terminal.err(`unleak demo: "unleak ${args[0]}" ended with ${status}, which is not how the story goes.\n`)
    return ExitCode.failed
  }
  return ExitCode.clean
}

/** Its output is shown as it comes; stdin is closed, so that nothing waits for an answer. */
function runChild(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [process.argv[1]!, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? ExitCode.interrupted))
  })
}

/** The user's own keys and settings stay out of the tour. */
function demoEnvironment(
  own: NodeJS.ProcessEnv,
  server: DemoServer,
  { named }: SeededAccount,
  folder: string,
): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(([name]) => !/^(OPENAI_|UNLEAK_|GIT_|.*_PROXY$)/i.test(name))
  return {
    ...Object.fromEntries(kept),
    [BASE_URL_VARIABLE]: server.url,
    UNLEAK_STATE_DIR: join(folder, 'state'),
    OPENAI_ADMIN_KEY: named.admin.value,
    LEAKED_KEY: named.leaked.value,
  }
}

/** Keeps the stand-in running until Ctrl-C, with what a shell needs to use it. */
async function serve(
  server: DemoServer,
  project: string,
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<ExitCode> {
  const names = [BASE_URL_VARIABLE, 'UNLEAK_STATE_DIR', 'OPENAI_ADMIN_KEY', 'LEAKED_KEY']
  const file = join(dirname(project), 'environment.sh')
  writeFileSync(file, names.map((name) => `export ${name}='${env[name]}'\n`).join(''), { mode: 0o600 })
  terminal.out(`The stand-in listens at ${server.url}. In another shell:

  . ${file}
  cd ${project}
  unleak health

Ctrl-C ends it and takes everything away.
`)
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  return ExitCode.clean
}

async function writeProject(account: SeededAccount, folder: string): Promise<void> {
  const project = join(folder, 'project')
  const { commits, untracked } = demoFiles(account)
  mkdirSync(project)
  await git(['init', '-q', '-b', 'main', '.'], project)
  await git(
    ['fast-import', '--quiet'],
    project,
    commits.map((commit) => commitStream(commit, account)).join(''),
  )
  await git(['reset', '-q', '--hard'], project)
  writeFiles(untracked, project)
}

/** A commit as fast-import reads it: the way to commits of another day. */
function commitStream({ files, message, author, daysAgo }: DemoCommit, account: SeededAccount): string {
  const when = `${author} ${unixNow(account) - daysAgo * 86_400} +0000`
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`
  const changes = Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`)
  const head = `commit refs/heads/main\nauthor ${when}\ncommitter ${when}\n${data(message)}`
  return `${head}${changes.join('')}\n`
}

async function git(args: readonly string[], cwd: string, input = ''): Promise<void> {
  const outcome = await runGit(args, cwd, { input })
  if (outcome.status !== 0) throw gitError("the tour's project could not be made", outcome)
}

function writeFiles(files: Readonly<Record<string, string>>, folder: string): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
}
