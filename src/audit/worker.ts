// Entry of the audit's worker threads: reads packs through the kernel and scans what it finds worth a look.
import { createEngine, createFastPrefilter, type Engine } from '../engine/index.ts'
import type { PackObject } from '../git/pack/contract.ts'
import type { Plan } from '../git/pack/plan.ts'
import { servePacks, type WorkerVisitor } from '../git/pack/worker.ts'
import type { Ruleset } from '../model/index.ts'
import { bundledRules } from '../rules/bundled.ts'
import { createCollector } from './collect.ts'
import { emptyHarvest, examineArchive, examineObject, type Harvest, rulesAnywhere } from './examine.ts'
import { examineTree } from './names.ts'
import type { MissingIds } from './references.ts'
import { examineWord } from './word.ts'

/** To scan all objects. */
export interface ScanSetup {
  readonly kind: 'scan'
  /** Undefined: the bundled rules. */
  readonly ruleset: Ruleset | undefined
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
function prepareScanner({ ruleset = bundledRules() }: ScanSetup): (plan: Plan) => WorkerVisitor<Harvest> {
  const engine = createEngine(rulesAnywhere(ruleset), createFastPrefilter)
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
    word: (id, bytes) => examineWord(engine, id, bytes, harvest),
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
