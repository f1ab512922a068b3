// The configuration's keys: what each takes, and a clear error for anything else.
import { SEVERITIES, type Severity, ToolError } from '../model/index.ts'

/** What a configuration file may say. Found in the scanned repository it can only narrow a scan. */
export interface Config {
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly minSeverity?: Severity
  readonly ignorePaths?: readonly string[]
  readonly ignoreFile?: string
  readonly baseline?: string
  readonly strictIgnores?: boolean
  readonly allLines?: boolean
  readonly rules?: readonly string[]
  readonly health?: HealthConfig
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

type Check = (value: unknown) => string | undefined

const texts: Check = (value) =>
  Array.isArray(value) && value.every((v) => typeof v === 'string' && v !== '')
    ? undefined
    : 'must be a list of texts'
const text: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'must be a text')
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false')
const severity: Check = (value) =>
  SEVERITIES.includes(value as Severity) ? undefined : `must be one of ${SEVERITIES.join(', ')}`

const positive: Check = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? undefined : 'must be a number above 0'

const HEALTH_KEYS: Readonly<Record<keyof HealthConfig, Check>> = {
  budget: positive,
  rotateAfterDays: positive,
  expireAfterDays: positive,
  unusedAfterDays: positive,
  testBackupAfterDays: positive,
  gateway: text,
  keys: texts,
  backup: texts,
}

const health: Check = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be a mapping'
  for (const [key, content] of Object.entries(value)) {
    const check = HEALTH_KEYS[key as keyof HealthConfig]
    if (!check) return `has no key "${key}"; its keys are ${Object.keys(HEALTH_KEYS).join(', ')}`
    const complaint = check(content)
    if (complaint) return `key "${key}" ${complaint}`
  }
  return undefined
}

const KEYS: Readonly<Record<keyof Config, Check>> = {
  only: texts,
  skip: texts,
  minSeverity: severity,
  ignorePaths: texts,
  ignoreFile: text,
  baseline: text,
  strictIgnores: flag,
  allLines: flag,
  rules: texts,
  health,
}

/** Checks the content of a configuration file. Throws ToolError `E_CONFIG` naming file and key. */
export function parseConfig(content: unknown, file: string): Config {
  if (content === null || content === undefined) return {}
  if (typeof content !== 'object' || Array.isArray(content)) {
    throw new ToolError('E_CONFIG', `${file}: must be a mapping of keys to values.`)
  }
  for (const [key, value] of Object.entries(content)) {
    const check = KEYS[key as keyof Config]
    if (!check) throw unknownKey(key, file)
    const complaint = check(value)
    if (complaint) throw new ToolError('E_CONFIG', `${file}: "${key}" ${complaint}.`)
  }
  return content
}

function unknownKey(key: string, file: string): ToolError {
  const names = Object.keys(KEYS)
  const near = names.find((name) => name.toLowerCase().startsWith(key.slice(0, 3).toLowerCase()))
  return new ToolError('E_CONFIG', `${file}: "${key}" is not a key of the configuration.`, {
    hint: near ? `Did you mean "${near}"?` : `The keys are ${names.join(', ')}.`,
  })
}
