// Flags whose value the configuration gives, for the commands that scan.
import { resolve } from 'node:path'
import { configFor } from '../config/resolve.ts'
import type { Config } from '../config/schema.ts'
import type { Arguments } from './arguments.ts'
import type { CommandContext, RunCommand } from './commands.ts'
import { type Flag, keyOf } from './flags.ts'

/** What the plan is made of is read there, with the files that say it; see config/resolve.ts. */
const OF_THE_PLAN: ReadonlySet<string> = new Set([
  'config',
  'rules',
  'partial-rules',
  'only',
  'skip',
  'min-severity',
  'ignore-path',
  'ignore-file',
  'baseline',
  'strict-ignores',
  'all-lines',
])

/** The command, hearing of the configuration's flags where neither argv nor environment has set them. */
export function configured(flags: readonly Flag[], run: RunCommand): RunCommand {
  return async (context) => {
    const config = context.args.one('config')
    const { loaded } = await configFor({ cwd: context.cwd, ...(config ? { config } : {}) })
    if (loaded.file === undefined) return await run(context)
    return await run({ ...context, args: withConfig(context.args, loaded.config, flags) })
  }
}

/** The same context for a command that is about another folder: what a person wrote is meant from where they stand. */
export function inFolder(context: CommandContext, cwd: string): CommandContext {
  if (cwd === context.cwd) return context
  const { args } = context
  const here = (name: string, value: string): string => {
    if (!NAMES_A_FILE.has(name)) return value
    const [, before = '', file = ''] =
      name === 'format' ? (/^([^=]*=)(.+)$/.exec(value) ?? []) : ['', '', value]
    return file === '' ? value : before + resolve(context.cwd, file)
  }
  const one = (name: string) => {
    const value = args.one(name)
    return typeof value === 'string' ? here(name, value) : value
  }
  return {
    ...context,
    cwd,
    args: { ...args, one, many: (name) => args.many(name).map((value) => here(name, value)) },
  }
}

const NAMES_A_FILE: ReadonlySet<string> = new Set([
  'format',
  'output',
  'config',
  'rules',
  'ignore-file',
  'baseline',
  'cache-dir',
  'audit-log',
])

function withConfig(args: Arguments, config: Config, flags: readonly Flag[]): Arguments {
  const values = new Map<string, unknown>()
  for (const flag of flags) {
    const value = config[keyOf(flag)]
    if (value !== undefined && !OF_THE_PLAN.has(flag.name) && args.from(flag.name) === undefined)
      values.set(flag.name, value)
  }
  return {
    ...args,
    has: (name) => (values.has(name) ? values.get(name) !== false : args.has(name)),
    one: (name) => (values.has(name) ? String(values.get(name)) : args.one(name)),
    many: (name) => (values.has(name) ? [values.get(name)].flat().map(String) : args.many(name)),
  }
}
