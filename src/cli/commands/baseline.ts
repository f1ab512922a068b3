// `unleak baseline`: holds what is there today, and lets go of what is no longer there.
import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { BASELINE_FILE, readBaseline, writeBaseline } from '../../config/baseline-file.ts'
import {
  type BaselineEntry,
  ExitCode,
  pathFromRoot,
  placeFingerprint,
  type ScanPlan,
  SEVERITIES,
  ToolError,
} from '../../model/index.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import type { ReadReport, ReportedFinding } from '../report-file.ts'
import { scanWhole, tellPartial } from '../whole-scan.ts'
import { assertIgnoreFile } from './scan.ts'

export const runBaseline: RunCommand = async (context) => {
  const [verb, report, ...more] = context.args.positionals
  if ((verb !== 'update' && verb !== 'prune') || more.length > 0)
    throw new ToolError('E_USAGE', 'unleak baseline needs one of: update [REPORT.json], prune [REPORT.json].')
  const scanned = await scanWhole(context, report)
  assertIgnoreFile(context.args, scanned.plan)
  return verb === 'update' ? await update(context, scanned) : await prune(context, scanned)
}

const ADVICE =
  'They are still secrets that got out: the baseline only keeps them from hiding new ones. Commit the file, and walk them: unleak review.\n'

interface Scanned {
  readonly report: ReadReport
  readonly plan: ScanPlan
}

async function update(context: CommandContext, { report, plan }: Scanned): Promise<ExitCode> {
  const file = fileOf(context, plan)
  const old = existsSync(file) ? readBaseline(file) : []
  const known = new Set(old.map(keyOf))
  const added = entriesOf(report, plan).filter((entry) => !known.has(keyOf(entry)))
  await write(context, file, [...old, ...added])
  const { terminal, cwd } = context
  const shown = relative(cwd, file) || file
  const places = `${added.length} ${added.length === 1 ? 'place' : 'places'} added, ${old.length + added.length} in ${shown}`
  terminal.tell(`unleak: ${places}; ${findingsText(report.findings)}.\n`)
  if (added.length > 0) terminal.tell(ADVICE)
  if (plan.baseline === undefined)
    terminal.tell(
      `It counts where it is named: --baseline ${shown}, or "baseline: ${shown}" in the configuration.\n`,
    )
  return tellPartial(report, context)
}

async function prune(context: CommandContext, { report, plan }: Scanned): Promise<ExitCode> {
  if (report.scan.state === 'partial')
    throw new ToolError('E_BASELINE', 'not everything was scanned: what seems gone may be there.', {
      hint: 'unleak audit says what was left out. The baseline was not changed.',
    })
  const file = fileOf(context, plan)
  const there = new Set(entriesOf(report, plan).map(keyOf))
  const old = readBaseline(file)
  const left = old.filter((entry) => there.has(keyOf(entry)))
  await write(context, file, left)
  const gone = old.length - left.length
  context.terminal.tell(
    `unleak: ${gone} ${gone === 1 ? 'entry' : 'entries'} taken out, ${left.length} left in ${relative(context.cwd, file) || file}.\n`,
  )
  return ExitCode.clean
}

async function write({ args, terminal }: CommandContext, file: string, entries: readonly BaselineEntry[]) {
  if (args.has('dry-run')) terminal.tell('unleak: a dry run, nothing was written.\n')
  else await writeBaseline(file, entries)
}

function fileOf({ args, cwd }: CommandContext, plan: ScanPlan): string {
  const named = args.one('baseline')
  return named === undefined ? (plan.baseline ?? resolve(plan.root, BASELINE_FILE)) : resolve(cwd, named)
}

/** One entry for each place of each finding. */
function entriesOf({ findings }: ReadReport, { below = '' }: ScanPlan): BaselineEntry[] {
  return findings.flatMap(({ id, rule, places }) => {
    const entries = places.map((place) => {
      const path = pathFromRoot(place, below)
      return { id, place: placeFingerprint(id, place, below), rule, ...(path === undefined ? {} : { path }) }
    })
    return [...new Map(entries.map((entry) => [entry.place, entry])).values()]
  })
}

function keyOf({ id, place }: BaselineEntry): string {
  return `${id} ${place}`
}

function findingsText(findings: readonly ReportedFinding[]): string {
  const each = [...SEVERITIES].reverse().flatMap((severity) => {
    const n = findings.filter((finding) => finding.severity === severity).length
    return n > 0 ? [`${n} ${severity}`] : []
  })
  return findings.length === 0
    ? 'no secrets were found'
    : `${findings.length} ${findings.length === 1 ? 'secret' : 'secrets'} found (${each.join(', ')})`
}
