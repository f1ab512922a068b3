// Flags of the commands around hooks: init, doctor, agent-hook and mask.
import {
  CONFIG,
  type Flag,
  IGNORE_FILE,
  IGNORE_PATHS,
  MIN_SEVERITY,
  NO_COLOR,
  ONLY,
  RULES,
  SKIP,
} from './flags.ts'

export const INIT_FLAGS: readonly Flag[] = [
  { name: 'husky', help: 'use husky (default in a project with a package.json)' },
  { name: 'lefthook', help: 'use lefthook (default where it is configured; so with the next two)' },
  { name: 'pre-commit', help: 'use the pre-commit framework' },
  { name: 'simple-git-hooks', help: 'use simple-git-hooks' },
  { name: 'native', help: 'use plain git hooks' },
  { name: 'global', help: 'hooks for all your repositories (core.hooksPath); those of each still run' },
  { name: 'template', help: 'hooks in what you clone or init from now on (init.templateDir)' },
  { name: 'pre-receive', help: 'the hook of this repository on a server' },
  {
    name: 'hooks',
    value: 'LIST',
    help: 'which of pre-commit, commit-msg and pre-push get unleak (default: all three)',
  },
  { name: 'no-install', help: 'install no package; print the command' },
  { name: 'dry-run', short: 'n', help: 'show what would change, change nothing' },
  { name: 'remove', help: 'take out what init put in' },
  {
    name: 'agents',
    value: '[LIST]',
    bare: 'found',
    help: 'the hooks of coding agents: claude, codex, cursor, copilot (default: those you use)',
  },
  {
    name: 'weekly',
    value: '[github|gitlab|cron|systemd]',
    bare: 'auto',
    help: 'the weekly health check: a file for GitHub or GitLab, or lines for cron or systemd to copy',
  },
  {
    name: 'ci',
    value: '[SYSTEM]',
    bare: 'found',
    help: 'the check in CI: github, gitlab, azure, bitbucket, circleci, buildkite or jenkins (default: the one you use)',
  },
  {
    name: 'yes',
    short: 'y',
    help: 'ask nothing: all three hooks, with the hook manager that is found. --agents, --weekly and --ci alone leave git hooks as they are; add --hooks or a manager for both',
  },
]

export const DOCTOR_FLAGS: readonly Flag[] = [
  { name: 'format', value: 'FORMAT', help: 'text or json' },
  NO_COLOR,
]

export const AGENT_FLAGS: readonly Flag[] = [
  CONFIG,
  RULES,
  ONLY,
  SKIP,
  MIN_SEVERITY,
  IGNORE_PATHS,
  IGNORE_FILE,
]

export const MASK_FLAGS: readonly Flag[] = [
  {
    name: 'line-buffered',
    help: 'let each line go as soon as it is whole, to watch a log (default on a terminal)',
  },
  {
    name: 'label-key-env',
    value: 'NAME',
    help: 'the variable that holds a key for labels that are the same in every run',
  },
  { name: 'fail', help: 'exit status 1 when something was masked' },
  { name: 'verbose', short: 'v', help: 'say on stderr how many secrets of which rules were masked' },
  RULES,
  ONLY,
  SKIP,
]
