// What a commit of the agent would record: the scan of the pre-commit hook, which may not be installed.
import { existsSync } from 'node:fs'
import type { ScanPlan } from '../model/index.ts'
import { ToolError } from '../model/index.ts'
import type { LoadedRules } from '../rules/load.ts'
import { runScan, type ScanTools } from '../scan.ts'
import { version } from '../version.ts'
import type { TextFinding } from './scan.ts'

export async function stagedFindings(
  plan: ScanPlan,
  rules: LoadedRules,
  accepted: Pick<ScanTools, 'ignores' | 'baseline'>,
): Promise<TextFinding[]> {
  if (!existsSync(plan.cwd)) return [] // what a `cd` names may only come to be
  const report = await runScan(plan, { version, rules: async () => rules, ...accepted })
  if (report.scan.state === 'partial')
    throw new ToolError('E_GIT', 'a part of what is staged could not be scanned.', {
      hint: 'See: unleak staged',
    })
  return report.findings.map((finding) => ({
    where: `the staged file ${finding.places[0]?.path ?? '?'}`,
    finding,
    isShown: false,
  }))
}
