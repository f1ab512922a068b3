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
const OUTPUT: Flag = {
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
const VERBOSE: Flag = {
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
const TIMEOUT: Flag = {
  name: 'timeout',
  value: 'SECONDS',
  help: 'for one question, repetitions included (default: 20)',
}
const AUDIT_LOG: Flag = {
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

const STATE_DIR: Flag = {
  name: 'state-dir',
  value: 'DIR',
  help: 'where unleak remembers what it did (private)',
}
const YES: Flag = { name: 'yes', short: 'y', help: 'do it without asking, for scripts' }

export const HEALTH_FLAGS: readonly Flag[] = [
  {
    name: 'format',
    value: 'FORMAT[=FILE]',
    repeatable: true,
    help: 'text, json, markdown or html; with =FILE into that file; several at once',
  },
  OUTPUT,
  { name: 'offline', help: 'only what lies on disk; nothing is asked over the network' },
  TIMEOUT,
  AUDIT_LOG,
  { name: 'check', value: 'ID', repeatable: true, help: 'only these checks' },
  { name: 'skip-check', value: 'ID', repeatable: true, help: 'not these checks' },
  { name: 'key', value: 'NAME', repeatable: true, help: 'one more environment variable that holds a key' },
  { name: 'backup', value: 'NAME', repeatable: true, help: 'the variable that holds the backup key' },
  { name: 'budget', value: 'USD', help: 'dollars a month (default: the recommended 10 to 50)' },
  { name: 'spend-test', help: 'let backup keys make one request that costs less than a hundredth of a cent' },
  { name: 'fix', value: 'limits', help: 'set the hard limit and the alerts, after you confirm' },
  { name: 'mail', value: 'ADDRESS', repeatable: true, help: 'who gets the alerts that --fix limits sets' },
  YES,
  {
    name: 'notify',
    value: 'NAME',
    help: 'post to the Slack-compatible webhook whose address is in this variable',
  },
  { name: 'issue', help: 'print the text of a GitHub issue: its title is the first line' },
  STATE_DIR,
  CONFIG,
  VERBOSE,
  NO_COLOR,
]

const CONFIRM: Flag = { name: 'confirm', help: 'do it; without it only the plan is shown (or you are asked)' }
const RUN_REMOTE: Flag = {
  name: 'run-remote',
  help: 'run the commands that fill stores elsewhere, the key on their standard input',
}
const TARGET: Flag = {
  name: 'target',
  value: 'FILE[:NAME]',
  repeatable: true,
  help: 'one more env file that gets the new key',
}

export const RESPOND_FLAGS: readonly Flag[] = [
  CONFIRM,
  { name: 'report', value: 'FILE', help: 'take the finding from this JSON report' },
  {
    name: 'env',
    value: 'NAME',
    help: 'take the key from the variable NAME, of the environment or an env file',
  },
  { name: 'env-file', value: 'FILE', help: 'the env file that --env looks into' },
  { name: 'key-id', value: 'ID', help: 'which key of the account it is, where several look like it' },
  { name: 'since', value: 'DATE', help: 'when it got out (default: the first commit that held it)' },
  { name: 'contain', help: 'let it expire in an hour in place of revoking it now' },
  { name: 'revoke-now', help: 'revoke it though something in production still uses it' },
  { name: 'no-replace', help: 'make no new key' },
  { name: 'new-key-env', value: 'NAME', help: 'write the new key in this variable, that you made by hand' },
  TARGET,
  RUN_REMOTE,
  {
    name: 'filter-repo',
    help: 'write the file with which `git filter-repo` takes the key out of the history',
  },
  { name: 'undo', help: 'put the env files back and delete the new key; only before the old one is revoked' },
  {
    name: 'format',
    value: 'FORMAT[=FILE]',
    repeatable: true,
    help: 'the incident report as markdown or json, into FILE or to stdout',
  },
  TIMEOUT,
  AUDIT_LOG,
  STATE_DIR,
  NO_COLOR,
]

export const ROTATE_FLAGS: readonly Flag[] = [
  CONFIRM,
  {
    name: 'env',
    value: 'NAME',
    help: 'rotate the key in the variable NAME, of the environment or an env file',
  },
  { name: 'env-file', value: 'FILE', help: 'the env file that --env looks into' },
  TARGET,
  RUN_REMOTE,
  { name: 'grace', value: 'HOURS', help: 'both keys work that long (default: 24)' },
  { name: 'if-older', value: 'DAYS', help: 'do nothing when the key is younger' },
  { name: 'revoke-now', help: 'revoke the old key though something elsewhere may still use it' },
  { name: 'schedule', help: 'print the lines for cron and for a workflow' },
  TIMEOUT,
  AUDIT_LOG,
  STATE_DIR,
  NO_COLOR,
]

export const DEMO_FLAGS: readonly Flag[] = [
  { name: 'serve', help: 'keep the stand-in running until Ctrl-C, to try commands yourself' },
  { name: 'port', value: 'N', help: 'port of the stand-in (default: any that is free)' },
  { name: 'keep', help: 'leave the project of the tour where it is' },
  NO_COLOR,
]

/** The environment variable of a flag: UNLEAK_MIN_SEVERITY for --min-severity. */
export function variableOf(flag: Flag): string {
  return `UNLEAK_${flag.name.replaceAll('-', '_').toUpperCase()}`
}

/** The configuration's key of a flag: minSeverity for --min-severity. */
export function keyOf({ name, key }: Flag): string {
  return key ?? name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
