// Runs the built command line as a user would: bin/unleak.js in a process of its own.
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Finding, ScanSummary } from '../../src/model/index.ts'
import { cleanEnv } from './repo.ts'

export const BIN = fileURLToPath(new URL('../../bin/unleak.js', import.meta.url))

export interface Run {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export function unleak(
  args: readonly string[],
  cwd: string,
  options: { env?: NodeJS.ProcessEnv; input?: string | Uint8Array } = {},
): Run {
  const done = spawnSync(process.execPath, [BIN, ...args], {
    cwd,
    env: cleanEnv(options.env),
    input: options.input ?? '',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return { status: done.status ?? 128, stdout: done.stdout, stderr: done.stderr }
}

/** The same without blocking this process, which may be the server that the command talks to. */
export async function unleakAsync(
  args: readonly string[],
  cwd: string,
  options: { env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<Run> {
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env: cleanEnv(options.env) })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin.on('error', () => {}).end(options.input ?? '')
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { status: status ?? 128, stdout, stderr }
}

/** A finding as the JSON report has it. */
export type JsonFinding = Omit<Finding, 'secret'> & {
  readonly secret: { readonly redacted: string; readonly length: number; readonly value?: string }
}

export interface JsonReport {
  readonly scan: ScanSummary
  readonly findings: readonly JsonFinding[]
}

/** Runs with `--format json` and parses the report. */
export function unleakJson(args: readonly string[], cwd: string, options: Parameters<typeof unleak>[2] = {}) {
  const run = unleak([...args, '--format', 'json'], cwd, options)
  if (run.stdout === '') throw new Error(`no report, exit ${run.status}: ${run.stderr}`)
  return { ...run, report: JSON.parse(run.stdout) as JsonReport }
}
