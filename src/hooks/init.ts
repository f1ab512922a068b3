// The whole of `unleak init`: plan, carry out, ask git whether the hooks really lie where it looks, say what was done.
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { askGit } from '../git/ask.ts'
import { ToolError } from '../model/errors.ts'
import { applyInit } from './apply.ts'
import { isExecutable } from './native.ts'
import { planInit } from './plan.ts'
import { isHuskyDir } from './site.ts'
import { chosenHooks } from './table.ts'
import type { FileChange, InitOptions, InitPlan, InitResult } from './types.ts'

/** Installs the hooks, or with `remove` takes them out again; with `dryRun` only says what it would do. */
export async function runInit(options: InitOptions): Promise<InitResult> {
  if (options.place) {
    const { planElsewhere } = await import('./elsewhere.ts')
    const plan = await planElsewhere(options, options.place)
    return resultOf(options.dryRun ? plan : await applyInit(plan))
  }
  const plan = await planInit(options)
  if (options.dryRun) return resultOf(plan)
  const carriedOut = await applyInit(plan)
  if (!options.remove && carriedOut.ready) await assertHooked(carriedOut)
  return resultOf(carriedOut)
}

/** The last word is git's: the hook lies where git will look for it. (HUSKY=0 makes husky do nothing, for one.) */
async function assertHooked(plan: InitPlan): Promise<void> {
  const dir = await askGit(plan.root, plan.options.env).hooksPath()
  const isOfManager = plan.manager !== 'husky' || isHuskyDir(dir)
  const isHooked =
    isOfManager && chosenHooks(plan.options.hooks).every(({ hook }) => runsHook(join(dir, hook)))
  if (isHooked) return
  const isOff = plan.options.env?.HUSKY === '0' || process.env.HUSKY === '0'
  throw new ToolError(
    'E_HOOK',
    `git looks for its hooks in ${dir}, and ours are not there: no commit is scanned`,
    {
      hint: isOff
        ? 'HUSKY=0 is set, and husky does nothing then: unset it and run `unleak init` again.'
        : 'Use plain git hooks: unleak init --native',
    },
  )
}

const runsHook = (path: string): boolean => existsSync(path) && isExecutable(path)

function resultOf(plan: InitPlan): InitResult {
  const { options, root, manager, changes, steps, notes, ready } = plan
  const changed = changes.length > 0 || steps.some((step) => step.run)
  const done = [
    ...steps
      .filter((step) => step.run && step.when === 'first')
      .map((step) => `${step.command}: ${step.what}`),
    ...sentences(root, changes),
    ...steps
      .filter((step) => step.run && step.when === 'last')
      .map((step) => `${step.command}: ${step.what}`),
  ]
  const next = options.remove || options.dryRun || !ready ? undefined : 'Try it: make a commit.'
  const idle = changed || (!ready && !options.remove) ? [] : ['There is nothing to change.']
  return { root, manager, changes, steps, notes, ready, changed, done: [...done, ...idle], next }
}

/** A line a file; where many files end the same, one line for all of them. */
function sentences(root: string, changes: readonly FileChange[]): string[] {
  const byEnd = new Map<string, string[]>()
  for (const { path, after, why } of changes) {
    const end = after === undefined ? 'is removed' : why
    byEnd.set(end, [...(byEnd.get(end) ?? []), relative(root, path)])
  }
  return [...byEnd].flatMap(([end, names]) =>
    names.length > MANY ? [`${names.join(', ')}: each ${end}.`] : names.map((name) => `${name} ${end}.`),
  )
}

const MANY = 8
