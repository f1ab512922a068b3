// The public API: scan(), streamFindings(), loadRules(), and the nouns they speak of.
import { readBaseline } from './config/baseline-file.ts'
import { readIgnores } from './config/ignores.ts'
import { resolvePlan } from './config/resolve.ts'
import type { Finding, Report, Settings } from './model/index.ts'
import { loadRules } from './rules/load.ts'
import { runScan } from './scan.ts'
import { version } from './version.ts'

export {
  CONFIDENCES,
  type Command,
  type CommitRange,
  type CommitRef,
  type Confidence,
  type Counts,
  type Dropped,
  type ErrorCode,
  ExitCode,
  type FilesRange,
  type Finding,
  type History,
  isPartial,
  type Part,
  type Place,
  type PlaceKind,
  type Problem,
  type ProblemCode,
  type Provider,
  type PushedRef,
  type PushRange,
  type RangeRequest,
  REPORT_SCHEMA,
  type Report,
  type ResponsePlan,
  type ResponseStep,
  type Rule,
  type RuleAbout,
  type Ruleset,
  type RulesetAbout,
  type ScanSummary,
  SEVERITIES,
  type Secret,
  type Settings,
  type Severity,
  STEPS,
  type Step,
  ToolError,
  VERDICT_STATES,
  type Verdict,
  type VerdictState,
} from './model/index.ts'
export { type LoadedRules, loadRules, type RuleChoice } from './rules/load.ts'

export interface ScanOptions {
  /** Ends the scan early: what was found by then is reported, and the report is partial. */
  readonly signal?: AbortSignal
  /** Worker threads of an audit; default: one for each processor. */
  readonly jobs?: number
  /** Hears how far an audit is, from 0 to 1. */
  readonly onProgress?: (share: number) => void
}

/**
 * Scans what `settings` asks for, by default the files of the current folder, and returns the report.
 * Secrets in it are sealed: they print, serialise and inspect as their redacted form; `reveal()` opens one.
 *
 * @throws ToolError when the scan can't start (usage, configuration, rules, git). Trouble on the way does not
 *   throw: it is in `report.scan.problems`, and `report.scan.state` is `partial` when something was left out.
 *
 * @example
 * const report = await scan({ command: 'staged', cwd: '/path/to/repository' })
 * for (const finding of report.findings) console.log(finding.title, finding.places[0]?.path)
 */
export async function scan(settings: Settings = {}, options: ScanOptions = {}): Promise<Report> {
  return await run(settings, options)
}

/**
 * Scans like `scan`, and gives each finding as soon as the file it stands in was read; an audit, which has to know
 * the whole history first, gives them at its end. A secret that stands in several files comes once for each, with the
 * same `id` and the places of that file. The generator returns the report, with every finding once.
 * Leaving the loop early ends the scan.
 *
 * @throws ToolError as `scan` does.
 *
 * @example
 * for await (const finding of streamFindings({ paths: ['src'] })) console.log(finding.places[0]?.path)
 */
export async function* streamFindings(
  settings: Settings = {},
  options: ScanOptions = {},
): AsyncGenerator<Finding, Report> {
  const stop = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal
  const waiting: Finding[] = []
  let wake = () => {}
  const onFindings = (found: readonly Finding[]) => {
    waiting.push(...found)
    wake()
  }
  let isOver = false
  const ending = run(settings, { ...options, signal }, onFindings).finally(() => {
    isOver = true
    wake()
  })
  ending.catch(() => {}) // awaited below; must not count as unhandled before that
  try {
    while (!isOver || waiting.length > 0) {
      const next = waiting.shift()
      if (next) yield next
      else await new Promise<void>((resolve) => (wake = resolve))
    }
    return await ending
  } finally {
    stop.abort()
    await ending.catch(() => {})
  }
}

async function run(
  settings: Settings,
  { signal, jobs, onProgress }: ScanOptions,
  onFindings?: (findings: readonly Finding[]) => void,
): Promise<Report> {
  const { plan, choice } = await resolvePlan(settings)
  return await runScan(plan, {
    version,
    rules: () => loadRules(choice),
    ignores: async () => readIgnores(plan.ignoreFile),
    baseline: async () => (plan.baseline === undefined ? [] : readBaseline(plan.baseline)),
    ...(signal ? { signal } : {}),
    ...(jobs ? { jobs } : {}),
    ...(onProgress ? { onProgress } : {}),
    ...(onFindings ? { onFindings } : {}),
  })
}
