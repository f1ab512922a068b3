// Runs a command that fills a store elsewhere: the secret goes in through standard input, its output is not shown.
import { spawn } from 'node:child_process'
import type { Secret } from '../model/index.ts'
import type { RemoteCommand } from '../places/remote.ts'

const TIMEOUT_MS = 120_000

/** Undefined when it worked; else what went wrong, in words of ours: what it printed may hold the secret. */
export function runRemote(command: RemoteCommand, secret: Secret, cwd: string): Promise<string | undefined> {
  const [program = '', ...args] = command.argv
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: childEnvironment(),
      stdio: ['pipe', 'ignore', 'pipe'],
      timeout: TIMEOUT_MS,
      // On Windows these programs are .cmd files, which only a shell runs; the arguments hold plain names only.
      shell: process.platform === 'win32',
      windowsHide: true,
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < 2000) said += text
    })
    child.stdin.on('error', () => {}) // it may end before it has read everything; its status says so
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === 'ENOENT' ? `${program} is not installed` : `it could not be started (${error.code})`,
      ),
    )
    child.on('close', (status, signal) =>
      resolve(status === 0 ? undefined : failure(status, signal, said, secret)),
    )
    child.stdin.end(command.input(secret.reveal()))
  })
}

/** It needs none of our keys; and on Windows a program of that name in the project must not be the one that runs. */
function childEnvironment(): NodeJS.ProcessEnv {
  const { OPENAI_ADMIN_KEY: _, ...env } = process.env
  return { ...env, NoDefaultCurrentDirectoryInExePath: '1' }
}

/** The first line it complained with, if that holds nothing of the secret. */
function failure(status: number | null, signal: string | null, said: string, secret: Secret): string {
  const how = status === null ? `ended by ${signal}` : `status ${status}`
  const line =
    said
      .split('\n')
      .find((each) => each.trim() !== '')
      ?.trim()
      .slice(0, 160) ?? ''
  return line === '' || holdsPart(line, secret.reveal())
    ? how
    : `${how}, ${line.replace(/[\u0000-\u001f\u007f]/g, ' ')}`
}

function holdsPart(text: string, value: string): boolean {
  for (let i = 0; i + 8 <= value.length; i++) if (text.includes(value.slice(i, i + 8))) return true
  return false
}
