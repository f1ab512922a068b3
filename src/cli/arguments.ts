// argv and environment → values; mistakes are told with the nearest right name.
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { nearest, ToolError } from '../model/index.ts'
import { type Flag, variableOf } from './flags.ts'

export interface Arguments {
  readonly positionals: readonly string[]
  has(name: string): boolean
  one(name: string): string | undefined
  many(name: string): readonly string[]
  /** Where the value of a flag comes from; undefined: it has none. */
  from(name: string): 'flag' | 'environment' | undefined
}

/** Parses `argv` by `flags`; what it does not set comes from UNLEAK_* variables. Throws ToolError `E_USAGE`. */
export function parseArguments(
  argv: readonly string[],
  flags: readonly Flag[],
  env: NodeJS.ProcessEnv,
  command: string,
): Arguments {
  const parsed = argv.length === 0 ? NOTHING : parse(argv, flags, command)
  const values: Record<string, unknown> = { ...fromEnvironment(flags, env), ...parsed.values }
  return {
    positionals: parsed.positionals,
    has: (name) => values[name] !== undefined && values[name] !== false,
    one: (name) => values[name] as string | undefined,
    many: (name) => (values[name] as string[] | undefined) ?? [],
    from: (name) =>
      parsed.values[name] !== undefined ? 'flag' : values[name] !== undefined ? 'environment' : undefined,
  }
}

interface Parsed {
  readonly values: Readonly<Record<string, unknown>>
  readonly positionals: readonly string[]
}

/** The usual hook: node's parser need not be loaded for it. */
const NOTHING: Parsed = { values: {}, positionals: [] }

function parse(argv: readonly string[], flags: readonly Flag[], command: string): Parsed {
  const options: ParseArgsConfig['options'] = { help: { type: 'boolean', short: 'h' } }
  for (const flag of flags) {
    options[flag.name] = {
      type: flag.value ? 'string' : 'boolean',
      ...(flag.short ? { short: flag.short } : {}),
      ...(flag.repeatable ? { multiple: true } : {}),
    }
  }
  const bare = new Map<string, string>(
    flags.flatMap((f) => (f.bare ? [[`--${f.name}`, `--${f.name}=${f.bare}`] as const] : [])),
  )
  const args = argv.map((arg) => bare.get(arg) ?? arg)
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true })
  } catch (error) {
    throw usageError(error as Error, flags, command)
  }
}

function fromEnvironment(flags: readonly Flag[], env: NodeJS.ProcessEnv): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const flag of flags) {
    const text = env[variableOf(flag)]
    if (text === undefined || text === '') continue
    if (!flag.value) values[flag.name] = !['0', 'false', 'no'].includes(text.toLowerCase())
    else if (!flag.repeatable) values[flag.name] = text
    else if (!isSkipEverything(flag.name, text))
      values[flag.name] = text.split(',').map((part) => part.trim())
  }
  return values
}

/** UNLEAK_SKIP=1 leaves out the whole run, any other value names rules to leave out. */
export function isSkipEverything(flag: string, text: string): boolean {
  return flag === 'skip' && ['1', 'true', 'yes', 'all'].includes(text.toLowerCase())
}

function usageError(error: Error, flags: readonly Flag[], command: string): ToolError {
  const message = error.message.split(/\. |\n/)[0]!.replace(/\.$/, '')
  const wrong = /'(--?[\w-]+)/.exec(message)?.[1]
  const flag = flags.find(({ name }) => `--${name}` === wrong)
  if (flag?.value && / ambiguous$/.test(message))
    return new ToolError('E_USAGE', `${wrong}: its value is missing, or begins with a dash.`, {
      hint: `One that begins with a dash is written as ${wrong}=-…`,
    })
  if (flag?.value && / missing$/.test(message))
    return new ToolError('E_USAGE', `${wrong}: its value is missing.`, {
      hint: `Write it as ${wrong} ${flag.value}; see: unleak ${command} --help`,
    })
  const near =
    wrong &&
    nearest(
      wrong.replace(/^-+/, ''),
      flags.map((flag) => flag.name),
    )
  return new ToolError('E_USAGE', `${message}.`, {
    hint: near ? `Did you mean --${near}?` : `See: unleak ${command} --help`,
  })
}
