// One event of an agent → allowed, or stopped with what was found. Nothing is run and nothing is sent.
import { closeSync, openSync, readSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import type { AgentEvent } from './event.ts'
import { type AgentTools, scanTexts, type TextFinding } from './scan.ts'
import { readCommand, type ShellPlan } from './shell.ts'
import { type AgentText, pathOf, textsOf } from './texts.ts'

const MOST_OF_FILE = 8 << 20
const SHELLS =
  /^(?:bash|shell|sh|zsh|exec|exec_command|local_shell|powershell|run_terminal_cmd|run_in_terminal|runInTerminal|beforeShellExecution)$/i
const READS = /^(?:read|read_file|readFile|view|notebookread|beforeReadFile|beforeTabFileRead|cat)$/i

export interface Verdict {
  readonly found: readonly TextFinding[]
  /** How it would have gone round the checks. */
  readonly bypass: string | undefined
}

export interface JudgeTools extends AgentTools {
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** Findings in what is staged in a folder, for a command that commits there. */
  readonly staged: (folder: string) => Promise<readonly TextFinding[]>
}

export async function judgeEvent(event: AgentEvent, tools: JudgeTools): Promise<Verdict> {
  const cwd = resolve(tools.cwd, event.cwd ?? '.')
  const texts = textsOf(event.body, cwd)
  if (event.moment === 'after') {
    const shown = texts.map((text) => ({ ...text, isShown: true as const }))
    return { found: await scanTexts(shown, tools), bypass: undefined }
  }
  const shell = event.moment === 'before' ? shellPlan(event, cwd) : undefined
  const read = event.moment === 'before' ? fileRead(event, cwd) : []
  const all = [...texts, ...read, ...shown(shell, tools.env, cwd)]
  const found = await scanTexts(all, tools)
  if (found.length === 0)
    for (const folder of shell?.commits ?? []) found.push(...(await tools.staged(folder)))
  return { found, bypass: shell?.bypass }
}

function shellPlan({ tool, body }: AgentEvent, cwd: string): ShellPlan | undefined {
  if (!SHELLS.test(tool)) return undefined
  const { command, cmd, script } = (typeof body === 'object' ? (body ?? {}) : { command: body }) as Record<
    string,
    unknown
  >
  const line = command ?? cmd ?? script
  if (Array.isArray(line)) return readCommand(line.length === 3 ? String(line[2]) : line.join(' '), cwd)
  return typeof line === 'string' ? readCommand(line, cwd) : undefined
}

function fileRead({ tool, body }: AgentEvent, cwd: string): AgentText[] {
  if (!READS.test(tool) || typeof body !== 'object' || body === null) return []
  const path = pathOf(body as Record<string, unknown>)
  return path === undefined ? [] : fileText(resolve(cwd, path), cwd)
}

function shown(shell: ShellPlan | undefined, env: NodeJS.ProcessEnv, cwd: string): AgentText[] {
  if (!shell) return []
  const names = shell.variables === 'all' ? Object.keys(env) : shell.variables.filter((name) => env[name])
  const variables = names.map((name) => ({
    where: `the variable ${name}`,
    text: `${name}=${env[name]}\n`,
    isShown: true as const,
  }))
  return [...shell.files.flatMap((path) => fileText(path, cwd)), ...variables]
}

function fileText(file: string, cwd: string): AgentText[] {
  const way = relative(cwd, file)
  const path = isAbsolute(way) || way.startsWith('..') ? file : way
  const bytes = head(file)
  return bytes ? [{ where: `the file ${path}`, text: bytes, path, isShown: true }] : []
}

function head(file: string): Uint8Array | undefined {
  try {
    const descriptor = openSync(file, 'r')
    try {
      const bytes = Buffer.alloc(MOST_OF_FILE)
      return bytes.subarray(0, readSync(descriptor, bytes, 0, MOST_OF_FILE, 0))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return undefined // not there, or no file: the tool will say so
  }
}
