// Entry of the audit's worker threads: reads packs through the kernel and scans what it finds worth a look.
import { createEngine, type Engine } from '../engine/index.ts'
import { createKernel } from '../engine/kernel/load.ts'
import { createKernelPrefilter } from '../engine/kernel/prefilter.ts'
import type { PackObject } from '../git/pack/contract.ts'
import type { Plan } from '../git/pack/plan.ts'
import { servePacks, type WorkerVisitor } from '../git/pack/worker.ts'
import type { Ruleset } from '../model/index.ts'
import { createCollector } from './collect.ts'
import { emptyHarvest, examineArchive, examineObject, type Harvest, rulesAnywhere } from './examine.ts'
import { examineTree } from './names.ts'
import type { MissingIds } from './references.ts'

/** To scan all objects. */
export interface ScanSetup {
  readonly kind: 'scan'
  readonly module: WebAssembly.Module
  readonly ruleset: Ruleset
}

/** To read trees, commits and tags only. */
export interface GraphSetup {
  readonly kind: 'graph'
}

function prepare(setup: ScanSetup | GraphSetup): (plan: Plan) => WorkerVisitor<Harvest | undefined> {
  return setup.kind === 'scan' ? prepareScanner(setup) : createGraphReader
}

function createGraphReader(plan: Plan): WorkerVisitor<undefined> {
  const collector = createCollector(plan, new Map())
  return { visit: () => false, ...collector, take: () => undefined }
}

/** Each worker has an engine of its own; decoded text goes through a kernel beside the reader's. */
function prepareScanner({ module, ruleset }: ScanSetup): (plan: Plan) => WorkerVisitor<Harvest> {
  const kernel = createKernel(module)
  const engine = createEngine(rulesAnywhere(ruleset), (keywords) => createKernelPrefilter(kernel, keywords))
  return (plan) => createScanner(engine, plan)
}

function createScanner(engine: Engine, plan: Plan): WorkerVisitor<Harvest> {
  let harvest = emptyHarvest()
  const missing: MissingIds = new Map()
  const collector = createCollector(plan, missing)
  return {
    visit: ({ id, type, bytes, hits, runs, utf16 }: PackObject) =>
      type === 'tree'
        ? examineTree(engine, id, bytes, harvest, { hits, runs })
        : examineObject(engine, { id, type, bytes }, harvest, { hits, runs, utf16 }),
    archive: (id, bytes) => examineArchive(engine, id, bytes, harvest),
    ...collector,
    take() {
      const taken = { ...harvest, missing: new Map(missing) }
      missing.clear()
      harvest = emptyHarvest()
      return taken
    },
  }
}

servePacks(prepare)
