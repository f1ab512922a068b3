// Flags of the commands for the account: the health check, the response, the rotation, the tour.
import { AUDIT_LOG, CONFIG, type Flag, NO_COLOR, OUTPUT, TIMEOUT, VERBOSE } from './flags.ts'

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

const FILLED_FLAGS: readonly Flag[] = [
  {
    name: 'filled',
    value: 'PLACE',
    repeatable: true,
    help: 'a place elsewhere that you gave the new key by hand: the file that names it, or "all"',
  },
  { name: 'by', value: 'NAME', help: 'who says so, for the journal (default: your git user.email)' },
]

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
  ...FILLED_FLAGS,
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
  ...FILLED_FLAGS,
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
