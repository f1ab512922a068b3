// `unleak agent-hook`: what a coding agent is about to do, on standard input; its answer in the agent's own form.
import { readSync } from 'node:fs'
import {
  AGENTS,
  type Agent,
  type AgentEvent,
  type Answer,
  allow,
  judgeEvent,
  readEvent,
  refuse,
  stop,
  type TextFinding,
} from '../../agents/index.ts'
import { resolvePlan } from '../../config/resolve.ts'
import { ExitCode, ToolError } from '../../model/index.ts'
import { type LoadedRules, loadRules } from '../../rules/load.ts'
import { type Arguments, isSkipEverything } from '../arguments.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import { loadBaseline, loadIgnores, settingsOf } from './scan.ts'

const MOST_BYTES = 64 << 20

/** Whatever happens, the agent gets an answer, and what was not checked is denied. */
export const runAgentHook: RunCommand = async (context) => {
  const { args, terminal, env } = context
  const named = AGENTS.find((agent) => agent === args.positionals[0])
  let answer: Answer
  try {
    if (args.positionals.length > 0 && (!named || args.positionals.length > 1))
      throw new ToolError('E_USAGE', `unleak agent-hook takes one of ${AGENTS.join(', ')}, or nothing.`)
    answer = await answerTo(readAll(), context, named)
  } catch (error) {
    answer = refuse(named, await refusal(error))
  }
  if (env.UNLEAK_SKIP && isSkipEverything('skip', env.UNLEAK_SKIP))
    terminal.err('unleak: UNLEAK_SKIP is set: what the agent does is not checked.\n')
  terminal.out(answer.stdout)
  terminal.err(answer.stderr)
  return answer.code === 0 ? ExitCode.clean : ExitCode.failed
}

/** `text`: what the agent sent. Throws ToolError for what can't be checked: the caller denies. */
export async function answerTo(
  text: string,
  context: Pick<CommandContext, 'args' | 'env' | 'cwd'>,
  named: Agent | undefined,
): Promise<Answer> {
  const { args, env } = context
  const event = readEvent(text, named)
  if (env.UNLEAK_SKIP && isSkipEverything('skip', env.UNLEAK_SKIP)) return allow(event)
  const { plan, choice } = await resolvePlan({
    ...settingsOf(args),
    command: 'scan',
    cwd: event.cwd ?? context.cwd,
  })
  const rules = await loadRules(choice)
  const ignores = () => loadIgnores(plan.ignoreFile)
  const verdict = await judgeEvent(event, {
    plan,
    rules,
    ignores,
    env,
    cwd: context.cwd,
    staged: (folder) => stagedIn(folder, args, rules),
  })
  if (verdict.found.length === 0 && verdict.bypass === undefined) return allow(event)
  return await stopped(event, verdict, rules)
}

async function stagedIn(
  folder: string,
  args: Arguments,
  rules: LoadedRules,
): Promise<readonly TextFinding[]> {
  const { plan } = await resolvePlan({ ...settingsOf(args), command: 'staged', cwd: folder })
  const { stagedFindings } = await import('../../agents/staged.ts')
  try {
    return await stagedFindings(plan, rules, {
      ignores: () => loadIgnores(plan.ignoreFile),
      baseline: () => loadBaseline(plan.baseline),
    })
  } catch (error) {
    // A repository that the command only makes, or a folder that it does not mean: its own hook has the last word.
    if ((error as ToolError).code === 'E_NOT_A_REPOSITORY') return []
    throw error
  }
}

async function stopped(
  event: AgentEvent,
  verdict: Awaited<ReturnType<typeof judgeEvent>>,
  rules: LoadedRules,
): Promise<Answer> {
  const { reasonFor, shortReason } = await import('../../agents/reason.ts')
  const { createMask } = await import('../mask.ts')
  // A name of a file or a field comes from the agent as well.
  const mask = await createMask()
  const reason = mask(reasonFor(event, verdict, await rules.about()))
  const isRewritten = event.moment === 'after' && event.agent === 'claude'
  const output = isRewritten
    ? (await import('../../agents/masked-output.ts')).maskedOutput(event.body, rules.ruleset)
    : undefined
  return stop(event, reason, mask(shortReason(verdict)), output)
}

async function refusal(error: unknown): Promise<string> {
  const { name, message, hint } = error as ToolError
  const { createMask } = await import('../mask.ts')
  const why =
    name === 'ToolError'
      ? [message, hint ?? '']
      : ['unleak itself failed, so nothing was checked.', String(error)]
  const text = `unleak stopped this: ${why.filter(Boolean).join(' ')}`
  try {
    return (await createMask())(text)
  } catch {
    return 'unleak stopped this: it could not load its rules, so nothing was checked. Install unleak again.'
  }
}

/** At once and to the end: the streams of node take milliseconds to load. */
function readAll(): string {
  const parts: Buffer[] = []
  let size = 0
  for (;;) {
    const part = Buffer.allocUnsafe(1 << 16)
    const count = readSome(part)
    if (count === 0) return Buffer.concat(parts, size).toString('utf8')
    parts.push(part.subarray(0, count))
    size += count
    if (size > MOST_BYTES)
      throw new ToolError('E_USAGE', 'the agent sent more than 64 MB, so nothing was checked.')
  }
}

function readSome(part: Buffer): number {
  for (;;) {
    try {
      return readSync(0, part)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN')
        throw new ToolError('E_USAGE', `standard input could not be read (${code}), so nothing was checked.`)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2) // its writer is not ready
    }
  }
}
