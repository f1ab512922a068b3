// Reads all objects of a repository in worker threads; the results do not depend on how many there are.
import { Worker } from 'node:worker_threads'
import { addCounts, noCounts, type PackOptions, type PackProblem } from './contract.ts'
import { type Planned, planReading } from './plan.ts'
import type { PackSummary } from './read.ts'
import type { PackJob, PackMessage } from './worker.ts'

export interface PoolOptions {
  /** Compiled kernel code, from `loadKernelModule`. */
  readonly module: WebAssembly.Module
  /** The worker's entry file: bundled JavaScript that calls `servePacks`. */
  readonly worker: URL
  readonly jobs: number
  /** What was planned for these objects, or for more; default: all there are. */
  readonly planned?: Planned
  /** Handed to the worker's `createVisitor`; anything that can be posted. */
  readonly setup?: unknown
  /** Called as tasks end, in any order, with what its `take()` gave. */
  readonly onTask?: (done: number, tasks: number, result: unknown) => void
  /** Called when all trees, commits and tags have been read, with what each worker's `links()` gave; blobs follow. */
  readonly onLinks?: (links: readonly unknown[], planned: Planned) => void
  /** Ends the reading after the tasks that are running; what they found is in the results. */
  readonly signal?: AbortSignal
  /** Objects to leave out: sorted ids, see `known.ts`. */
  readonly known?: Uint8Array | undefined
}

export interface PoolSummary<Result> extends PackSummary {
  /** What each task's `take()` gave, in the order of the plan. */
  readonly results: Result[]
  /** What each worker's `links()` gave, in no order. */
  readonly links: readonly unknown[]
  /** What was read. */
  readonly planned: Planned
  /** False when `signal` ended the reading early. */
  readonly complete: boolean
}

interface Collected {
  readonly results: unknown[]
  readonly links: unknown[]
  readonly problems: PackProblem[][]
  readonly counts: ReturnType<typeof noCounts>
  done: number
}

/** Like `readPacks`, with the visitor in `jobs` worker threads. */
export async function readPacksInWorkers<Result>(
  gitDir: string,
  options: PackOptions,
  pool: PoolOptions,
): Promise<PoolSummary<Result>> {
  const next = new Int32Array(new SharedArrayBuffer(4))
  const collected: Collected = { results: [], links: [], problems: [], counts: noCounts(), done: 0 }
  // They start up while this thread reads the indexes.
  const workers = Array.from({ length: Math.max(1, pool.jobs) }, () => new Worker(pool.worker))
  const stop = () => Atomics.store(next, 0, 0x40000000)
  pool.signal?.addEventListener('abort', stop, { once: true })
  try {
    const failed = workers.map((worker) => new Promise<never>((_, reject) => worker.once('error', reject)))
    for (const failure of failed) failure.catch(() => undefined)
    const { module, setup } = pool
    for (const worker of workers) worker.postMessage({ module, options, setup, next } satisfies PackJob)
    const planned = pool.planned ?? planReading(gitDir, options, pool.known)
    if (pool.signal?.aborted) stop()
    const ends = workers.map((worker) => serve(worker, planned, collected, pool))
    await Promise.race([Promise.all(ends), ...failed])
    return summarise<Result>(planned, collected)
  } finally {
    pool.signal?.removeEventListener('abort', stop)
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/** Sends the plan and collects messages until the worker's last one. */
function serve(worker: Worker, planned: Planned, collected: Collected, pool: PoolOptions): Promise<void> {
  const tasks = planned.plan.taskStarts.length - 1
  return new Promise((resolve, reject) => {
    worker.once('exit', () => reject(new Error('a worker of the pack reader ended early')))
    worker.on('message', (message: PackMessage) => {
      if ('counts' in message) {
        addCounts(collected.counts, message.counts)
        resolve()
        return
      }
      if ('links' in message) {
        if (message.links !== undefined) collected.links.push(message.links)
        if (collected.links.length === Math.max(1, pool.jobs)) pool.onLinks?.(collected.links, planned)
        return
      }
      collected.results[message.task] = message.result
      collected.problems[message.task] = [...message.problems]
      collected.done += 1
      pool.onTask?.(collected.done, tasks, message.result)
    })
    worker.postMessage(planned.plan)
  })
}

function summarise<Result>(planned: Planned, collected: Collected): PoolSummary<Result> {
  const { counts, done } = collected
  return {
    counts,
    problems: [...planned.problems, ...collected.problems.flat()],
    distinct: planned.distinct,
    planned,
    links: collected.links,
    results: collected.results.filter((_, task) => task in collected.results) as Result[],
    complete: done === planned.plan.taskStarts.length - 1,
  }
}
