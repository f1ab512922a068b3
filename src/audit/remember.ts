// The audit's memory: what the last one read is left out of this one, and what holds secrets is read again.
import { resolve } from 'node:path'
import { addCounts } from '../counts.ts'
import type { Engine } from '../engine/index.ts'
import { bytesOf, readObjects } from '../git/cat-file.ts'
import { sortedIds } from '../git/pack/known.ts'
import type { Plan } from '../git/pack/plan.ts'
import { isPartial, wholeChunk } from '../model/index.ts'
import type { ScanLog, ScanTools } from '../scan.ts'
import { type AuditCache, type KnownObjects, openCache } from './cache/cache.ts'
import { fingerprintRefs } from './cache/fingerprint.ts'
import { packTold, unpackTold, type Whereabouts } from './cache/told.ts'
import type { Harvest } from './examine.ts'
import { examineWhole } from './examine-whole.ts'
import { storeOf } from './references.ts'
import type { RepositoryFacts } from './repository.ts'
import type { ObjectCounts } from './run.ts'

export interface Missing {
  readonly count: number
  /** A few of them. */
  readonly examples: readonly string[]
}

export interface Memory {
  /** Nothing is new, and nothing is gone: what is remembered is all there is. */
  readonly isSame: boolean
  /** What the last audit has read. */
  list(): KnownObjects | undefined
  /** Adds what is remembered to what this audit has found. Without a list: it is all there is. */
  recall(list?: KnownObjects, plan?: Plan): Promise<void>
  /** Hears that all of the plan has been read or remembered, without a problem. */
  note(plan: Plan): void
  /** What was missing, when nothing has changed since. */
  missing(): Missing | undefined
  /** Where blobs stood in the history, when nothing has changed since. */
  whereabouts(): Whereabouts | undefined
  /** Writes down what the next audit need not read. */
  keep(missing: Missing, whereabouts: Whereabouts | undefined): void
}

interface Audit {
  readonly tools: ScanTools
  readonly log: ScanLog
  readonly engine: () => Engine
  /** An engine of these rules only. */
  readonly engineOf: (rules: ReadonlySet<string>) => Engine
  readonly harvest: Harvest
  readonly counts: ObjectCounts
}

/** Undefined when nothing is to be remembered. */
export function openMemory(facts: RepositoryFacts, ruleset: string, audit: Audit): Memory | undefined {
  const { tools, log } = audit
  if (!tools.cache) return undefined
  const cache = openCache({
    gitDir: resolve(facts.gitDir),
    version: tools.version,
    ruleset,
    code: ['./audit-worker.js', './kernel.wasm'].map((name) => new URL(name, import.meta.url)),
    folder: tools.cache.folder,
  })
  if (cache === undefined) return undefined
  const { state, isSame } = cache
  const refs = fingerprintRefs(facts.gitDir)
  let noted: Plan | undefined
  return {
    isSame,
    list: cache.list,
    recall: (list, plan) => recall(cache, audit, facts.gitDir, list, plan),
    note(plan) {
      noted = plan
    },
    missing: () => (isSame ? state?.missing : undefined),
    whereabouts: () => (isSame && state?.told?.refs === refs ? unpackTold(state.told) : undefined),
    keep(missing, whereabouts) {
      const isKnown = isSame && (state?.told?.refs === refs || whereabouts === undefined)
      if (isKnown || (!isSame && noted === undefined) || isTroubled(log)) return
      const told = whereabouts && packTold(refs, whereabouts)
      const isOpen = told === undefined || isClean(JSON.stringify(told), audit)
      const list = noted && { ids: sortedIds(noted), missing: audit.harvest.missing }
      cache.save({ ...stateOf(audit, cache, missing), ...(isOpen ? { told } : {}) }, list)
    },
  }
}

/** Missing objects are told each time; after any other trouble all is read again. */
function isTroubled(log: ScanLog): boolean {
  return log.problems.list().some((problem) => isPartial(problem) && problem.code !== 'E_OBJECT_MISSING')
}

function stateOf({ harvest, counts, log }: Audit, { state, isSame }: AuditCache, missing: Missing) {
  const { hot, cutShort, dropped, closed } = harvest
  const since = isSame && state ? state.since : log.started.toISOString()
  return {
    since,
    counts,
    dropped: [...dropped],
    hot: [...hot].map(([id, rules]) => [id, [...rules].sort()] as const).sort(),
    closed: [...closed],
    cutShort,
    missing,
  }
}

async function recall(
  { state }: AuditCache,
  { harvest, counts, log, engineOf }: Audit,
  gitDir: string,
  list: KnownObjects | undefined,
  plan: Plan | undefined,
): Promise<void> {
  if (state === undefined) return
  log.remembered = { objects: state.counts.objects, since: state.since }
  for (const key of Object.keys(counts) as (keyof ObjectCounts)[]) counts[key] += state.counts[key]
  addCounts(harvest.dropped, new Map(state.dropped))
  const hot = new Map(state.hot)
  for (const [reason, ids] of state.closed)
    harvest.closed.set(
      reason,
      ids.filter((id) => !hot.has(id)),
    )
  for (const id of state.cutShort) if (!hot.has(id)) harvest.cutShort.push(id)
  if (list && plan) addStillMissing(harvest, list, plan)
  if (hot.size === 0) return
  const engine = engineOf(new Set([...hot.values()].flat()))
  for await (const object of readObjects([...hot.keys()], gitDir)) {
    if ('missing' in object) log.problems.add({ code: 'E_OBJECT_MISSING', count: 1, examples: [object.oid] })
    else if ('broken' in object)
      log.problems.add({ code: 'E_OBJECT_CORRUPT', count: 1, examples: [object.oid] })
    else {
      examineWhole(engine, { id: object.oid, type: object.type, bytes: await bytesOf(object) }, harvest)
    }
  }
}

/** What was missing may have come since. */
function addStillMissing(harvest: Harvest, { missing }: KnownObjects, plan: Plan): void {
  const find = storeOf(plan.ids, plan.positions, plan.hashBytes)
  for (const [id, from] of missing) if (find(Buffer.from(id, 'hex'), 0) < 0) harvest.missing.set(id, from)
}

/** Names of files, people and refs may hold secrets, too; then they are not written down. */
function isClean(text: string, { engine, harvest }: Audit): boolean {
  if (harvest.secrets.some(({ secret }) => text.includes(JSON.stringify(secret).slice(1, -1)))) return false
  const { matches } = engine().match(wholeChunk(Buffer.from(text), { kind: 'stdin' }))
  return matches.every(({ rule }) => rule.tier === 0)
}
