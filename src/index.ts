// The public API: scan(), loadRules(), and the nouns.
import { readBaseline } from './config/baseline-file.ts'
import { readIgnores } from './config/ignores.ts'
import { resolvePlan } from './config/resolve.ts'
import type { Report, Settings } from './model/index.ts'
import { loadRules } from './rules/load.ts'
import { runScan } from './scan.ts'
import { version } from './version.ts'

export * from './model/index.ts'
export { type LoadedRules, loadRules, type RuleChoice } from './rules/load.ts'

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
export async function scan(settings: Settings = {}, options: { signal?: AbortSignal } = {}): Promise<Report> {
  const { plan, choice } = await resolvePlan(settings)
  return await runScan(plan, {
    version,
    rules: () => loadRules(choice),
    ignores: async () => readIgnores(plan.ignoreFile),
    baseline: async () => (plan.baseline === undefined ? [] : readBaseline(plan.baseline)),
    ...(options.signal ? { signal: options.signal } : {}),
  })
}
