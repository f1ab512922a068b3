// Sightings → findings: new lines only, grouped, without what people accepted, with what HEAD knows of them.
import type { Engine } from './engine/index.ts'
import { isNewLine } from './filters/added-lines.ts'
import { applyIgnores } from './filters/ignore-file.ts'
import { collectFindings } from './findings.ts'
import { describeStaged } from './git/head.ts'
import type { Finding, IgnoreEntry, RulesetAbout, ScanPlan } from './model/index.ts'
import type { ScanLog } from './scan.ts'
import type { Sighting } from './sighting.ts'

interface SettleTools {
  readonly about: RulesetAbout
  readonly ignores: () => Promise<readonly IgnoreEntry[]>
  readonly log: ScanLog
  readonly engine: Engine
}

export async function settleFindings(
  sightings: readonly Sighting[],
  plan: ScanPlan,
  { about, ignores, log, engine }: SettleTools,
): Promise<Finding[]> {
  const added = plan.allLines ? sightings : await keepAdded(sightings, log.dropped)
  const found = collectFindings(added, plan, about)
  if (found.length === 0) return []
  const findings = leaveOutAccepted(found, await ignores(), log)
  if (plan.command === 'staged') return await describeStaged(findings, plan, about)
  if (plan.command !== 'ci' && plan.command !== 'push') return findings
  const { describeRange } = await import('./range-history.ts')
  return await describeRange(findings, plan, engine)
}

/** Applies the ignore file; what it hides is counted, what has ended is told. */
export function leaveOutAccepted(
  found: readonly Finding[],
  entries: readonly IgnoreEntry[],
  log: ScanLog,
): Finding[] {
  const { findings, ignored, problems } = applyIgnores(found, entries, log.started)
  if (ignored > 0) log.dropped.set('accepted in the ignore file', ignored)
  for (const problem of problems) log.problems.add(problem)
  return findings
}

/** Keeps what stands on a line that no earlier version has. Earlier versions are read for hits only. */
async function keepAdded(sightings: readonly Sighting[], dropped: Map<string, number>): Promise<Sighting[]> {
  const kept: Sighting[] = []
  for (const sighting of sightings) {
    if (await isNewLine(sighting)) kept.push(sighting)
    else dropped.set('line is not new', (dropped.get('line is not new') ?? 0) + 1)
  }
  return kept
}
