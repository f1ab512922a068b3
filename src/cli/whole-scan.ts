// What is there today: a report that was named, or the widest scan of this folder.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { resolvePlan } from '../config/resolve.ts'
import { ExitCode, type Report, type ScanPlan, type Settings, ToolError } from '../model/index.ts'
import { loadRules } from '../rules/load.ts'
import { runScan } from '../scan.ts'
import { version } from '../version.ts'
import type { CommandContext } from './commands.ts'
import { catchInterrupt } from './interrupt.ts'
import { maskReport } from './mask.ts'
import { type ReadReport, readReportFile } from './report-file.ts'
import { isTerminal } from './terminal.ts'

export interface WholeScan {
  /** Texts of the scanned data are masked. */
  readonly report: ReadReport
  readonly plan: ScanPlan
  /** The same with secrets, sealed; undefined for a report that was read. */
  readonly scanned?: Report
}

/** Reads the report `file`; without one audits the history, or outside of git scans the folder. */
export async function scanWhole(context: CommandContext, file: string | undefined): Promise<WholeScan> {
  if (file !== undefined) {
    const report = readReportFile(resolve(context.cwd, file))
    return { report, plan: (await resolvePlan(settingsOf(context))).plan }
  }
  const { report, plan } = await scanSecrets(context)
  return { report: await maskReport(report), plan, scanned: report }
}

/** The same with secrets, sealed. With `isBare`, what is accepted already is there too; see also `command`. */
export async function scanSecrets(
  context: CommandContext,
  { isBare = false, command }: { isBare?: boolean; command?: 'audit' | 'scan' } = {},
): Promise<{ report: Report; plan: ScanPlan }> {
  const settings = settingsOf(context)
  const asked = await resolvePlan(settings)
  const isGit = existsSync(join(asked.plan.root, '.git'))
  const { plan, choice } = await resolvePlan({
    ...settings,
    command: command ?? (isGit ? 'audit' : 'scan'),
  })
  const interrupt = catchInterrupt()
  try {
    const { readIgnores } = await import('../config/ignores.ts')
    const report: Report = await runScan(
      { ...plan, baseline: undefined },
      {
        version,
        rules: () => loadRules(choice),
        ignores: async () => (isBare ? [] : readIgnores(plan.ignoreFile)),
        signal: interrupt.signal,
        cache: { folder: undefined },
        ...(isTerminal(2) ? { onProgress: (share: number) => context.terminal.progress(share) } : {}),
      },
    )
    context.terminal.progress(undefined)
    if (interrupt.signal.aborted) throw new ToolError('E_USAGE', 'interrupted; nothing was written.')
    return { report, plan }
  } finally {
    interrupt.release()
  }
}

function settingsOf({ args, cwd }: CommandContext): Settings {
  const config = args.one('config')
  const ignoreFile = args.one('ignore-file')
  return {
    cwd,
    rules: args.many('rules'),
    ...(config ? { config } : {}),
    ...(ignoreFile ? { ignoreFile } : {}),
  }
}

/** Says what a partial scan left out; the exit status of a command that used it all the same. */
export function tellPartial({ scan }: ReadReport, { terminal }: CommandContext): ExitCode {
  if (scan.state === 'complete') return ExitCode.clean
  const codes = scan.problems.filter(({ code }) => code.startsWith('E_')).map(({ code }) => code)
  terminal.err(
    `unleak: not everything was scanned (${codes.join(', ')}): a secret may be missing here (exit code 2).\n`,
  )
  return ExitCode.failed
}
