// Shares a long list with other threads: each block of it is read by one of them, and here only what is not quiet.
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { loadKernelModule } from '../engine/kernel/load.ts'
import { type Ruleset, rulesToPost } from '../model/index.ts'
import type { Shared } from '../sources/source.ts'
import { createClaims, itemsOf, MANY } from './claims.ts'
import type { Answer, Setup } from './worker.ts'

/** The threads' entry file. */
const WORKER = new URL('./scan-worker.cjs', import.meta.url)

export interface Sharing {
  readonly cwd: string
  readonly root: string
  readonly ruleset: Ruleset
  /** Beside this one. */
  readonly threads: number
  /** Their entry file, where it is another. */
  readonly worker?: URL
  /** Hears what other threads have read and found quiet. */
  readonly onAnswer: (answer: Answer) => void
}

/**
 * Yields, in order, the items that are not quiet, or that no other thread has looked at. What a thread that fails has
 * left open is read here.
 */
export async function* share<Item extends Shared>(
  items: readonly Item[],
  sharing: Sharing,
): AsyncGenerator<Item> {
  const { threads, worker = WORKER } = sharing
  if (threads < 1 || !existsSync(worker)) return yield* items
  const claims = createClaims(items.length)
  const crew = startCrew(worker, threads, setupOf(items, claims.shared, sharing))
  try {
    for (let block = 0; block < claims.blocks; block++) {
      const own = itemsOf(items, block)
      const answer = claims.claim(block) ? undefined : await crew.answerFor(block)
      if (answer) sharing.onAnswer(answer)
      yield* answer ? answer.rest.map((i) => own[i]!) : own
    }
  } finally {
    await crew.stop()
  }
}

/** How many are worth it beside this one, for so many items; `jobs`: the most in all, default one for each processor. */
export function threadsFor(items: number, jobs = availableParallelism()): number {
  return Math.min(jobs - 1, Math.floor(items / MANY))
}

function setupOf(items: readonly Shared[], claims: SharedArrayBuffer, sharing: Sharing): Setup {
  const { cwd, root, ruleset } = sharing
  return { items, claims, cwd, root, ruleset: rulesToPost(ruleset), module: loadKernelModule() }
}

interface Crew {
  /** Undefined: no thread will answer any more. */
  answerFor(block: number): Promise<Answer | undefined>
  stop(): Promise<unknown>
}

function startCrew(entry: URL, threads: number, workerData: Setup): Crew {
  const answers = new Map<number, Answer>()
  const workers = Array.from({ length: threads }, () => new Worker(entry, { workerData }))
  let running = threads
  let wake = () => {}
  for (const worker of workers) {
    worker.unref()
    worker.on('message', (told: readonly Answer[]) => {
      for (const answer of told) answers.set(answer.block, answer)
      wake()
    })
    worker.on('error', () => {}) // whatever it was, it shows itself where the block is read again
    worker.on('exit', () => {
      running -= 1
      wake()
    })
  }
  return {
    async answerFor(block) {
      while (!answers.has(block) && running > 0) await new Promise<void>((resolve) => (wake = resolve))
      return answers.get(block)
    },
    stop: () => Promise.all(workers.map((worker) => worker.terminate())),
  }
}
