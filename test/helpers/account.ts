// A stand-in account with real HTTP on this machine, a project beside it, and the command line run against both.
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll } from 'vitest'
import {
  type DemoOptions,
  type DemoServer,
  type SeededAccount,
  seedAccount,
  startDemoServer,
} from '../../src/demo/index.ts'
import { BIN, type Run } from './cli.ts'
import { cleanEnv, tempFolder } from './repo.ts'

const servers: DemoServer[] = []

afterAll(async () => {
  for (const server of servers.splice(0)) await server.close()
})

export interface Stage {
  readonly server: DemoServer
  readonly account: SeededAccount
  /** Where state lies. */
  readonly state: string
  /** Runs unleak in `cwd`; the server answers meanwhile. */
  run(args: readonly string[], cwd: string, options?: RunOptions): Promise<Run & { signal: string | null }>
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly input?: string
  /** Options of node itself. */
  readonly node?: readonly string[]
  /** Without OPENAI_ADMIN_KEY. */
  readonly noAdmin?: boolean
}

export async function startStage(options: DemoOptions & { account?: SeededAccount } = {}): Promise<Stage> {
  const account = options.account ?? seedAccount()
  const server = await startDemoServer({ ...options, account })
  servers.push(server)
  const state = join(tempFolder(), 'state')
  return {
    server,
    account,
    state,
    run: (args, cwd, { env = {}, input = '', node = [], noAdmin = false } = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [...node, BIN, ...args], {
          cwd,
          env: stageEnv(cleanEnv(), {
            UNLEAK_OPENAI_BASE_URL: server.url,
            UNLEAK_STATE_DIR: state,
            ...(noAdmin ? {} : { OPENAI_ADMIN_KEY: account.named.admin.value }),
            ...env,
          }),
        })
        const out = { stdout: '', stderr: '' }
        child.stdout.setEncoding('utf8').on('data', (text) => (out.stdout += text))
        child.stderr.setEncoding('utf8').on('data', (text) => (out.stderr += text))
        child.stdin.on('error', () => {})
        child.stdin.end(input)
        child.on('error', reject)
        child.on('close', (status, signal) => resolve({ status: status ?? 128, signal, ...out }))
      }),
  }
}

/** The machine's own keys must not be seen. */
function stageEnv(base: NodeJS.ProcessEnv, more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...Object.fromEntries(Object.entries(base).filter(([name]) => !/OPENAI/i.test(name))), ...more }
}

/** A program in a folder for PATH that notes its arguments and keeps its standard input. */
export function recordingProgram(name: string, exit = 0): { path: string; argv(): string; stdin(): string } {
  const folder = tempFolder()
  const [argv, stdin] = [join(folder, 'argv'), join(folder, 'stdin')]
  writeFileSync(argv, '')
  writeFileSync(stdin, '')
  writeFileSync(join(folder, name), `#!/bin/sh\necho "$@" >> '${argv}'\ncat > '${stdin}'\nexit ${exit}\n`)
  chmodSync(join(folder, name), 0o755)
  return {
    path: `${folder}${delimiter}${process.env.PATH}`,
    argv: () => readFileSync(argv, 'utf8'),
    stdin: () => readFileSync(stdin, 'utf8'),
  }
}

/** Every file below a folder, but git's own. */
export function filesBelow(folder: string): string[] {
  mkdirSync(folder, { recursive: true })
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === '.git' ? [] : filesBelow(path)
    return [path]
  })
}
