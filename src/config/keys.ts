// The keys of the configuration as data: checks, the JSON Schema and who may set them come from this table.
import { SEVERITIES, type Severity } from '../model/index.ts'

/** Says what is wrong with a value, or undefined. */
export type Check = (value: unknown) => string | undefined

/**
 * Who may set a key. `any`: also the scanned repository, because it only narrows a scan. `own`: the configuration of
 * the folder one works in. `named`: only a file that was named, because the key makes unleak write, show or send.
 */
export type Trust = 'any' | 'own' | 'named'

export interface Key {
  readonly trust: Trust
  readonly check: Check
  readonly schema: object
  readonly description: string
  /** Relative to the file that says it. */
  readonly isPath?: true
  /** Lists of an extended file and of the one that extends it are joined; otherwise the latter's counts. */
  readonly joins?: true
  /** What holds without it, in words. */
  readonly otherwise: string
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const text: Check = (value) => (isText(value) ? undefined : 'must be a text')
const texts: Check = (value) =>
  Array.isArray(value) && value.every(isText) ? undefined : 'must be a list of texts'
const textOrTexts: Check = (value) =>
  isText(value) || texts(value) === undefined ? undefined : 'must be a text or a list of texts'
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false')
const severity: Check = (value) =>
  SEVERITIES.includes(value as Severity) ? undefined : `must be one of ${SEVERITIES.join(', ')}`
const positive: Check = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? undefined : 'must be a number above 0'

/** Checks a mapping key by key; an unknown one is told with all there are. */
function mapping(keys: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be a mapping'
    const missing = required.find((key) => !(key in value))
    if (missing) return `needs the key "${missing}"`
    for (const [key, content] of Object.entries(value)) {
      const check = keys[key]
      if (!check) return `has no key "${key}"; its keys are ${Object.keys(keys).join(', ')}`
      const complaint = check(content)
      if (complaint) return `key "${key}" ${complaint}`
    }
    return undefined
  }
}

const health = mapping({
  budget: positive,
  rotateAfterDays: positive,
  expireAfterDays: positive,
  unusedAfterDays: positive,
  testBackupAfterDays: positive,
  gateway: text,
  keys: texts,
  backup: texts,
})

const skipHere: Check = (value) =>
  value === true || texts(value) === undefined ? undefined : 'must be true or a list of rules and providers'
const place = mapping({ match: textOrTexts, skip: skipHere, rules: texts, severity }, ['match'])
const paths: Check = (value) => {
  if (!Array.isArray(value)) return 'must be a list of mappings with "match"'
  const at = value.findIndex((each) => place(each) !== undefined)
  return at === -1 ? undefined : `entry ${at + 1} ${place(value[at])}`
}

const TEXT = { type: 'string', minLength: 1 }
const TEXTS = { type: 'array', items: TEXT }
const EITHER = { anyOf: [TEXT, TEXTS] }
const FLAG = { type: 'boolean' }
const NUMBER = { type: 'number', exclusiveMinimum: 0 }
const SEVERITY = { enum: SEVERITIES }
const closed = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const HEALTH = closed({
  budget: { ...NUMBER, description: 'US dollars a month.' },
  rotateAfterDays: NUMBER,
  expireAfterDays: NUMBER,
  unusedAfterDays: NUMBER,
  testBackupAfterDays: NUMBER,
  gateway: { ...TEXT, description: 'Host that requests have to go through.' },
  keys: { ...TEXTS, description: 'Names of environment variables that hold keys.' },
  backup: TEXTS,
})
const PLACES = {
  type: 'array',
  items: closed(
    {
      match: { ...EITHER, description: 'Globs of paths from the top of the repository.' },
      skip: {
        anyOf: [{ const: true }, TEXTS],
        description: 'true: not scanned; else rules and providers that do not count there.',
      },
      rules: { ...TEXTS, description: 'Only these rules and providers count there.' },
      severity: { ...SEVERITY, description: 'What is found there has this severity.' },
    },
    ['match'],
  ),
}

type Row = readonly [check: Check, schema: object, trust: Trust, description: string, otherwise: string]
const key = ([check, schema, trust, description, otherwise]: Row, more: Partial<Key> = {}): Key => ({
  check,
  schema,
  trust,
  description,
  otherwise,
  ...more,
})
const path = { isPath: true } as const
const list = { joins: true } as const

/** Every key. Those that are flags, too, are called as the flag is. */
export const KEYS: Readonly<Record<string, Key>> = {
  extends: key([
    textOrTexts,
    EITHER,
    'own',
    'Files (./base.yaml) or npm packages of data that this one builds on.',
    'nothing',
  ]),
  only: key([texts, TEXTS, 'any', 'Only these rules or providers.', 'all']),
  skip: key([texts, TEXTS, 'any', 'Not these rules or providers.', 'none'], list),
  minSeverity: key([severity, SEVERITY, 'any', 'Findings below are not reported.', 'low']),
  ignorePaths: key([texts, TEXTS, 'any', 'Globs of paths that are not scanned.', 'none'], list),
  paths: key([paths, PLACES, 'any', 'Settings for some paths.', 'none'], list),
  ignoreFile: key([text, TEXT, 'own', 'Accepted findings.', 'unleak.ignore.yaml'], path),
  baseline: key([text, TEXT, 'own', 'Report only what is not in this baseline.', 'none'], path),
  strictIgnores: key([
    flag,
    FLAG,
    'any',
    'Fail on entries of the ignore file that ended or hide nothing.',
    'no',
  ]),
  allLines: key([flag, FLAG, 'own', 'Report old lines too, not only those a commit adds.', 'no']),
  rules: key([texts, TEXTS, 'own', 'More rule files.', 'none'], { ...path, ...list }),
  partialRules: key([flag, FLAG, 'own', 'Use what can be used of foreign rule files.', 'no']),
  format: key([
    textOrTexts,
    EITHER,
    'own',
    'Formats of the report; with =FILE only in a named configuration.',
    'text',
  ]),
  output: key([text, TEXT, 'named', 'Where the report goes.', 'standard output'], path),
  reveal: key([text, { enum: ['terminal', 'force'] }, 'named', 'Print secrets in clear.', 'no']),
  quiet: key([flag, FLAG, 'own', 'Print nothing when nothing was found.', 'no']),
  verbose: key([flag, FLAG, 'own', 'Say what was left out and why.', 'no']),
  noColor: key([flag, FLAG, 'own', 'Plain text.', 'no']),
  noProgress: key([flag, FLAG, 'own', 'No progress display.', 'no']),
  range: key([text, TEXT, 'own', 'The commits that unleak ci scans.', 'what the CI system says']),
  verify: key([flag, FLAG, 'named', 'Ask the issuers whether secrets are alive.', 'no']),
  host: key([texts, TEXTS, 'named', 'Your own hosts at services that give each customer one.', 'none'], list),
  timeout: key([positive, NUMBER, 'own', 'Seconds for one question.', '20']),
  auditLog: key([text, TEXT, 'named', 'A line of JSON for each request.', 'none'], path),
  jobs: key([
    positive,
    { type: 'integer', minimum: 1 },
    'own',
    'Most worker threads, where a command uses them.',
    'one for each processor',
  ]),
  noCache: key([flag, FLAG, 'own', 'Read everything again, and remember nothing.', 'no']),
  cacheDir: key([text, TEXT, 'named', 'Folder that remembers what was read.', 'your own cache folder'], path),
  withGit: key([flag, FLAG, 'own', 'Read every object through git cat-file.', 'no']),
  health: key([health, HEALTH, 'own', 'What unleak health measures against.', 'see docs/health.md']),
}

/** The JSON Schema of a configuration file. */
export function configSchema(): object {
  const properties = Object.fromEntries(
    Object.entries(KEYS).map(([name, { schema, description }]) => [name, { ...schema, description }]),
  )
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:unleak:config:1',
    title: 'Configuration of unleak',
    ...closed({ $schema: { type: 'string' }, ...properties }),
  }
}
