// Trees, commits and tags straight from the packs, for attribution: from what was kept while all was read, else read
// again; and of the folders that hold a wanted blob once more, to see where.
import { createKernel } from '../engine/kernel/load.ts'
import { lazy } from '../engine/lazy.ts'
import { createCommitReader } from '../git/attribute/commits.ts'
import { mergeTreeGraphs, type TreeGraphData, treeGraphData, withHits } from '../git/attribute/merge.ts'
import type { GraphSource, ObjectGraphs } from '../git/attribute/source.ts'
import { createTagReader } from '../git/attribute/tags.ts'
import { readTips, type Tips } from '../git/attribute/tips.ts'
import { createTreeReader, wantedBlobs, wantedIn } from '../git/attribute/trees.ts'
import type { PackOptions } from '../git/pack/contract.ts'
import { type Plan, type Planned, planOf, planReading, withRoots } from '../git/pack/plan.ts'
import { readPacksInWorkers } from '../git/pack/pool.ts'
import { createReader } from '../git/pack/read.ts'
import { type Collection, eachHead } from './collect.ts'
import type { GraphSetup } from './worker.ts'

/** The entry file of the worker threads. */
export const WORKER = new URL('./audit-worker.js', import.meta.url)

/** Nothing is searched for here: a keyword that no text holds. */
const OPTIONS: PackOptions = {
  sought: { keywords: ['\0\0\0\0'], longKeywords: [], reach: 1 },
  minRun: 0,
  types: [],
  each: ['tree', 'commit', 'tag'],
}

export interface PackObjects {
  readonly module: WebAssembly.Module
  readonly jobs: number
  /** What was kept when all objects were read; undefined: it was not all of them. */
  readonly kept: Kept | undefined
}

export interface Kept {
  readonly planned: Planned
  readonly collections: readonly Collection[]
  /** All of it as one graph; joined at the first call. */
  joined(): ObjectGraphs
  /** What keeps commits alive; asked of git at the first call. */
  tips(): Promise<Tips>
}

export function keep(gitDir: string, planned: Planned, collections: readonly Collection[]): Kept {
  return {
    planned,
    collections,
    joined: lazy(() => joinCollections(planned.plan, collections)),
    tips: lazy(() => {
      const tips = readTips(gitDir)
      tips.catch(() => {}) // whoever needs them awaits them
      return tips
    }),
  }
}

function joinCollections(plan: Plan, collections: readonly Collection[]): ObjectGraphs {
  const parts = collections.map(({ trees }) => trees)
  return { trees: mergeTreeGraphs(parts, plan.hashBytes), ...readHeads(plan, collections) }
}

export function packObjects(gitDir: string, { module, jobs, kept }: PackObjects): GraphSource {
  return {
    async graphs(blobs, signal) {
      const all = kept ?? (await readAgain(gitDir, module, jobs, signal))
      const holders = readHolders(all.planned.plan, module, all.collections, blobs)
      const graphs = all.joined()
      return { ...graphs, trees: withHits(graphs.trees, holders) }
    },
  }
}

async function readAgain(
  gitDir: string,
  module: WebAssembly.Module,
  jobs: number,
  signal: AbortSignal | undefined,
): Promise<Kept> {
  const { plan, ...rest } = planReading(gitDir, OPTIONS)
  const { links, planned } = await readPacksInWorkers(gitDir, OPTIONS, {
    module,
    worker: WORKER,
    jobs,
    setup: { kind: 'graph' } satisfies GraphSetup,
    planned: { plan: planOf(plan, OPTIONS.each!), ...rest },
    ...(signal ? { signal } : {}),
  })
  return keep(gitDir, planned, links as Collection[])
}

/** The families of trees that hold one of the blobs, read for the places where they do. */
function readHolders(
  plan: Plan,
  module: WebAssembly.Module,
  collections: readonly Collection[],
  blobs: readonly string[],
): TreeGraphData {
  const entries = entriesOf(plan, blobs)
  const families = new Set<number>()
  for (const { holders } of collections) {
    for (let i = 0; i < holders.length; i += 2) if (entries.has(holders[i]!)) families.add(holders[i + 1]!)
  }
  const wanted = wantedBlobs(blobs, plan.hashBytes)
  const trees = createTreeReader(plan.hashBytes, wantedIn(wanted))
  const holding = withRoots(
    plan,
    [...families].sort((a, b) => a - b),
  )
  const reader = createReader(createKernel(module), holding, OPTIONS, {
    visit: () => false,
    each: (id, type, bytes, base) => (type === 'tree' ? trees.read(id.raw(), bytes, base) : -1),
  })
  try {
    reader.runAll()
  } finally {
    reader.close()
  }
  return treeGraphData(trees.graph())
}

/** All entries with one of these ids: copies in several packs included. */
function entriesOf({ ids, positions, hashBytes }: Plan, blobs: readonly string[]): Set<number> {
  const wanted = wantedBlobs(blobs, hashBytes)
  const isWanted = wantedIn(wanted)
  const entries = new Set<number>()
  for (let entry = 0; entry < positions.length; entry++) {
    if (isWanted(ids, positions[entry]! * hashBytes) >= 0) entries.add(entry)
  }
  return entries
}

function readHeads({ ids, positions, hashBytes }: Plan, collections: readonly Collection[]) {
  const commits = createCommitReader(hashBytes)
  const tags = createTagReader()
  const raw = Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength)
  for (const { heads } of collections) {
    eachHead(heads, (entry, type, bytes) => {
      const at = positions[entry]! * hashBytes
      if (type === 'commit') commits.read(raw.subarray(at, at + hashBytes), bytes)
      else tags.read(raw.toString('hex', at, at + hashBytes), bytes)
    })
  }
  return { commits: commits.graph(), tags }
}
