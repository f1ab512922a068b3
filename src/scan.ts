// THE pipeline on one screen: source → engine → filters → findings → report.
import { archiveKind } from './engine/decode/archive-kind.ts'
import { createEngine, createFastPrefilter, type Engine } from './engine/index.ts'
import {
  type BaselineEntry,
  type Chunk,
  type Finding,
  type IgnoreEntry,
  REPORT_SCHEMA,
  type Remembered,
  type Report,
  type RulesetAbout,
  type ScanPlan,
  scanState,
} from './model/index.ts'
import { ProblemList } from './problems.ts'
import type { LoadedRules } from './rules/load.ts'
import type { Sighting } from './sighting.ts'
import { openSource, type Share, type Tally } from './sources/index.ts'
import { MANY } from './threads/claims.ts'
import { addQuiet, type Quiet } from './threads/quiet.ts'

/** What a scan runs with, beside the plan. Each is loaded when it is needed, and not before. */
export interface ScanTools {
  readonly version: string
  readonly rules: () => Promise<LoadedRules>
  readonly ignores: () => Promise<readonly IgnoreEntry[]>
  /** Entries of the plan's baseline; asked for when it names one. */
  readonly baseline?: () => Promise<readonly BaselineEntry[]>
  readonly signal?: AbortSignal
  /** Most threads of an audit, or of a scan of thousands of files; default: one for each processor. */
  readonly jobs?: number | undefined
  /** Audit through `git cat-file` only: the reference. */
  readonly withGit?: boolean
  /** Remember what an audit has read, in this folder or the user's own; absent: everything is read, nothing remembered. */
  readonly cache?: { readonly folder: string | undefined } | undefined
  /** Hears how far an audit is, from 0 to 1. */
  readonly onProgress?: (share: number) => void
  /** Hears the findings of each file as it was read; those of an audit at its end. */
  readonly onFindings?: (findings: readonly Finding[]) => void
  /** Hears what any other scan has read so far. */
  readonly onRead?: (tally: Tally) => void
}

/** What a scan learns beside its findings. */
export interface ScanLog {
  readonly started: Date
  readonly tally: Tally
  readonly problems: ProblemList
  /** Candidates that were not reported, counted by reason. */
  readonly dropped: Map<string, number>
  /** What was not read again because an earlier audit had read it. */
  remembered?: Remembered
}

/** Runs one scan. Throws ToolError when it can't start; trouble on the way is data in the report. */
export async function runScan(plan: ScanPlan, tools: ScanTools): Promise<Report> {
  const log: ScanLog = {
    started: new Date(),
    tally: { commits: 0, objects: 0, blobs: 0, files: 0, bytes: 0 },
    problems: new ProblemList(),
    dropped: new Map(),
  }
  for (const note of plan.notes ?? []) log.problems.add(note)
  let loading: Promise<LoadedRules> | undefined
  const rules = () => {
    loading ??= tools.rules()
    return loading
  }
  const findings = await (plan.command === 'audit' ? auditAll : scanSource)(plan, { ...tools, rules }, log)
  return makeReport(plan, tools.version, (await rules()).ruleset.hash, findings, log)
}

/** The whole history has a way of its own: each object once, whatever holds it. */
async function auditAll(plan: ScanPlan, tools: ScanTools, log: ScanLog): Promise<Finding[]> {
  const { auditHistory } = await import('./audit/run.ts')
  const findings = await auditHistory(plan, tools, log)
  tools.onFindings?.(findings)
  return findings
}

/** Files are read without waiting for anything: only a turn of the event loop now and then lets Ctrl-C be heard. */
const TURN_MS = 100

async function scanSource(plan: ScanPlan, tools: ScanTools, log: ScanLog): Promise<Finding[]> {
  let engine: Engine | undefined
  const share = sharing(plan, tools, log)
  const source = openSource(plan, () => engine!.reach, log.tally, share)[Symbol.asyncIterator]()
  let next = source.next() // git is at work while the rules load
  next.catch(() => {}) // awaited below; must not count as unhandled before that
  const { ruleset, about } = await tools.rules()
  engine = createEngine(ruleset, createFastPrefilter)

  const sightings: Sighting[] = []
  let turnedAt = Date.now()
  for (let item = await next; !item.done; item = await next) {
    if ('bytes' in item.value) {
      const found = await examineAll(engine, item.value, log)
      sightings.push(...found)
      if (tools.onFindings && found.length > 0)
        tools.onFindings(await settle(found, plan, { tools, engine, about: await about() }, unheard(log)))
    } else log.problems.add(item.value)
    tools.onRead?.(log.tally)
    if (tools.signal && Date.now() - turnedAt > TURN_MS) {
      await new Promise((resolve) => setImmediate(resolve))
      turnedAt = Date.now()
    }
    if (tools.signal?.aborted) {
      await source.return?.()
      break
    }
    next = source.next()
  }
  if (tools.signal?.aborted) log.problems.add({ code: 'E_INTERRUPTED', count: 1, examples: [] })
  if (sightings.length === 0 && (plan.scope ?? 'part') === 'part' && !plan.strictIgnores) return []
  return await settle(sightings, plan, { tools, engine, about: await about() }, log)
}

/** Of many items other threads tell which hold nothing. */
function sharing({ cwd, root }: ScanPlan, { rules, jobs }: ScanTools, log: ScanLog): Share {
  return async function* (items) {
    if (items.length < MANY) return yield* items
    const { share, threadsFor } = await import('./threads/share.ts')
    const { ruleset } = await rules()
    const onAnswer = (quiet: Quiet) => addQuiet(log.tally, log.dropped, quiet)
    yield* share(items, { cwd, root, ruleset, threads: threadsFor(items.length, jobs), onAnswer })
  }
}

/** A chunk, and what is in it when it is an archive: that code loads when there is one. */
async function examineAll(engine: Engine, chunk: Chunk, log: ScanLog): Promise<Sighting[]> {
  const sightings = await examine(engine, chunk, log)
  if (chunk.offset > 0 || archiveKind(chunk.bytes) === undefined) return sightings
  const { archivedChunks } = await import('./sources/archive.ts')
  for (const item of archivedChunks(chunk)) {
    if ('bytes' in item) sightings.push(...(await examine(engine, item, log)))
    else log.problems.add(item)
  }
  return sightings
}

/** Bytes → sightings: every match that the filters keep, with its place. Filters load at the first match. */
async function examine(engine: Engine, chunk: Chunk, log: ScanLog): Promise<Sighting[]> {
  const { matches, budgetSpent } = engine.match(chunk)
  if (budgetSpent) log.problems.add({ code: 'W_DECODE_BUDGET', count: 1, examples: [nameOf(chunk)] })
  if (matches.length === 0) return []
  if (chunk.origin.kind === 'name') {
    const { sightNames } = await import('./sight-names.ts')
    return sightNames(engine, chunk, matches, log.dropped).map(({ sighting }) => sighting)
  }
  const { judgeMatches } = await import('./judge-matches.ts')
  return judgeMatches(matches, chunk, log.dropped)
}

/** Sightings → findings: new lines only, grouped, without what people accepted. */
async function settle(
  sightings: readonly Sighting[],
  plan: ScanPlan,
  { tools, engine, about }: { tools: ScanTools; engine: Engine; about: RulesetAbout },
  log: ScanLog,
): Promise<Finding[]> {
  const { settleFindings } = await import('./settle.ts')
  return await settleFindings(sightings, plan, { about, tools, log, engine })
}

/** For findings that are told before the end: what is counted on their way is counted again then. */
function unheard(log: ScanLog): ScanLog {
  return { ...log, problems: new ProblemList(), dropped: new Map() }
}

function makeReport(
  plan: ScanPlan,
  version: string,
  ruleset: string,
  findings: Finding[],
  log: ScanLog,
): Report {
  const problems = log.problems.list()
  const { target = plan.paths[0] ?? '.', ...counts } = log.tally
  const dropped = [...log.dropped].map(([reason, count]) => ({ reason, count }))
  return {
    schema: REPORT_SCHEMA,
    tool: { version, ruleset },
    scan: {
      command: plan.command,
      target,
      state: scanState(problems),
      startedAt: log.started.toISOString(),
      durationMs: Date.now() - log.started.getTime(),
      counts,
      problems,
      dropped: dropped.sort((a, b) => (a.reason < b.reason ? -1 : 1)),
      ...(log.remembered ? { remembered: log.remembered } : {}),
    },
    findings,
  }
}

function nameOf(chunk: Chunk): string {
  return 'path' in chunk.origin && chunk.origin.path ? chunk.origin.path : chunk.origin.kind
}
