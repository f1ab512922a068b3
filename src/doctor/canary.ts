// The proof: a commit, a message and a push with a made-up key, in a scratch repository with the real hook setup.
//
// The real repository is only read. Its hooks are run as git would run them on the next commit, in the scratch one.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { furnish, type Scratch } from './scratch.ts'
import type { Check, Examine } from './types.ts'

const PATIENCE_MS = 120_000

export const canary: Examine = async (patient) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'unleak-doctor-')))
  try {
    const scratch = { path: join(folder, 'work'), remote: join(folder, 'remote.git') }
    mkdirSync(scratch.path)
    const run = runner(scratch.path, patient.env)
    await furnish(patient.site, scratch, async (...args) => {
      const done = await run(args)
      if (done.status !== 0) throw new Error(`git ${args[0]}: ${done.output.trim().split('\n').at(-1)}`)
    })
    return [await tryCommit(scratch, run), await tryMessage(scratch, run), await tryPush(scratch, run)]
  } catch (error) {
    const text = `The hooks could not be tried: ${(error as Error).message}`
    return [{ id: 'canary', state: 'problem', text, fix: 'unleak init' }]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Made up anew each time, of parts: nobody's key, and no file holds it. */
function madeUpKey(): string {
  const half = () => randomBytes(60).toString('base64url').replace(/[-_]/g, 'x').slice(0, 74)
  return ['sk', '-proj-', half(), 'T3Blb', 'kFJ', half()].join('')
}

type Run = (args: readonly string[]) => Promise<{ status: number | null; output: string }>

async function tryCommit({ path }: Scratch, run: Run): Promise<Check> {
  writeFileSync(join(path, 'unleak-canary.txt'), `OPENAI_API_KEY=${madeUpKey()}\n`)
  await run(['-c', 'core.hooksPath=/dev/null', 'add', '-f', 'unleak-canary.txt'])
  const done = await run(['commit', '-q', '-m', 'canary'])
  return judge('commit', 'A commit with a key', done, /unleak stopped this commit/)
}

async function tryMessage({ path }: Scratch, run: Run): Promise<Check> {
  const file = join(path, '.git', 'UNLEAK_CANARY')
  writeFileSync(file, `canary\n\n${madeUpKey()}\n`)
  // Not by a commit: the hooks before it may run tests and more.
  const done = await run(['hook', 'run', '--ignore-missing', 'commit-msg', '--', '.git/UNLEAK_CANARY'])
  if (/is not a git command|unknown option/.test(done.output))
    return { id: 'message', state: 'note', text: 'The hook for messages was not tried: that takes git 2.36.' }
  return judge('message', 'A commit message with a key', done, /unleak stopped this commit/)
}

async function tryPush({ path, remote }: Scratch, run: Run): Promise<Check> {
  writeFileSync(join(path, 'unleak-canary.txt'), `OPENAI_API_KEY=${madeUpKey()}\n`)
  await run(['-c', 'core.hooksPath=/dev/null', 'add', '-f', 'unleak-canary.txt'])
  await run(['-c', 'core.hooksPath=/dev/null', 'commit', '-q', '--no-verify', '-m', 'canary'])
  const done = await run(['push', '-q', remote, 'HEAD:refs/heads/canary'])
  return judge('push', 'A push with a key', done, /unleak stopped this push/)
}

function judge(id: string, what: string, done: Awaited<ReturnType<Run>>, proof: RegExp): Check {
  if (done.status !== 0 && proof.test(done.output))
    return {
      id,
      state: 'ok',
      text: `${what} is stopped: tried in a scratch copy with the hooks of this repository.`,
    }
  if (done.status === 0)
    return { id, state: 'problem', text: `${what} goes through: unleak did not run.`, fix: 'unleak init' }
  if (done.status === null)
    return {
      id,
      state: 'problem',
      text: `${what}: the hooks did not end within two minutes.`,
      fix: 'Try them by hand: git commit',
    }
  const told = done.output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const own = told.findIndex((line) => line.startsWith('unleak: '))
  const words = told.slice(own === -1 ? -3 : own, own === -1 ? undefined : own + 4).join(' | ')
  return {
    id,
    state: 'problem',
    text: `${what} is stopped, but not by what unleak found: nothing can be committed. The hook says: ${words}`,
    fix: 'Mend what it says, then: unleak doctor',
  }
}

/** Runs git in the scratch repository, with the person's environment: what switches hooks off shall be seen. */
function runner(cwd: string, from: NodeJS.ProcessEnv): Run {
  const kept = Object.entries(from).filter(
    ([name]) => !/^GIT_(?!CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM))/.test(name),
  )
  const person = {
    GIT_AUTHOR_NAME: 'unleak',
    GIT_AUTHOR_EMAIL: 'unleak@localhost',
    GIT_COMMITTER_NAME: 'unleak',
    GIT_COMMITTER_EMAIL: 'unleak@localhost',
  }
  const env = { ...Object.fromEntries(kept), ...person, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }
  return (args) =>
    new Promise((resolve) => {
      const child = spawn('git', ['-c', 'commit.gpgSign=false', ...args], {
        cwd,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: PATIENCE_MS,
      })
      let output = ''
      child.stdout.on('data', (text) => (output += text))
      child.stderr.on('data', (text) => (output += text))
      child.on('error', (error) => resolve({ status: 127, output: error.message }))
      child.on('close', (status) => resolve({ status, output }))
    })
}
