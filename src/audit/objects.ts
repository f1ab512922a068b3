// Trees, commits and tags straight from the packs, for attribution: the trees in threads, the rest meanwhile in this one.
import { createKernel } from '../engine/kernel/load.ts'
import { createCommitReader } from '../git/attribute/commits.ts'
import { mergeTreeGraphs, type TreeGraphData } from '../git/attribute/merge.ts'
import { createTagReader } from '../git/attribute/tags.ts'
import type { GraphSource } from '../git/attribute.ts'
import type { ObjectType, PackOptions } from '../git/pack/contract.ts'
import { type Planned, planOf, planReading } from '../git/pack/plan.ts'
import { readPacksInWorkers } from '../git/pack/pool.ts'
import { createReader } from '../git/pack/read.ts'
import type { GraphSetup } from './worker.ts'

/** A keyword that no text holds: nothing is searched for here. */
const NOTHING = ['\0\0\0\0']

function optionsFor(each: readonly ObjectType[]): PackOptions {
  return { keywords: NOTHING, longKeywords: [], reach: 1, minRun: 0, types: [], each }
}

export interface PackObjects {
  readonly module: WebAssembly.Module
  /** How all objects were read before: what is read now is a part of them. */
  readonly planned: Planned | undefined
  readonly jobs: number
}

/** The entry file of the worker threads. */
export const WORKER = new URL('./audit-worker.js', import.meta.url)

export function packObjects(gitDir: string, { module, planned, jobs }: PackObjects): GraphSource {
  return {
    async graphs(blobs, signal) {
      const { plan, ...rest } = planned ?? planReading(gitDir, optionsFor(['tree', 'commit', 'tag']))
      const setup: GraphSetup = { kind: 'graph', blobs }
      const trees = readPacksInWorkers<TreeGraphData | undefined>(gitDir, optionsFor(['tree']), {
        module,
        worker: WORKER,
        jobs,
        setup,
        planned: { plan: planOf(plan, ['tree']), ...rest },
        ...(signal ? { signal } : {}),
      })
      trees.catch(() => {}) // awaited below; must not count as unhandled before that
      const commits = createCommitReader(plan.hashBytes)
      const tags = createTagReader()
      const each = (id: string, type: ObjectType, bytes: Uint8Array) => {
        if (type === 'commit') commits.read(id, bytes)
        else tags.read(id, bytes)
      }
      const others = optionsFor(['commit', 'tag'])
      const reader = createReader(createKernel(module), planOf(plan, others.each!), others, {
        visit: () => false,
        each,
      })
      try {
        reader.runAll()
      } finally {
        reader.close()
      }
      const { ends } = await trees
      const merged = mergeTreeGraphs(ends as TreeGraphData[], plan.hashBytes)
      return { trees: merged, commits: commits.graph(), tags }
    },
  }
}
