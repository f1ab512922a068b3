// The commands: name, arguments, one line of help, flags, and how to load what runs them.
import type { ExitCode } from '../model/index.ts'
import type { Arguments } from './arguments.ts'
import { runAudit, runFiles, runMessage, runStaged } from './commands/scan.ts'
import {
  AUDIT_FLAGS,
  CI_FLAGS,
  DEMO_FLAGS,
  FILES_FLAGS,
  type Flag,
  HEALTH_FLAGS,
  IGNORE_FLAGS,
  INIT_FLAGS,
  REPORT_FLAGS,
  RESPOND_FLAGS,
  ROTATE_FLAGS,
  RULES_FLAGS,
  SCAN_FLAGS,
  STAGED_FLAGS,
  VERIFY_COMMAND_FLAGS,
} from './flags.ts'
import type { Terminal } from './terminal.ts'

export interface CommandContext {
  readonly args: Arguments
  readonly terminal: Terminal
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
}

export type RunCommand = (context: CommandContext) => Promise<ExitCode>

export interface CommandSpec {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly flags: readonly Flag[]
  /** True for the commands that run inside git hooks: UNLEAK_SKIP=1 leaves them out. */
  readonly isHook?: boolean
  readonly load: () => Promise<RunCommand>
}

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'staged',
    usage: 'unleak staged',
    summary: 'scan what the next commit would record (pre-commit hook)',
    flags: STAGED_FLAGS,
    isHook: true,
    load: async () => runStaged,
  },
  {
    name: 'message',
    usage: 'unleak message FILE',
    summary: 'scan a commit message (commit-msg hook)',
    flags: SCAN_FLAGS,
    isHook: true,
    load: async () => runMessage,
  },
  {
    name: 'push',
    usage: 'unleak push REMOTE URL',
    summary: 'scan the commits a push would publish (pre-push hook; refs on stdin)',
    flags: STAGED_FLAGS,
    isHook: true,
    load: async () => (await import('./commands/range.ts')).runPush,
  },
  {
    name: 'ci',
    usage: 'unleak ci [--range A..B]',
    summary: 'scan the commits that this CI run adds',
    flags: CI_FLAGS,
    load: async () => (await import('./commands/range.ts')).runCi,
  },
  {
    name: 'audit',
    usage: 'unleak audit [DIR]',
    summary: 'scan the full history: every object of every branch, tag, stash and reflog',
    flags: AUDIT_FLAGS,
    load: async () => runAudit,
  },
  {
    name: 'scan',
    usage: 'unleak scan [PATH…] | unleak scan -',
    summary: 'scan files, folders or standard input',
    flags: FILES_FLAGS,
    load: async () => runFiles,
  },
  {
    name: 'health',
    usage: 'unleak health',
    summary: 'the weekly check of your OpenAI keys and account',
    flags: HEALTH_FLAGS,
    load: async () => (await import('./commands/health.ts')).runHealth,
  },
  {
    name: 'respond',
    usage: 'unleak respond [ID | -]',
    summary: 'the emergency response to a leaked key, step by step; a dry run unless confirmed',
    flags: RESPOND_FLAGS,
    load: async () => (await import('./commands/respond.ts')).runRespond,
  },
  {
    name: 'rotate',
    usage: 'unleak rotate KEY_ID | unleak rotate --env NAME',
    summary: 'planned rotation: a new key, put where the old one is, which is revoked after a while',
    flags: ROTATE_FLAGS,
    load: async () => (await import('./commands/rotate.ts')).runRotate,
  },
  {
    name: 'verify',
    usage: 'unleak verify --env NAME | unleak verify - | unleak verify REPORT.json',
    summary: 'ask the issuer whether a secret is alive, and if not, why',
    flags: VERIFY_COMMAND_FLAGS,
    load: async () => (await import('./commands/verify.ts')).runVerify,
  },
  {
    name: 'report',
    usage: 'unleak report FILE | unleak report -',
    summary: 'turn a saved JSON report into any other format, or look at it in the browser',
    flags: REPORT_FLAGS,
    load: async () => (await import('./commands/report.ts')).runReport,
  },
  {
    name: 'demo',
    usage: 'unleak demo',
    summary: 'a tour against a stand-in for OpenAI on this machine: no account, no network',
    flags: DEMO_FLAGS,
    load: async () => (await import('./commands/demo.ts')).runDemo,
  },
  {
    name: 'init',
    usage: 'unleak init',
    summary: 'install the git hooks in this repository',
    flags: INIT_FLAGS,
    load: async () => (await import('./commands/init.ts')).runInitCommand,
  },
  {
    name: 'ignore',
    usage: 'unleak ignore ID --reason TEXT [--until DATE]',
    summary: 'accept a finding: a false alarm, or a risk you take for a while',
    flags: IGNORE_FLAGS,
    load: async () => (await import('./commands/ignore.ts')).runIgnore,
  },
  {
    name: 'rules',
    usage: 'unleak rules list | show ID | check [FILE…]',
    summary: 'list, explain and self-test the rules',
    flags: RULES_FLAGS,
    load: async () => (await import('./commands/rules.ts')).runRules,
  },
]
