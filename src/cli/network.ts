// The network as a command is allowed to use it: limits and log from its flags, detours told out loud.
import { closeSync, openSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { createHttp, type Http, type HttpLogEntry, isLoopbackHost } from '../http/index.ts'
import { ExitCode, ToolError } from '../model/index.ts'
import { BASE_URL_VARIABLE, baseUrlFrom, OPENAI_URL, REGION_HOSTS } from '../openai/index.ts'
import type { CommandContext } from './commands.ts'
import { catchInterrupt } from './interrupt.ts'

/** A server on this machine that gets every request in place of the real services, for tests. */
export const STAND_IN_VARIABLE = 'UNLEAK_STAND_IN'

export interface Network {
  readonly http: Http
  readonly openaiUrl: string
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  readonly close: () => void
}

/** Reads `--timeout` and `--audit-log` and the two test variables. Throws ToolError before anything is sent. */
export function openNetwork({ args, env, cwd, terminal }: CommandContext): Network {
  const openaiUrl = baseUrlFrom(env)
  if (openaiUrl !== OPENAI_URL)
    terminal.err(
      `unleak: ${BASE_URL_VARIABLE} is set: OpenAI keys go to ${openaiUrl}${notOpenAI(openaiUrl)}.\n`,
    )
  const standIn = standInFrom(env)
  if (standIn)
    terminal.err(
      `unleak: ${STAND_IN_VARIABLE} is set: every request goes to ${standIn}, none to a real service.\n`,
    )
  const timeoutMs = timeoutOf(args.one('timeout'))
  const log = openLog(args.one('audit-log'), cwd)
  const interrupt = catchInterrupt()
  return {
    openaiUrl,
    signal: interrupt.signal,
    http: createHttp({
      signal: interrupt.signal,
      ...(timeoutMs ? { timeoutMs } : {}),
      ...(standIn ? { standIn } : {}),
      ...(log ? { log: log.write } : {}),
    }),
    close: () => {
      interrupt.release()
      log?.close()
    },
  }
}

/**
 * Runs `work` with the network and closes it, whatever happens. After Ctrl-C the status is 130, and `standing` says
 * what was done and what was not: an error on the way is then only what the interruption caused.
 */
export async function withNetwork(
  context: CommandContext,
  work: (network: Network) => Promise<ExitCode>,
  standing: () => string,
): Promise<ExitCode> {
  const network = openNetwork(context)
  const interrupted = (): ExitCode => {
    context.terminal.err(`unleak: interrupted. ${standing()}\n`)
    return ExitCode.interrupted
  }
  try {
    const code = await work(network)
    return network.signal.aborted ? interrupted() : code
  } catch (error) {
    if (!network.signal.aborted) throw error
    return interrupted()
  } finally {
    network.close()
  }
}

/** A region's own address is OpenAI too. */
const notOpenAI = (url: string): string =>
  REGION_HOSTS.includes(new URL(url).hostname) ? '' : ', not to OpenAI'

function standInFrom(env: NodeJS.ProcessEnv): string | undefined {
  const given = env[STAND_IN_VARIABLE]
  if (!given) return undefined
  if (URL.canParse(given) && isLoopbackHost(new URL(given).hostname)) return new URL(given).origin
  throw new ToolError(
    'E_USAGE',
    `${STAND_IN_VARIABLE} is not an address of this machine; nothing was sent.`,
    {
      hint: 'It is for tests, such as http://127.0.0.1:4010. Unset it.',
    },
  )
}

function timeoutOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seconds = Number(text)
  if (/^\d{1,4}(?:\.\d{1,3})?$/.test(text) && seconds > 0) return seconds * 1000
  throw new ToolError('E_USAGE', `--timeout: "${text}" is not a number of seconds.`)
}

/** One line of JSON for each request: what was sent where and how it ended, nothing of what was in it. */
function openLog(
  file: string | undefined,
  cwd: string,
): { write: (entry: HttpLogEntry) => void; close: () => void } | undefined {
  if (file === undefined) return undefined
  const path = resolve(cwd, file)
  try {
    const descriptor = openSync(path, 'a', 0o600)
    return {
      write: (entry) => writeSync(descriptor, `${JSON.stringify(entry)}\n`),
      close: () => closeSync(descriptor),
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new ToolError(
      'E_WRITE',
      `${path}: the audit log could not be opened (${code}); nothing was sent.`,
      {
        cause: error,
      },
    )
  }
}
