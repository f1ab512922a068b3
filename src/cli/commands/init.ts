// `unleak init`: shows and applies what the hooks room plans.
import { relative } from 'node:path'
import { styleText } from 'node:util'
import { resolvePlan } from '../../config/resolve.ts'
import { diffLines, type FileChange, runAgents, runCiFile, runInit } from '../../hooks/index.ts'
import { ExitCode, ToolError } from '../../model/index.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import type { Terminal } from '../terminal.ts'
import { commandLineOf, type Wishes, wishesOf } from './init-wishes.ts'

export const runInitCommand: RunCommand = async (context: CommandContext) => {
  const { args, terminal } = context
  if (args.positionals.length > 0) {
    throw new ToolError('E_USAGE', `unleak init takes no argument: "${args.positionals[0]}".`)
  }
  const wishes = await wishesOf(context)
  if (wishes === undefined) {
    terminal.tell('unleak: nothing was changed.\n')
    return ExitCode.interrupted
  }
  const isAsked = wishes.git?.manager !== undefined && !args.has(wishes.git.manager)
  if (isAsked) terminal.tell(`\nThe same without questions: ${commandLineOf(wishes)}\n\n`)
  const isReady = wishes.git === undefined || (await gitHooks(wishes.git, context))
  if (wishes.ci !== undefined) await ciFile(wishes.ci, context)
  if (wishes.agents !== undefined) await agents(wishes.agents, context)
  if (wishes.weekly !== undefined) await weekly(wishes.weekly, context)
  if (args.has('dry-run'))
    terminal.tell('\nA dry run: nothing was changed. The same without --dry-run does it.\n')
  return isReady ? ExitCode.clean : ExitCode.failed
}

/** False when hooks will not fire before somebody has done what was told. */
async function gitHooks(wish: NonNullable<Wishes['git']>, context: CommandContext): Promise<boolean> {
  const { args, terminal, cwd } = context
  const dryRun = args.has('dry-run')
  const result = await runInit({
    cwd,
    ...wish,
    dryRun,
    remove: args.has('remove'),
    install: !args.has('no-install'),
    onStep: (step) => terminal.err(`unleak: ${step.command}\n`),
  })
  if (dryRun) {
    for (const change of result.changes) terminal.out(showChange(change, result, terminal))
    for (const step of result.steps) terminal.tell(`would run: ${step.command}\n  ${step.what}\n`)
    terminal.tell(`\nIn short, it would end like this:\n`)
  }
  for (const line of [...result.done, ...result.notes]) terminal.tell(`${line}\n`)
  if (result.next) terminal.tell(`${result.next}\n`)
  return result.ready || args.has('remove')
}

async function ciFile(system: string, { args, terminal, cwd, env }: CommandContext): Promise<void> {
  const { changes, line, byHand, root } = await runCiFile({
    cwd,
    env,
    system: system === 'found' ? undefined : system,
    dryRun: args.has('dry-run'),
    remove: args.has('remove'),
  })
  if (args.has('dry-run')) for (const change of changes) terminal.out(showChange(change, { root }, terminal))
  terminal.tell(`${line}\n`)
  if (byHand !== undefined) terminal.out(`\n${byHand}\n`)
}

async function agents(named: readonly string[], { args, terminal, cwd, env }: CommandContext): Promise<void> {
  const dryRun = args.has('dry-run')
  const result = await runAgents({ cwd, env, dryRun, remove: args.has('remove'), agents: named })
  if (dryRun) for (const change of result.changes) terminal.out(showChange(change, result, terminal))
  for (const line of result.lines) terminal.tell(`${line}\n`)
}

async function weekly(kind: string, { args, terminal, cwd }: CommandContext): Promise<void> {
  const { installWeekly, WEEKLY_FILES, weeklyKindOf } = await import('../../health/weekly.ts')
  const { plan } = await resolvePlan({ cwd })
  if (kind === 'cron' || kind === 'systemd') {
    const { cronLines, systemdUnits } = await import('../../health/weekly-lines.ts')
    return terminal.out(kind === 'cron' ? cronLines(plan.root) : systemdUnits(plan.root))
  }
  if (kind !== 'auto' && kind !== 'github' && kind !== 'gitlab')
    throw new ToolError('E_USAGE', `--weekly: "${kind}" is not github, gitlab, cron or systemd.`)
  const file = WEEKLY_FILES[kind === 'auto' ? weeklyKindOf(plan.root) : kind]
  const dryRun = args.has('dry-run')
  const { change, line } = installWeekly(plan.root, file, { dryRun, remove: args.has('remove') })
  if (dryRun && (change === 'create' || change === 'update')) terminal.out(file.text)
  terminal.tell(`${line}\n`)
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
