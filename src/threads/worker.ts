// Entry of the threads that look at files beside the main one: takes blocks from the end of the list, one by one.
import { parentPort, workerData } from 'node:worker_threads'
import { createEngine, createFastPrefilter } from '../engine/index.ts'
import { useKernelModule } from '../engine/kernel/load.ts'
import type { Ruleset } from '../model/index.ts'
import { bundledRules } from '../rules/bundled.ts'
import type { Shared } from '../sources/source.ts'
import { itemsOf, openClaims } from './claims.ts'
import { createLook, type Look } from './look.ts'
import { addQuiet, noQuiet, type Quiet } from './quiet.ts'

/** What a thread begins with. */
export interface Setup {
  readonly items: readonly Shared[]
  readonly claims: SharedArrayBuffer
  readonly cwd: string
  readonly root: string
  /** Undefined: the bundled rules. */
  readonly ruleset: Ruleset | undefined
  readonly module: WebAssembly.Module | undefined
}

/** What it tells of a block. */
export interface Answer extends Quiet {
  readonly block: number
  /** The items that the main thread has to read, by their place in the block. */
  readonly rest: readonly number[]
}

/** Answers are posted together, this often: a message costs more than a look. */
const POST_MS = 20

function serve({ items, claims: shared, cwd, root, ruleset = bundledRules(), module }: Setup): void {
  if (module) useKernelModule(module)
  const look = createLook(createEngine(ruleset, createFastPrefilter), cwd, root)
  const claims = openClaims(shared)
  let answers: Answer[] = []
  let postedAt = Date.now()
  for (let block = claims.blocks - 1; block >= 0; block--) {
    if (!claims.claim(block)) continue
    answers.push(answerFor(block, itemsOf(items, block), look))
    if (Date.now() - postedAt < POST_MS) continue
    parentPort?.postMessage(answers)
    answers = []
    postedAt = Date.now()
  }
  parentPort?.postMessage(answers)
}

function answerFor(block: number, items: readonly Shared[], look: Look): Answer {
  const rest: number[] = []
  const sum = noQuiet()
  for (const [i, item] of items.entries()) {
    const quiet = look(item)
    if (quiet) addQuiet(sum, sum.dropped, quiet)
    else rest.push(i)
  }
  return { block, rest, ...sum }
}

serve(workerData as Setup)
