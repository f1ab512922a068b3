// Entry of the audit's worker threads: reads packs through the kernel and scans what it finds worth a look.
import { createEngine } from '../engine/index.ts'
import { createKernel } from '../engine/kernel/load.ts'
import { createKernelPrefilter } from '../engine/kernel/prefilter.ts'
import { treeGraphData } from '../git/attribute/merge.ts'
import { createTreeReader, wantedBlobs } from '../git/attribute/trees.ts'
import type { PackObject } from '../git/pack/contract.ts'
import type { Plan } from '../git/pack/plan.ts'
import { servePacks, type WorkerVisitor } from '../git/pack/worker.ts'
import type { Ruleset } from '../model/index.ts'
import { emptyHarvest, examineArchive, examineObject, type Harvest, rulesAnywhere } from './examine.ts'
import { examineTree } from './names.ts'
import { createReferenceCheck, type MissingIds, storeOf } from './references.ts'

/** To scan all objects. */
export interface ScanSetup {
  readonly kind: 'scan'
  readonly module: WebAssembly.Module
  readonly ruleset: Ruleset
}

/** To read what the trees hold of some blobs, given by hex id. */
export interface GraphSetup {
  readonly kind: 'graph'
  readonly blobs: readonly string[]
}

function createVisitor(setup: ScanSetup | GraphSetup, plan: Plan): WorkerVisitor<Harvest | undefined> {
  return setup.kind === 'scan' ? createScanner(setup, plan) : createGraphReader(setup, plan)
}

function createGraphReader({ blobs }: GraphSetup, { hashBytes }: Plan): WorkerVisitor<undefined> {
  const trees = createTreeReader(wantedBlobs(blobs, hashBytes))
  return {
    visit: () => false,
    each: (id, _, bytes) => trees.read(id, bytes),
    take: () => undefined,
    end: () => ({ data: treeGraphData(trees.graph()), buffers: [] }),
  }
}

/** Each worker has an engine of its own; decoded text goes through a kernel beside the reader's. */
function createScanner({ module, ruleset }: ScanSetup, plan: Plan): WorkerVisitor<Harvest> {
  const kernel = createKernel(module)
  const engine = createEngine(rulesAnywhere(ruleset), (keywords) => createKernelPrefilter(kernel, keywords))
  let harvest = emptyHarvest()
  const has = storeOf(plan.ids, plan.positions, plan.hashBytes)
  const known: MissingIds = new Map()
  const check = createReferenceCheck(plan.hashBytes, has, known)
  return {
    visit: ({ id, type, bytes, hits, runs, utf16 }: PackObject) =>
      type === 'tree'
        ? examineTree(engine, id, bytes, harvest)
        : examineObject(engine, { id, type, bytes }, harvest, { hits, runs, utf16 }),
    archive: (id, bytes) => examineArchive(engine, id, bytes, harvest),
    each(id, type, bytes) {
      if (type === 'tree') check.tree(id, bytes)
      else check.header(id, bytes)
    },
    take() {
      const taken = { ...harvest, missing: new Map(known) }
      known.clear()
      harvest = emptyHarvest()
      return taken
    },
  }
}

servePacks(createVisitor)
