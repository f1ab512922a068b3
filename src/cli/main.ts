// argv → command → exit code. The only owner of the process.
import { ExitCode, nearest, ToolError } from '../model/index.ts'
import { version } from '../version.ts'
import { isSkipEverything, parseArguments } from './arguments.ts'
import { COMMANDS, type CommandSpec } from './commands.ts'
import { openTerminal, type Terminal } from './terminal.ts'

async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<ExitCode> {
  const terminal = openTerminal(env, argv.includes('--no-color'))
  try {
    return await run(argv, env, terminal)
  } catch (error) {
    terminal.err(shortened(await masked(describeError(error))))
    return ExitCode.failed
  }
}

async function run(argv: readonly string[], env: NodeJS.ProcessEnv, terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = argv
  if (name === '--version' || name === '-V') return say(terminal, `${version}\n`)
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const { overview } = await import('./help.ts')
    terminal.out(overview(version, terminal.width))
    return name === undefined ? ExitCode.failed : ExitCode.clean
  }
  const command = COMMANDS.find((c) => c.name === name)
  if (!command) throw unknownCommand(name)
  if (rest.includes('--help') || rest.includes('-h')) {
    const { commandHelp } = await import('./help.ts')
    return say(terminal, commandHelp(command, terminal.width))
  }
  if (isBypassed(command, env)) {
    terminal.err(
      `unleak: UNLEAK_SKIP=${env.UNLEAK_SKIP} is set: nothing was scanned, this ${command.name === 'push' ? 'push' : 'commit'} is not checked.\n`,
    )
    return ExitCode.clean
  }
  const args = parseArguments(rest, command.flags, env, command.name)
  return await (await command.load())({ args, terminal, env, cwd: process.cwd() })
}

function say(terminal: Terminal, text: string): ExitCode {
  terminal.out(text)
  return ExitCode.clean
}

function isBypassed(command: CommandSpec, env: NodeJS.ProcessEnv): boolean {
  return command.isHook === true && isSkipEverything('skip', env.UNLEAK_SKIP ?? '')
}

function unknownCommand(name: string): ToolError {
  const near = nearest(
    name,
    COMMANDS.map((c) => c.name),
  )
  return new ToolError('E_USAGE', `"${name}" is not a command of unleak.`, {
    hint: near ? `Did you mean: unleak ${near}?` : 'See: unleak --help',
  })
}

/** By its name: code that was loaded later brings a class of its own. */
function isToolError(error: unknown): error is ToolError {
  return error instanceof Error && error.name === 'ToolError'
}

/** A message may quote what it was given: an argument, a name, a line of a file. None of it may be a secret. */
async function masked(text: string): Promise<string> {
  try {
    const { createMask } = await import('./mask.ts')
    return (await createMask())(text)
  } catch {
    return text.replace(/[A-Za-z0-9+/_=-]{20,}/g, (run) => (/\d/.test(run) ? `${run.slice(0, 4)}…` : run))
  }
}

/** No name of a file or a flag is longer than 255; what is was pasted by mistake, and nobody reads it. */
function shortened(text: string): string {
  return text.replace(/[^\s/\\]{256,}/g, (run) => `${run.slice(0, 40)}… (${run.length} characters)`)
}

/** One line and what to do for trouble we know; a stack for a bug. Never a secret: neither holds scanned text. */
function describeError(error: unknown): string {
  if (isToolError(error)) return `unleak: ${error.message}\n${error.hint ? `  ${error.hint}\n` : ''}`
  const machine = machineTrouble(error)
  if (machine !== undefined) return `unleak: ${machine}\n`
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `unleak: this is a bug in unleak ${version}; nothing was judged clean. Please report it with this text:\n${stack}\n`
}

/** What is wrong with the machine and not with us, whatever was at work. */
const MACHINE: Readonly<Record<string, string>> = {
  EROFS: 'nothing can be written there',
  EACCES: 'that is not allowed',
  EPERM: 'that is not allowed',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
}

const NO_PLACE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder, or none can be made',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'that is a folder',
  EEXIST: 'a part of the path is a file',
}

function machineTrouble(error: unknown): string | undefined {
  const { code = '', path, syscall } = (error ?? {}) as NodeJS.ErrnoException
  // Elsewhere a missing file would be a mistake of ours; here a person has named a folder that is not there.
  const isWriting = syscall === 'mkdir' || path?.endsWith('.unleak-tmp')
  const what = MACHINE[code] ?? (isWriting ? NO_PLACE[code] : undefined)
  if (what === undefined || syscall === undefined) return undefined
  // The file beside it, which takes its place once it is whole, is nobody's concern.
  const where = path === undefined ? '' : `${path.replace(/[^/\\]+\.unleak-tmp$/, '')}: `
  return `${where}${what} (${code}, ${syscall}). What was asked for is not done.`
}

/** The exit status, once all is said and done. */
export const done: Promise<ExitCode> = main(process.argv.slice(2), process.env).then((code) => {
  process.exitCode = code
  return code
})

/** See src/warm-up.ts. */
export async function warmUp(): Promise<void> {
  await (await import('../warm-up.ts')).warmUp()
}
