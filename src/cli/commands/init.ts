// `unleak init`: shows and applies what the hooks room plans.
import { relative } from 'node:path'
import { styleText } from 'node:util'
import { resolvePlan } from '../../config/resolve.ts'
import {
  AGENT_IDS,
  diffLines,
  type FileChange,
  type ManagerId,
  type Place,
  runAgents,
  runInit,
} from '../../hooks/index.ts'
import { ExitCode, ToolError } from '../../model/index.ts'
import type { Arguments } from '../arguments.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import type { Terminal } from '../terminal.ts'

export const runInitCommand: RunCommand = async (context: CommandContext) => {
  const { args, terminal, cwd } = context
  if (args.positionals.length > 0) {
    throw new ToolError('E_USAGE', `unleak init takes no argument: "${args.positionals[0]}".`)
  }
  const dryRun = args.has('dry-run')
  const weeklyKind = args.one('weekly')
  if (weeklyKind !== undefined)
    return await weekly(weeklyKind, cwd, { dryRun, remove: args.has('remove') }, terminal)
  if (args.has('agents')) return await agents(context)
  const result = await runInit({
    cwd,
    manager: managerOf(args),
    place: placeOf(args),
    dryRun,
    remove: args.has('remove'),
    install: !args.has('no-install'),
    onStep: (step) => terminal.err(`unleak: ${step.command}\n`),
  })
  if (dryRun) for (const change of result.changes) terminal.out(showChange(change, result, terminal))
  if (dryRun) for (const step of result.steps) terminal.out(`would run: ${step.command}\n  ${step.what}\n`)
  for (const line of [...result.done, ...result.notes]) terminal.out(`${line}\n`)
  if (result.next) terminal.out(`${result.next}\n`)
  return result.ready || args.has('remove') ? ExitCode.clean : ExitCode.failed
}

async function agents({ args, terminal, cwd, env }: CommandContext): Promise<ExitCode> {
  const named = args
    .one('agents')!
    .split(',')
    .filter((id) => id !== 'found')
  const unknown = named.find((id) => !AGENT_IDS.includes(id))
  if (unknown !== undefined)
    throw new ToolError('E_USAGE', `--agents: "${unknown}" is not one of ${AGENT_IDS.join(', ')}.`)
  const dryRun = args.has('dry-run')
  const result = await runAgents({ cwd, env, dryRun, remove: args.has('remove'), agents: named })
  if (dryRun) for (const change of result.changes) terminal.out(showChange(change, result, terminal))
  for (const line of result.lines) terminal.out(`${line}\n`)
  return ExitCode.clean
}

async function weekly(
  kind: string,
  cwd: string,
  options: { dryRun: boolean; remove: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { installWeekly, WEEKLY_FILES, weeklyKindOf } = await import('../../health/weekly.ts')
  const { plan } = await resolvePlan({ cwd })
  if (kind === 'cron' || kind === 'systemd') {
    const { cronLines, systemdUnits } = await import('../../health/weekly-lines.ts')
    terminal.out(kind === 'cron' ? cronLines(plan.root) : systemdUnits(plan.root))
    return ExitCode.clean
  }
  if (kind !== 'auto' && kind !== 'github' && kind !== 'gitlab')
    throw new ToolError('E_USAGE', `--weekly: "${kind}" is not github, gitlab, cron or systemd.`)
  const file = WEEKLY_FILES[kind === 'auto' ? weeklyKindOf(plan.root) : kind]
  const { change, line } = installWeekly(plan.root, file, options)
  if (options.dryRun && (change === 'create' || change === 'update')) terminal.out(file.text)
  terminal.out(`${line}\n`)
  return ExitCode.clean
}

function placeOf(args: Arguments): Place | undefined {
  const [place, ...more] = (['global', 'template', 'pre-receive'] as const).filter((name) => args.has(name))
  if (more.length > 0) throw new ToolError('E_USAGE', `--${place} and --${more[0]}: one at a time.`)
  return place
}

const MANAGERS = ['husky', 'lefthook', 'pre-commit', 'simple-git-hooks', 'native'] as const

function managerOf(args: Arguments): ManagerId | undefined {
  const [manager, ...more] = MANAGERS.filter((id) => args.has(id))
  if (more.length > 0) throw new ToolError('E_USAGE', `--${manager} and --${more[0]}: choose one.`)
  return manager
}

/** A change as a diff: what apply would write, line by line. */
function showChange(change: FileChange, { root }: { readonly root: string }, terminal: Terminal): string {
  const paint = (style: 'green' | 'red' | 'bold', text: string) =>
    terminal.color ? styleText(style, text, { validateStream: false }) : text
  const verb =
    change.before === undefined
      ? 'would create'
      : change.after === undefined
        ? 'would delete'
        : 'would change'
  const lines = diffLines(change).map(({ sign, text }) => {
    const line = `  ${sign} ${text}`
    return sign === ' ' ? line : paint(sign === '+' ? 'green' : 'red', line)
  })
  return `${paint('bold', `${verb} ${relative(root, change.path)}`)}\n${lines.join('\n')}\n`
}
