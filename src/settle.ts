// Sightings → findings: new lines only, grouped, without what people accepted, with what HEAD knows of them.
import type { Engine } from './engine/index.ts'
import { isNewLine } from './filters/added-lines.ts'
import { applyBaseline, type BaselineResult, spreadPaths } from './filters/baseline.ts'
import { applyIgnores } from './filters/ignore-file.ts'
import { collectFindings } from './findings.ts'
import { describeStaged } from './git/head.ts'
import {
  type BaselineEntry,
  type Finding,
  HELD,
  isPartial,
  type RulesetAbout,
  type ScanPlan,
} from './model/index.ts'
import type { ScanLog, ScanTools } from './scan.ts'
import type { Sighting } from './sighting.ts'

/** Reads what is accepted. */
type AcceptedTools = Pick<ScanTools, 'ignores' | 'baseline'>

interface SettleTools {
  readonly about: RulesetAbout
  readonly tools: AcceptedTools
  readonly log: ScanLog
  readonly engine: Engine
}

export async function settleFindings(
  sightings: readonly Sighting[],
  plan: ScanPlan,
  { about, tools, log, engine }: SettleTools,
): Promise<Finding[]> {
  const added = plan.allLines ? sightings : await keepAdded(sightings, log.dropped)
  const found = collectFindings(added, plan, about, log.dropped)
  const findings = await leaveOutAccepted(found, plan, tools, log)
  if (findings.length === 0) return []
  if (plan.command === 'staged') return await describeStaged(findings, plan, about)
  if (plan.command !== 'ci' && plan.command !== 'push') return findings
  const { describeRange } = await import('./range-history.ts')
  return await describeRange(findings, plan, engine)
}

/** True when the ignore file has to be looked at though nothing was found. */
export function asksOfAccepted({ scope = 'part', strictIgnores = false }: ScanPlan): boolean {
  return scope !== 'part' || strictIgnores
}

/** Applies ignore file and baseline; what they hide is counted, what has ended or hides nothing is told. */
export async function leaveOutAccepted(
  found: readonly Finding[],
  plan: ScanPlan,
  { ignores, baseline }: AcceptedTools,
  log: ScanLog,
): Promise<Finding[]> {
  if (found.length === 0 && !asksOfAccepted(plan)) return []
  // What was not read may hold what an entry hides.
  const scope = log.problems.list().some(isPartial) ? 'part' : plan.scope
  const question = { now: log.started, scope, strict: plan.strictIgnores }
  const { findings, ignored, problems } = applyIgnores(found, await ignores(), question)
  if (ignored > 0) log.dropped.set(HELD.ignored, ignored)
  for (const problem of problems) log.problems.add(problem)
  if (plan.baseline === undefined || baseline === undefined) return findings
  const rest = await holdBack(findings, await baseline(), plan, scope)
  if (rest.held > 0) log.dropped.set(HELD.baseline, rest.held)
  if (scope === 'all' && rest.stale.length > 0) {
    const examples = rest.stale.slice(0, 5).map(({ id, path }) => (path ? `${id} (${path})` : id))
    log.problems.add({ code: 'W_BASELINE_STALE', count: rest.stale.length, examples })
  }
  return rest.findings
}

/** Applies the baseline; the history is asked for renamed files only when something seems to have spread. */
export async function holdBack(
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
  { root, below = '' }: ScanPlan,
  scope: ScanPlan['scope'],
): Promise<BaselineResult> {
  const rest = applyBaseline(findings, entries, { scope, below })
  const spread = spreadPaths(rest.findings, below)
  if (spread.length === 0) return rest
  const { formerNames } = await import('./git/renames.ts')
  return applyBaseline(findings, entries, { scope, below, formerNames: await formerNames(spread, root) })
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
