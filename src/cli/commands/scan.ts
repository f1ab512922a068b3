// staged, message and scan: settings from the flags, one scan, its reports.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { resolvePlan } from '../../config/resolve.ts'
import {
  type BaselineEntry,
  ExitCode,
  type IgnoreEntry,
  type Report,
  type ScanPlan,
  SEVERITIES,
  type Settings,
  type Severity,
  ToolError,
} from '../../model/index.ts'
import { count, size } from '../../reporters/words.ts'
import { loadRules, type RuleChoice } from '../../rules/load.ts'
import { runScan, type ScanTools } from '../../scan.ts'
import { version } from '../../version.ts'
import type { Arguments } from '../arguments.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import { configured, inFolder } from '../configured.ts'
import { AUDIT_FLAGS, FILES_FLAGS, SCAN_FLAGS, STAGED_FLAGS } from '../flags.ts'
import { catchInterrupt } from '../interrupt.ts'
import { planOutputs, tellFiles, writeReport } from '../output.ts'

export const runStaged: RunCommand = configured(STAGED_FLAGS, (context) =>
  runWith(context, { command: 'staged' }),
)

export const runMessage: RunCommand = configured(SCAN_FLAGS, (context) =>
  runWith(context, { command: 'message', paths: context.args.positionals }),
)

export const runFiles: RunCommand = configured(FILES_FLAGS, (context) => {
  const { positionals } = context.args
  assertNames(positionals)
  if (!positionals.includes('-')) return runWith(context, { command: 'scan', paths: positionals })
  if (positionals.length > 1) throw new ToolError('E_USAGE', '"-" (standard input) stands alone.')
  return runWith(context, { command: 'stdin', paths: ['-'], stdin: standardInput() })
})

/** A variable that is not set must not stand for the folder one is in. */
function assertNames(names: readonly string[]): void {
  if (names.includes(''))
    throw new ToolError('E_USAGE', 'one of the names is empty; nothing was scanned.', {
      hint: 'Is a variable not set? For the folder you are in, write a dot: .',
    })
}

/** Ends where Ctrl-C cuts it off, though whoever writes to it does not. */
async function* standardInput(): AsyncGenerator<Buffer> {
  const cut = () => process.stdin.destroy()
  process.once('SIGINT', cut)
  try {
    yield* process.stdin
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  } finally {
    process.off('SIGINT', cut)
  }
}

export const runAudit: RunCommand = async (context) => {
  const { positionals } = context.args
  if (positionals.length > 1) throw new ToolError('E_USAGE', 'unleak audit takes one folder.')
  assertNames(positionals)
  const folder = resolve(context.cwd, positionals[0] ?? '.')
  if (!existsSync(folder))
    throw new ToolError('E_NOT_FOUND', `${positionals[0]}: there is no such folder; nothing was scanned.`)
  return await auditFolder(inFolder(context, folder))
}

const auditFolder: RunCommand = configured(AUDIT_FLAGS, (context) =>
  runWith(
    context,
    { command: 'audit', paths: context.args.positionals },
    {
      withGit: context.args.has('with-git'),
      cache: cacheOf(context),
    },
  ),
)

/** Where an audit remembers what it has read; undefined: nowhere. */
function cacheOf({ args, cwd }: CommandContext): ScanTools['cache'] {
  if (args.has('no-cache')) return undefined
  const folder = args.one('cache-dir')
  return { folder: folder === undefined ? undefined : resolve(cwd, folder) }
}

function jobsOf(text: string | undefined): number | undefined {
  if (text === undefined || /^[1-9]\d{0,2}$/.test(text)) return text === undefined ? undefined : Number(text)
  throw new ToolError('E_USAGE', `--jobs: "${text}" is not a number of threads.`)
}

/** Commands that may take long; the hook of a commit does not. */
const WITH_PROGRESS: ReadonlySet<string> = new Set(['audit', 'scan', 'ci', 'push'])

function progressOf({ terminal }: CommandContext): Pick<ScanTools, 'onProgress' | 'onRead'> {
  return {
    onProgress: (share) => terminal.progress(share),
    onRead: ({ commits, files, bytes }) =>
      terminal.progress(() => {
        const read = commits > 0 ? count(commits, 'commit') : count(files, 'file')
        return `${read}, ${size(bytes)} so far`
      }),
  }
}

/** One scan with its reports; `also` hears of the report before it is written and after. */
export async function runWith(
  context: CommandContext,
  what: Settings,
  also: {
    before?: () => void
    after?: (report: Report, root: string) => void
    withGit?: boolean
    cache?: ScanTools['cache']
  } = {},
): Promise<ExitCode> {
  const { args, cwd } = context
  const outputs = planOutputs(context)
  const jobs = jobsOf(args.one('jobs'))
  const { plan, choice } = await resolvePlan({ ...settingsOf(args), ...what, cwd })
  assertIgnoreFile(args, plan)
  const showProgress =
    WITH_PROGRESS.has(what.command ?? '') &&
    !args.has('no-progress') &&
    !args.has('quiet') &&
    context.env.TERM !== 'dumb'
  const interrupt = catchInterrupt()
  try {
    const scanned = await runScan(plan, {
      version,
      rules: () => loadRules(choice),
      ignores: () => loadIgnores(plan.ignoreFile),
      baseline: () => loadBaseline(plan.baseline),
      signal: interrupt.signal,
      jobs,
      withGit: also.withGit ?? false,
      cache: also.cache,
      ...(showProgress ? progressOf(context) : {}),
    })
    if (showProgress) context.terminal.progress(undefined)
    const isAsking = args.has('verify') && !interrupt.signal.aborted
    const report = isAsking ? await verified(scanned, context, choice, plan.root) : scanned
    also.before?.()
    await writeReport(report, outputs, context, plan.root)
    tellFiles(report, outputs, context)
    also.after?.(report, plan.root)
    if (interrupt.signal.aborted) return ExitCode.interrupted
    return plan.strictIgnores && hasStaleIgnores(report, context) ? ExitCode.failed : exitCodeOf(report)
  } finally {
    interrupt.release()
  }
}

async function verified(
  report: Report,
  context: CommandContext,
  choice: RuleChoice,
  root: string,
): Promise<Report> {
  const { addVerdicts } = await import('./verify.ts')
  return await addVerdicts(report, context, await loadRules(choice), root)
}

/** The YAML parser loads only when there is something to parse. */
export async function loadIgnores(file: string): Promise<readonly IgnoreEntry[]> {
  try {
    readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new ToolError('E_IGNORE_FILE', `${file}: the ignore file could not be read.`, { cause: error })
  }
  return (await import('../../config/ignores.ts')).readIgnores(file)
}

/** The ignore file that a person names is there; the usual one need not be. Throws ToolError `E_IGNORE_FILE`. */
export function assertIgnoreFile(args: Arguments, { ignoreFile }: ScanPlan): void {
  if (args.one('ignore-file') === undefined || existsSync(ignoreFile)) return
  throw new ToolError('E_IGNORE_FILE', `${ignoreFile}: there is no such ignore file, so nothing was done.`, {
    hint: 'Name the one you mean, or leave --ignore-file out: unleak.ignore.yaml is read by itself.',
  })
}

/** None where no baseline is named; its reader loads only when one is. */
export async function loadBaseline(file: string | undefined): Promise<readonly BaselineEntry[]> {
  return file === undefined ? [] : (await import('../../config/baseline-file.ts')).readBaseline(file)
}

/** An ignore file that no longer fits is a mistake in what was asked, not a finding: hence exit status 2. */
function hasStaleIgnores({ scan }: Report, { terminal }: CommandContext): boolean {
  const stale = scan.problems.filter(({ code }) => code === 'W_IGNORE_EXPIRED' || code === 'W_IGNORE_UNUSED')
  const count = stale.reduce((sum, problem) => sum + problem.count, 0)
  if (count > 0)
    terminal.err(
      `unleak: --strict-ignores: ${count} ${count === 1 ? 'entry' : 'entries'} of the ignore file ended or hide nothing (exit code 2).\n`,
    )
  return count > 0
}

export function exitCodeOf(report: Report): ExitCode {
  if (report.scan.state === 'partial') return ExitCode.failed
  return report.findings.length > 0 ? ExitCode.found : ExitCode.clean
}

export function settingsOf(args: Arguments): Settings {
  const config = args.one('config')
  const minSeverity = severityOf(args.one('min-severity'))
  const ignoreFile = args.one('ignore-file')
  const list = (name: string) => args.many(name).flatMap((value) => value.split(','))
  return {
    ...(config ? { config } : {}),
    ...(minSeverity ? { minSeverity } : {}),
    ...(ignoreFile ? { ignoreFile } : {}),
    ...(args.one('baseline') ? { baseline: args.one('baseline')! } : {}),
    ...(args.has('strict-ignores') ? { strictIgnores: true } : {}),
    ...(args.has('only') ? { only: list('only') } : {}),
    ...(args.has('all-lines') ? { allLines: true } : {}),
    ...(args.has('partial-rules') ? { partialRules: true } : {}),
    rules: args.many('rules'),
    skip: list('skip'),
    ignorePaths: args.many('ignore-path'),
  }
}

function severityOf(text: string | undefined): Severity | undefined {
  if (text === undefined || SEVERITIES.includes(text as Severity)) return text as Severity | undefined
  throw new ToolError('E_USAGE', `--min-severity: "${text}" is not one of ${SEVERITIES.join(', ')}.`)
}
