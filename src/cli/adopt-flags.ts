// Flags of the commands for adopting unleak in an old repository, as data.
import {
  AUDIT_FLAGS,
  CI_FLAGS,
  CONFIG,
  FILES_FLAGS,
  type Flag,
  IGNORE_FILE,
  RULES,
  STAGED_FLAGS,
} from './flags.ts'

export const REVIEW_FLAGS: readonly Flag[] = [
  {
    name: 'answer',
    value: 'ID=ANSWER',
    repeatable: true,
    help: 'real, false-alarm or accepted; several, in place of the questions',
  },
  {
    name: 'all',
    value: 'WHAT=ANSWER',
    repeatable: true,
    help: 'the same for all findings of a severity, rule or provider, such as low=false-alarm',
  },
  { name: 'reason', value: 'TEXT', help: 'why, for the answers given by flags' },
  {
    name: 'until',
    value: 'DATE',
    help: 'last day of what is accepted, YYYY-MM-DD, or "never" (default: a year from now; false alarms: never)',
  },
  { name: 'owner', value: 'NAME', help: 'who answers (default: your git user.email)' },
  { name: 'dry-run', short: 'n', help: 'show what would be written, write nothing' },
  CONFIG,
  RULES,
  IGNORE_FILE,
  { name: 'baseline', value: 'FILE', help: 'ask only about what is not in this baseline' },
]

export const MIGRATE_FLAGS: readonly Flag[] = [
  {
    name: 'from',
    value: 'TOOL',
    help: 'what the named files are: gitleaksignore, betterleaksignore, gitleaks-config, gitleaks-report, detect-secrets, kingfisher, talisman, secretlint, secretlintignore, trufflehog (exclude paths)',
  },
  {
    name: 'until',
    value: 'DATE',
    help: 'last day of what is accepted (default: a year from now), or "never"',
  },
  { name: 'owner', value: 'NAME', help: 'who accepts it (default: your git user.email)' },
  { name: 'dry-run', short: 'n', help: 'say what would come over, write nothing' },
]

export const BASELINE_FLAGS: readonly Flag[] = [
  { name: 'baseline', value: 'FILE', help: 'the baseline (default: unleak.baseline.jsonl)' },
  { name: 'dry-run', short: 'n', help: 'show what would change, change nothing' },
  CONFIG,
  RULES,
  IGNORE_FILE,
]

/** All flags that a scan knows, each once: what the configuration can set. */
export const SCANNING_FLAGS: readonly Flag[] = [
  ...new Map(
    [...STAGED_FLAGS, ...CI_FLAGS, ...AUDIT_FLAGS, ...FILES_FLAGS].map((flag) => [flag.name, flag]),
  ).values(),
]
