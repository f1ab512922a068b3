// `unleak mask`: standard input to standard output, with labels in place of secrets.
import { createReadStream, fstatSync, writeSync } from 'node:fs'
import { createEngine, createFastPrefilter } from '../../engine/index.ts'
import { createLabels, maskStream } from '../../mask/index.ts'
import { ExitCode, ToolError } from '../../model/index.ts'
import { loadRules } from '../../rules/load.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import { catchInterrupt } from '../interrupt.ts'
import { isTerminal } from '../terminal.ts'

const PIECE = 1 << 20

export const runMask: RunCommand = async (context) => {
  const { args, terminal } = context
  if (args.positionals.length > 0)
    throw new ToolError('E_USAGE', 'unleak mask takes no file: it reads standard input.', {
      hint: 'unleak mask < FILE, or: COMMAND 2>&1 | unleak mask',
    })
  const list = (name: string) => args.many(name).flatMap((value) => value.split(','))
  const { ruleset } = await loadRules({ rules: args.many('rules'), only: list('only'), skip: list('skip') })
  const counts = new Map<string, number>()
  let unseen = false
  const input = openInput()
  const { signal, release } = catchInterrupt()
  signal.addEventListener('abort', () => input.destroy())
  try {
    const masked = maskStream(untilDestroyed(input), {
      engine: createEngine(ruleset, createFastPrefilter),
      label: createLabels(keyOf(context)),
      byLine: args.has('line-buffered') || isTerminal(1),
      isInterrupted: () => signal.aborted,
      onUnseen: () => {
        unseen = true
      },
      onSecret: (rule) => counts.set(rule, (counts.get(rule) ?? 0) + 1),
    })
    for await (const bytes of masked) if (!writeAll(bytes)) return ExitCode.clean // nobody reads on
  } finally {
    release()
    input.destroy()
  }
  if (args.has('verbose')) terminal.err(summary(counts))
  if (unseen) {
    terminal.err('unleak: a part is encoded so deeply that it was not looked into: it is there as it came.\n')
    return ExitCode.failed
  }
  if (args.has('fail') && counts.size > 0 && !signal.aborted) return ExitCode.found
  return signal.aborted ? ExitCode.interrupted : ExitCode.clean
}

/** The key of labels that stay the same from run to run: by the name of its variable, never by value. */
function keyOf({ args, env }: CommandContext): string | undefined {
  const name = args.one('label-key-env')
  if (name === undefined) return undefined
  const key = /^\w{1,100}$/.test(name) ? env[name] : undefined
  if (key === undefined || key.length < 16)
    throw new ToolError(
      'E_USAGE',
      '--label-key-env takes the name of a variable that holds 16 characters or more.',
      {
        hint: 'Who knows the key can try out which secret a label stands for: make it long and random.',
      },
    )
  return key
}

/** A file is read in large pieces; standard input's own stream would give 64 KiB at a time. */
function openInput(): NodeJS.ReadableStream & { destroy(): unknown; readonly destroyed: boolean } {
  return fstatSync(0).isFile()
    ? createReadStream('', { fd: 0, autoClose: false, highWaterMark: PIECE })
    : process.stdin
}

/** The pieces until the end, or until an interruption closed the stream: that is no error. */
async function* untilDestroyed(input: ReturnType<typeof openInput>): AsyncGenerator<Buffer> {
  try {
    for await (const piece of input) yield piece as Buffer
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_STREAM_PREMATURE_CLOSE' || (error as Error).name === 'AbortError') return
    throw new ToolError(
      'E_NOT_FOUND',
      `standard input could not be read to its end (${code}); what was masked is written.`,
      {
        cause: error,
      },
    )
  }
}

/** False when the reader has gone away. */
function writeAll(bytes: Uint8Array): boolean {
  for (let rest = bytes; rest.length > 0; ) {
    try {
      rest = rest.subarray(writeSync(1, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') return false
      if (code !== 'EAGAIN')
        throw new ToolError('E_WRITE', `standard output could not be written (${code}).`, { cause: error })
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5) // the pipe is full: wait for its reader
    }
  }
  return true
}

function summary(counts: ReadonlyMap<string, number>): string {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const each = [...counts].sort().map(([rule, count]) => `${rule} ${count}`)
  return `unleak: ${total} masked${total > 0 ? ` (${each.join(', ')})` : ''}\n`
}
