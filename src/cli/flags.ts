// Every flag as data: parsing, help, environment variables and their precedence come from this table.

export interface Flag {
  readonly name: string
  readonly short?: string
  /** What stands behind the flag; none: it is a switch. */
  readonly value?: string
  readonly repeatable?: boolean
  /** The value may be left out: then this one holds. */
  readonly bare?: string
  readonly help: string
  /** Its key in the configuration, when that is not its own name. */
  readonly key?: string
}

export const FORMAT: Flag = {
  name: 'format',
  value: 'FORMAT[=FILE]',
  repeatable: true,
  help: 'text, json, jsonl, sarif, junit, gitlab, codequality, github, csv, markdown or html; with =FILE into that file; several at once',
}
export const OUTPUT: Flag = {
  name: 'output',
  short: 'o',
  value: 'FILE',
  help: 'write the report to FILE, in the format that its name ends with if none is given',
}
export const CONFIG: Flag = { name: 'config', short: 'c', value: 'FILE', help: 'configuration file' }
export const RULES: Flag = {
  name: 'rules',
  value: 'FILE',
  repeatable: true,
  help: 'more rules, on top of the bundled ones; those of gitleaks, betterleaks, kingfisher, Nosey Parker too',
}
export const PARTIAL_RULES: Flag = {
  name: 'partial-rules',
  help: 'use what can be used of foreign rule files, where some rules can not',
}
export const ONLY: Flag = {
  name: 'only',
  value: 'ID',
  repeatable: true,
  help: 'only these rules or providers',
}
export const SKIP: Flag = {
  name: 'skip',
  value: 'ID',
  repeatable: true,
  help: 'not these rules or providers',
}
export const MIN_SEVERITY: Flag = {
  name: 'min-severity',
  value: 'LEVEL',
  help: 'low (default), medium, high or critical',
}
export const IGNORE_PATHS: Flag = {
  name: 'ignore-path',
  value: 'GLOB',
  repeatable: true,
  key: 'ignorePaths',
  help: 'paths that are not scanned',
}
export const IGNORE_FILE: Flag = {
  name: 'ignore-file',
  value: 'FILE',
  help: 'accepted findings (default: unleak.ignore.yaml)',
}
const BASELINE: Flag = {
  name: 'baseline',
  value: 'FILE',
  help: 'report only what is not in this baseline (made by unleak baseline update)',
}
const STRICT_IGNORES: Flag = {
  name: 'strict-ignores',
  help: 'fail when an entry of the ignore file has ended, or hides nothing any more',
}
const REVEAL: Flag = {
  name: 'reveal',
  value: '[force]',
  bare: 'terminal',
  help: 'print secrets in clear; on a pipe only as --reveal=force',
}
const QUIET: Flag = { name: 'quiet', short: 'q', help: 'print nothing when nothing was found' }
export const VERBOSE: Flag = {
  name: 'verbose',
  short: 'v',
  help: 'say what was left out and why, and how long it took',
}
export const NO_COLOR: Flag = { name: 'no-color', help: 'plain text' }
const NO_PROGRESS: Flag = { name: 'no-progress', help: 'no progress display' }
const ALL_LINES: Flag = { name: 'all-lines', help: 'report old lines too, not only those the commit adds' }
const RANGE: Flag = {
  name: 'range',
  value: 'A..B',
  help: 'the commits that B has and A has not (default: what the CI system says)',
}

const HOST: Flag = {
  name: 'host',
  value: 'NAME',
  repeatable: true,
  help: 'your own host at a service that gives each customer one, for asking there',
}
export const TIMEOUT: Flag = {
  name: 'timeout',
  value: 'SECONDS',
  help: 'for one question, repetitions included (default: 20)',
}
export const AUDIT_LOG: Flag = {
  name: 'audit-log',
  value: 'FILE',
  help: 'append one line of JSON for each request: where to and how it ended',
}

/** For the scanning commands that no git hook runs: those never open a socket. */
export const VERIFY_FLAGS: readonly Flag[] = [
  { name: 'verify', help: 'ask the issuers whether the secrets found are alive (sends them there)' },
  HOST,
  TIMEOUT,
  AUDIT_LOG,
]

const OUTPUT_FLAGS = [FORMAT, OUTPUT, REVEAL, QUIET, VERBOSE, NO_COLOR, NO_PROGRESS]
export const SCAN_FLAGS: readonly Flag[] = [
  ...OUTPUT_FLAGS,
  CONFIG,
  RULES,
  PARTIAL_RULES,
  ONLY,
  SKIP,
  MIN_SEVERITY,
  IGNORE_PATHS,
  IGNORE_FILE,
  BASELINE,
  STRICT_IGNORES,
  { name: 'jobs', short: 'j', value: 'N', help: 'most worker threads (default: one for each processor)' },
]
export const STAGED_FLAGS: readonly Flag[] = [...SCAN_FLAGS, ALL_LINES]
export const CI_FLAGS: readonly Flag[] = [RANGE, ...STAGED_FLAGS, ...VERIFY_FLAGS]

export const AUDIT_FLAGS: readonly Flag[] = [
  ...SCAN_FLAGS,
  { name: 'no-cache', help: 'read everything again, and remember nothing' },
  {
    name: 'cache-dir',
    value: 'DIR',
    help: 'folder that remembers what was read, such as a CI cache (default: in your own cache folder)',
  },
  { name: 'with-git', help: 'read every object through git cat-file: slower, for comparison' },
  ...VERIFY_FLAGS,
]

export const FILES_FLAGS: readonly Flag[] = [...SCAN_FLAGS, ...VERIFY_FLAGS]

export const VERIFY_COMMAND_FLAGS: readonly Flag[] = [
  {
    name: 'env',
    value: 'NAME',
    repeatable: true,
    help: 'the environment variable that holds the secret: its name, never its value',
  },
  { name: 'dry-run', short: 'n', help: 'show what would be sent where, send nothing' },
  HOST,
  TIMEOUT,
  AUDIT_LOG,
  RULES,
  FORMAT,
  OUTPUT,
  VERBOSE,
  NO_COLOR,
]

export const IGNORE_FLAGS: readonly Flag[] = [
  { name: 'reason', value: 'TEXT', help: 'why it is accepted (required)' },
  {
    name: 'until',
    value: 'DATE',
    help: 'last day it holds, YYYY-MM-DD, or "never" (default: a year from now)',
  },
  { name: 'owner', value: 'NAME', help: 'who accepts it (default: your git user.email)' },
  IGNORE_FILE,
  CONFIG,
]

export const REPORT_FLAGS: readonly Flag[] = [
  FORMAT,
  OUTPUT,
  { name: 'open', help: 'open the HTML report in the browser' },
  RULES,
  REVEAL,
  QUIET,
  VERBOSE,
  NO_COLOR,
]

export const RULES_FLAGS: readonly Flag[] = [FORMAT, RULES, PARTIAL_RULES]

/** The environment variable of a flag: UNLEAK_MIN_SEVERITY for --min-severity. */
export function variableOf(flag: Flag): string {
  return `UNLEAK_${flag.name.replaceAll('-', '_').toUpperCase()}`
}

/** The configuration's key of a flag: minSeverity for --min-severity. */
export function keyOf({ name, key }: Flag): string {
  return key ?? name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
