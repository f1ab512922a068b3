// The commands: name, arguments, one line of help, flags, and how to load what runs them.
import type { ExitCode } from '../model/index.ts'
import { DEMO_FLAGS, HEALTH_FLAGS, RESPOND_FLAGS, ROTATE_FLAGS } from './account-flags.ts'
import { BASELINE_FLAGS, MIGRATE_FLAGS, REVIEW_FLAGS, SCANNING_FLAGS } from './adopt-flags.ts'
import type { Arguments } from './arguments.ts'
import { runAgentHook } from './commands/agent-hook.ts'
import { runAudit, runFiles, runMessage, runStaged } from './commands/scan.ts'
import {
  AUDIT_FLAGS,
  CI_FLAGS,
  FILES_FLAGS,
  type Flag,
  IGNORE_FLAGS,
  REPORT_FLAGS,
  RULES_FLAGS,
  SCAN_FLAGS,
  STAGED_FLAGS,
  VERIFY_COMMAND_FLAGS,
} from './flags.ts'
import { AGENT_FLAGS, DOCTOR_FLAGS, INIT_FLAGS, MASK_FLAGS } from './hook-flags.ts'
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
    name: 'receive',
    usage: 'unleak receive',
    summary: 'scan the commits that a push brings to this server (pre-receive hook; refs on stdin)',
    flags: STAGED_FLAGS,
    load: async () => (await import('./commands/receive.ts')).runReceive,
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
    name: 'agent-hook',
    usage: 'unleak agent-hook [claude | codex | cursor | copilot]',
    summary:
      'stop a coding agent from writing, committing, showing or sending a secret (its hook; JSON on stdin)',
    flags: AGENT_FLAGS,
    load: async () => runAgentHook,
  },
  {
    name: 'mask',
    usage: 'unleak mask < FILE | COMMAND | unleak mask',
    summary: 'copy standard input to standard output, with labels in place of secrets',
    flags: MASK_FLAGS,
    load: async () => (await import('./commands/mask.ts')).runMask,
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
    name: 'doctor',
    usage: 'unleak doctor',
    summary: 'prove that the hooks of this repository fire, and say what keeps them from it',
    flags: DOCTOR_FLAGS,
    load: async () => (await import('./commands/doctor.ts')).runDoctor,
  },
  {
    name: 'ignore',
    usage: 'unleak ignore ID --reason TEXT [--until DATE]',
    summary: 'accept a finding: a false alarm, or a risk you take for a while',
    flags: IGNORE_FLAGS,
    load: async () => (await import('./commands/ignore.ts')).runIgnore,
  },
  {
    name: 'config',
    usage: 'unleak config [FLAGS OF A SCAN] [--format json]',
    summary: 'show what holds for a scan here, and where each value comes from',
    flags: SCANNING_FLAGS,
    load: async () => (await import('./commands/config.ts')).runConfig,
  },
  {
    name: 'review',
    usage: 'unleak review [REPORT.json]',
    summary: 'walk through the findings: real, false alarm, or accepted until a day',
    flags: REVIEW_FLAGS,
    load: async () => (await import('./commands/review.ts')).runReview,
  },
  {
    name: 'baseline',
    usage: 'unleak baseline update [REPORT.json] | unleak baseline prune [REPORT.json]',
    summary: 'hold what is there today, so that only new secrets are reported; take out what is gone',
    flags: BASELINE_FLAGS,
    load: async () => (await import('./commands/baseline.ts')).runBaseline,
  },
  {
    name: 'migrate',
    usage: 'unleak migrate [FILE…] [--from TOOL]',
    summary: 'take over ignore files, baselines and settings of other tools, and say what can not come',
    flags: MIGRATE_FLAGS,
    load: async () => (await import('./commands/migrate.ts')).runMigrate,
  },
  {
    name: 'rules',
    usage: 'unleak rules list | show ID | check [FILE…]',
    summary: 'list, explain and self-test the rules',
    flags: RULES_FLAGS,
    load: async () => (await import('./commands/rules.ts')).runRules,
  },
]
