// The full-history audit: every object once → secrets → who brought them, when, and what still holds them.
import { availableParallelism } from 'node:os'
import { addCounts } from '../counts.ts'
import { createEngine, createFastPrefilter, type Engine, MIN_RUN } from '../engine/index.ts'
import { loadKernelModule } from '../engine/kernel/load.ts'
import { lazy } from '../engine/lazy.ts'
import { bytesOf, isContentOf, readObjects } from '../git/cat-file.ts'
import type { PackOptions, PackProblem } from '../git/pack/contract.ts'
import { readPacksInWorkers } from '../git/pack/pool.ts'
import type { LaidOut } from '../git/pack/tables.ts'
import { type Finding, rulesToPost, type ScanPlan } from '../model/index.ts'
import type { ProblemList } from '../problems.ts'
import type { LoadedRules } from '../rules/load.ts'
import type { ScanLog, ScanTools } from '../scan.ts'
import type { Collection } from './collect.ts'
import { emptyHarvest, type Harvest, onlyRules, rulesAnywhere } from './examine.ts'
import { examineWhole } from './examine-whole.ts'
import { type Kept, keep, WORKER } from './objects.ts'
import { count, scanWithGit } from './reference.ts'
import { type Memory, type Missing, openMemory } from './remember.ts'
import { describeRepository, type RepositoryFacts } from './repository.ts'
import { layOutRules } from './sought.ts'
import { tellFindings } from './tell.ts'
import type { ScanSetup } from './worker.ts'

export interface ObjectCounts {
  commits: number
  objects: number
  blobs: number
  bytes: number
  lfsPointers: number
}

/** Audits the repository at `plan.cwd`; what was read and what went wrong goes into `log`. */
export async function auditHistory(plan: ScanPlan, tools: ScanTools, log: ScanLog): Promise<Finding[]> {
  const facts = await describeRepository(plan.cwd)
  const rules = await tools.rules()
  const { ruleset, about } = rules
  const anywhere = rulesAnywhere(ruleset)
  const engineOf = (ids: ReadonlySet<string>) => createEngine(onlyRules(anywhere, ids), createFastPrefilter)
  const engine = lazy(() => createEngine(anywhere, createFastPrefilter))
  const harvest = emptyHarvest()
  const counts: ObjectCounts = { commits: 0, objects: 0, blobs: 0, bytes: 0, lfsPointers: 0 }
  const module = tools.withGit ? undefined : loadKernelModule()
  const jobs = tools.jobs || availableParallelism()
  const memory = module && openMemory(facts, ruleset.hash, { tools, log, engine, engineOf, harvest, counts })
  let kept: Kept | undefined
  if (memory?.isSame) await memory.recall()
  else if (module) {
    const scan = { module, rules, tools, log, counts, memory, jobs }
    kept = await scanPacks(facts, engine, harvest, scan)
  } else {
    const message = tools.withGit ? 'as asked for' : 'no WebAssembly SIMD in this runtime'
    log.problems.add({ code: 'W_SLOW_READER', count: 1, examples: [], message })
    await scanWithGit(facts.gitDir, engine(), harvest, { ...log, counts, signal: tools.signal })
  }
  const missing = memory?.missing() ?? namedMissing(harvest, facts)
  noteCounts(counts, log)
  noteHarvest(harvest, log)
  noteMissing(missing, facts, log)
  noteShallow(facts, log)
  if (tools.signal?.aborted) log.problems.add({ code: 'E_INTERRUPTED', count: 1, examples: [] })
  const known = memory?.whereabouts()
  const packs = module && { module, kept, jobs }
  const tell = { facts, ruleset, about, engine, tools, log, packs, known }
  const { findings, whereabouts } = await tellFindings(harvest, plan, tell)
  memory?.keep(missing, whereabouts)
  return findings
}

interface PackScan {
  readonly module: WebAssembly.Module
  readonly rules: LoadedRules
  readonly tools: ScanTools
  readonly log: ScanLog
  readonly counts: ObjectCounts
  readonly memory: Memory | undefined
  readonly jobs: number
}

/** Straight from the packs, in worker threads; what they can't read is asked of git. */
async function scanPacks(
  facts: RepositoryFacts,
  engine: () => Engine,
  harvest: Harvest,
  scan: PackScan,
): Promise<Kept | undefined> {
  const { module, rules, tools, log, jobs, memory } = scan
  const list = memory?.list()
  let kept: Kept | undefined
  let secrets = 0
  // Attribution needs the graph of all trees and commits, and the refs. Both are made ready while the workers read
  // blobs, once it is known that there is something to attribute.
  const joinEarly = () => {
    if (secrets === 0 || tools.signal?.aborted) return
    kept?.tips()
    kept?.joined()
  }
  const {
    counts: read,
    problems,
    results,
    complete,
    planned,
    links,
  } = await readPacksInWorkers<Harvest>(facts.gitDir, packOptions(await layOutRules(rules, engine, module)), {
    known: list?.ids,
    module,
    worker: WORKER,
    jobs,
    setup: { kind: 'scan', ruleset: rulesToPost(rules.ruleset) } satisfies ScanSetup,
    onTask(done, tasks, result) {
      tools.onProgress?.(done / tasks)
      secrets += (result as Harvest).secrets.length
      joinEarly()
    },
    onLinks(links, planned) {
      kept = keep(facts.gitDir, planned, links as Collection[])
      joinEarly()
    },
    ...(tools.signal ? { signal: tools.signal } : {}),
  })
  for (const part of results) merge(harvest, part)
  const { counts } = scan
  counts.commits += read.commit
  counts.blobs += read.blob
  counts.objects += read.commit + read.tree + read.blob + read.tag
  counts.bytes += read.objectBytes
  counts.lfsPointers += read.lfsPointers
  const { plan, leftOut } = planned
  if (list && leftOut) await memory?.recall(list, plan)
  if (complete) await askGit(facts.gitDir, engine(), harvest, problems, { ...log, counts })
  if (complete && problems.length === 0) memory?.note(plan)
  return leftOut || !complete ? undefined : (kept ?? keep(facts.gitDir, planned, links as Collection[]))
}

function packOptions(sought: LaidOut): PackOptions {
  return {
    sought,
    minRun: MIN_RUN,
    textRuns: true,
    types: ['blob', 'commit', 'tag', 'tree'],
    each: ['tree', 'commit', 'tag'],
  }
}

/** Objects that the direct reader could not read: git may know better, and else says what they are. */
async function askGit(
  gitDir: string,
  engine: Engine,
  harvest: Harvest,
  problems: readonly PackProblem[],
  log: { problems: ProblemList; counts: ObjectCounts },
): Promise<void> {
  for (const { id, where, message } of problems) {
    if (id === undefined)
      log.problems.add({ code: 'E_UNREADABLE', count: 1, examples: [where ?? ''], message })
  }
  const ids = [...new Set(problems.flatMap(({ id }) => id ?? []))]
  for await (const object of readObjects(ids, gitDir)) {
    if ('missing' in object) log.problems.add({ code: 'E_OBJECT_MISSING', count: 1, examples: [object.oid] })
    else if ('broken' in object)
      log.problems.add({ code: 'E_OBJECT_CORRUPT', count: 1, examples: [object.oid] })
    else {
      const bytes = await bytesOf(object)
      // git inflates, and does not compare what it got with the id either.
      if (!isContentOf(object.oid, object.type, bytes)) {
        log.problems.add({ code: 'E_OBJECT_CORRUPT', count: 1, examples: [object.oid] })
        continue
      }
      count(log.counts, object.type, bytes)
      examineWhole(engine, { id: object.oid, type: object.type, bytes }, harvest)
    }
  }
}

function merge(sum: Harvest, part: Harvest): void {
  for (const secret of part.secrets) sum.secrets.push(secret)
  for (const id of part.byPath) sum.byPath.push(id)
  for (const [id, rules] of part.hot) sum.hot.set(id, rules)
  addCounts(sum.dropped, part.dropped)
  addCounts(sum.droppedHot, part.droppedHot)
  for (const id of part.cutShort) sum.cutShort.push(id)
  for (const [reason, ids] of part.closed) sum.closed.set(reason, [...(sum.closed.get(reason) ?? []), ...ids])
  for (const [id, from] of part.missing) sum.missing.set(id, from)
}

/** A shallow clone has no parents at its edge, on purpose; all else that is named must be there. */
function namedMissing({ missing }: Harvest, facts: RepositoryFacts): Missing {
  const edge = new Set(facts.shallowCommits)
  const ids = [...missing].filter(([, from]) => !edge.has(from)).map(([id]) => id)
  return { count: ids.length, examples: ids.sort().slice(0, 5) }
}

function noteMissing({ count, examples }: Missing, facts: RepositoryFacts, log: ScanLog): void {
  if (count === 0) return
  const message = 'a partial clone left them out; git fetch --refetch brings them'
  log.problems.add({ code: 'E_OBJECT_MISSING', count, examples, ...(facts.isPartial ? { message } : {}) })
}

/** What came before is not there to be scanned: that is said whether something was found or not. */
function noteShallow({ shallowCommits }: RepositoryFacts, log: ScanLog): void {
  if (shallowCommits.length === 0) return
  const message = 'what came before, and who brought it, is not known; git fetch --unshallow brings it'
  log.problems.add({ code: 'W_SHALLOW', count: shallowCommits.length, examples: shallowCommits, message })
}

function noteCounts({ lfsPointers, ...counts }: ObjectCounts, log: ScanLog): void {
  for (const key of Object.keys(counts) as (keyof typeof counts)[]) log.tally[key] += counts[key]
  if (lfsPointers > 0) log.problems.add({ code: 'W_LFS', count: lfsPointers, examples: [] })
}

function noteHarvest(harvest: Harvest, log: ScanLog): void {
  for (const dropped of [harvest.dropped, harvest.droppedHot]) addCounts(log.dropped, dropped)
  for (const id of harvest.cutShort.sort())
    log.problems.add({ code: 'W_DECODE_BUDGET', count: 1, examples: [id] })
  for (const [message, ids] of [...harvest.closed].sort())
    log.problems.add({ code: 'W_ARCHIVE', count: ids.length, examples: ids.sort().slice(0, 5), message })
}
