// Carries an InitPlan out: files atomically, one by one, and steps; nothing that the plan does not hold.
import { spawn } from 'node:child_process'
import { mkdirSync, rmdirSync, rmSync, unlinkSync } from 'node:fs'
import { dirname } from 'node:path'
import { replaceFile } from '../disk/replace.ts'
import { askGit, type Environment } from '../git/ask.ts'
import { ToolError } from '../model/errors.ts'
import { planInit } from './plan.ts'
import { readOptional } from './site.ts'
import type { FileChange, InitPlan, Step } from './types.ts'

/** Does what the plan says; the plan it returns is the one that was carried out to the end. */
export async function applyInit(plan: InitPlan): Promise<InitPlan> {
  const first = plan.steps.filter((step) => step.when === 'first' && step.run)
  for (const step of first) await runStep(step, plan)
  // A package manager has written package.json and node_modules: what we meant to change is no longer there.
  const last = first.length > 0 ? await replan(plan, first) : plan
  applyChanges(last.changes)
  for (const step of last.steps) if (step.when === 'last' && step.run) await runStep(step, last)
  for (const dir of last.prune) removeIfEmpty(dir)
  return first.length > 0 ? { ...last, steps: [...first, ...last.steps] } : last
}

async function replan(plan: InitPlan, ran: readonly Step[]): Promise<InitPlan> {
  const carried = ran.flatMap((step) => step.added ?? [])
  const next = await planInit(plan.options, carried)
  const again = next.steps.find((step) => step.when === 'first')
  if (!again) return next
  throw new ToolError('E_HOOK', `\`${again.command}\` ran without an error, but husky is still not there`, {
    hint: 'Nothing was set up. Install husky by hand, or use plain git hooks: unleak init --native',
  })
}

/** All of them or, when a file has changed since it was read, none. */
export function applyChanges(changes: readonly FileChange[]): void {
  for (const change of changes) assertUnchanged(change)
  for (const change of changes) applyChange(change)
}

function assertUnchanged(change: FileChange): void {
  const now = readOptional(change.path)
  const isSame = now === undefined ? change.before === undefined : change.before?.equals(now)
  if (isSame) return
  throw new ToolError('E_WRITE', `${change.path} has changed since it was read; nothing was written`, {
    hint: 'Run the command again.',
  })
}

function applyChange(change: FileChange): void {
  try {
    if (change.after === undefined) unlinkSync(change.path)
    else {
      mkdirSync(dirname(change.path), { recursive: true })
      replaceFile(change.path, [change.after], { mode: change.mode })
    }
  } catch (cause) {
    throw new ToolError('E_WRITE', `${change.path} could not be written: ${(cause as Error).message}`, {
      hint: 'Mend that and run the command again: what is done already stays done.',
      cause,
    })
  }
}

function removeIfEmpty(dir: string): void {
  try {
    rmdirSync(dir)
  } catch {
    // Not empty, or not there: both are fine.
  }
}

async function runStep(step: Step, plan: InitPlan): Promise<void> {
  const { action } = step
  plan.options.onStep?.(step)
  const env = plan.options.env ?? process.env
  if (action.kind === 'unset-config') return askGit(plan.root, env).unsetConfig(action.key)
  if (action.kind === 'remove-directory') return rmSync(action.path, { recursive: true, force: true })
  const { status, output } = await execute(action.argv, action.cwd, env)
  if (status === 0) return
  const tail = output.trim().split('\n').slice(-5).join('\n')
  throw new ToolError(
    'E_HOOK',
    `\`${step.command}\` failed${status === null ? '' : ` with status ${status}`}`,
    {
      hint: `${tail}\nNothing that depends on it was done. Mend that, or use plain git hooks: unleak init --native`,
    },
  )
}

function execute(argv: readonly string[], cwd: string, env: Environment) {
  const [command = '', ...args] = argv
  return new Promise<{ status: number | null; output: string }>((done) => {
    // On Windows npm is a .cmd file, which only a shell runs; the arguments are our own fixed words.
    const shell = process.platform === 'win32' && command !== process.execPath
    const child = spawn(command, args, { cwd, env: { ...env }, shell, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => done({ status: null, output: error.message }))
    child.on('close', (status) => done({ status, output }))
  })
}
