// What a configuration file may say, and a clear error for anything else.
import { nearest, type Severity, ToolError } from '../model/index.ts'
import { KEYS, type Trust } from './keys.ts'

/** The settings that a plan is made of. Keys that are only flags by another name stand in `Config` by theirs. */
export interface Config {
  readonly extends?: string | readonly string[]
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly minSeverity?: Severity
  readonly ignorePaths?: readonly string[]
  readonly paths?: readonly PathConfig[]
  readonly ignoreFile?: string
  readonly baseline?: string
  readonly strictIgnores?: boolean
  readonly allLines?: boolean
  readonly rules?: readonly string[]
  readonly partialRules?: boolean
  readonly health?: HealthConfig
  readonly [flag: string]: unknown
}

/** Settings for the paths that `match` names, from the top of the repository. */
export interface PathConfig {
  readonly match: string | readonly string[]
  readonly skip?: true | readonly string[]
  readonly rules?: readonly string[]
  readonly severity?: Severity
}

/** What `unleak health` measures against. */
export interface HealthConfig {
  /** US dollars a month. */
  readonly budget?: number
  readonly rotateAfterDays?: number
  readonly expireAfterDays?: number
  readonly unusedAfterDays?: number
  readonly testBackupAfterDays?: number
  /** Host that requests have to go through. */
  readonly gateway?: string
  /** Names of environment variables that hold keys. */
  readonly keys?: readonly string[]
  readonly backup?: readonly string[]
}

/** Checks the content of a configuration file. Throws ToolError `E_CONFIG` naming file and key. */
export function parseConfig(content: unknown, file: string): Config {
  if (content === null || content === undefined) return {}
  if (typeof content !== 'object' || Array.isArray(content)) {
    throw new ToolError('E_CONFIG', `${file}: must be a mapping of keys to values.`)
  }
  const { $schema: _, ...keys } = content as Record<string, unknown>
  for (const [key, value] of Object.entries(keys)) {
    const spec = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
    if (!spec) throw unknownKey(key, file)
    const complaint = spec.check(value)
    if (complaint) throw new ToolError('E_CONFIG', `${file}: "${key}" ${complaint}.`)
  }
  return keys as Config
}

function unknownKey(key: string, file: string): ToolError {
  const names = Object.keys(KEYS)
  const plain = (name: string) => name.toLowerCase().replace(/[-_]/g, '')
  const near =
    names.find((name) => plain(name) === plain(key)) ??
    nearest(key, names) ??
    names.find((name) => name.toLowerCase().startsWith(key.slice(0, 4).toLowerCase()))
  return new ToolError('E_CONFIG', `${file}: "${key}" is not a key of the configuration.`, {
    hint: near ? `Did you mean "${near}"?` : `The keys are ${names.join(', ')}.`,
  })
}

/**
 * Holds a configuration to what its file may say. What makes unleak write, show or send counts only in a file that
 * was named: throws ToolError `E_CONFIG`. What a scanned repository may not say is left out, by name.
 */
export function restrict(config: Config, file: string, trust: Trust): { config: Config; leftOut: string[] } {
  if (trust === 'named') return { config, leftOut: [] }
  const needs = (key: string) => (writesFile(key, config[key]) ? 'named' : KEYS[key]!.trust)
  const keys = Object.keys(config)
  if (trust === 'any') {
    const leftOut = keys.filter((key) => needs(key) !== 'any')
    const kept = Object.entries(config).filter(([key]) => !leftOut.includes(key))
    return { config: Object.fromEntries(kept), leftOut }
  }
  const acting = keys.find((key) => needs(key) === 'named')
  if (acting === undefined) return { config, leftOut: [] }
  const what = acting === 'format' ? '"format" with a file' : `"${acting}"`
  throw new ToolError('E_CONFIG', `${file}: ${what} counts only in a configuration that you name.`, {
    hint: `A repository that you fetched must not make unleak write, show or send. Name the file: --config ${file}`,
  })
}

function writesFile(key: string, value: unknown): boolean {
  return key === 'format' && [value].flat().some((format) => String(format).includes('='))
}
