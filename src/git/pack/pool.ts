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
  /** Called as tasks end, in any order. */
  readonly onTask?: (done: number, tasks: number) => void
  /** Ends the reading after the tasks that are running; what they found is in the results. */
  readonly signal?: AbortSignal
  /** Objects to leave out: sorted ids, see `known.ts`. */
  readonly known?: Uint8Array | undefined
}

export interface PoolSummary<Result> extends PackSummary {
  /** What each task's `take()` gave, in the order of the plan. */
  readonly results: Result[]
  /** What each worker's `end()` gave, in no order. */
  readonly ends: unknown[]
  /** What was read. */
  readonly planned: Planned
  /** False when `signal` ended the reading early. */
  readonly complete: boolean
}

interface Collected {
  readonly results: unknown[]
  readonly ends: unknown[]
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
  const collected: Collected = { results: [], ends: [], problems: [], counts: noCounts(), done: 0 }
  // They start up while this thread reads the indexes.
  const workers = Array.from({ length: Math.max(1, pool.jobs) }, () => new Worker(pool.worker))
  const stop = () => Atomics.store(next, 0, 0x40000000)
  pool.signal?.addEventListener('abort', stop, { once: true })
  try {
    const failed = workers.map((worker) => new Promise<never>((_, reject) => worker.once('error', reject)))
    for (const failure of failed) failure.catch(() => undefined)
    const planned = pool.planned ?? planReading(gitDir, options, pool.known)
    if (pool.signal?.aborted) stop()
    const { module, setup } = pool
    const job: PackJob = { module, plan: planned.plan, options, setup, next }
    const ends = workers.map((worker) => serve(worker, job, collected, pool))
    await Promise.race([Promise.all(ends), ...failed])
    return summarise<Result>(planned, collected)
  } finally {
    pool.signal?.removeEventListener('abort', stop)
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/** Sends the job and collects messages until the worker's last one. */
function serve(worker: Worker, job: PackJob, collected: Collected, pool: PoolOptions): Promise<void> {
  const tasks = job.plan.taskStarts.length - 1
  return new Promise((resolve, reject) => {
    worker.once('exit', () => reject(new Error('a worker of the pack reader ended early')))
    worker.on('message', (message: PackMessage) => {
      if ('counts' in message) {
        addCounts(collected.counts, message.counts)
        if (message.end !== undefined) collected.ends.push(message.end)
        resolve()
        return
      }
      collected.results[message.task] = message.result
      collected.problems[message.task] = [...message.problems]
      collected.done += 1
      pool.onTask?.(collected.done, tasks)
    })
    worker.postMessage(job)
  })
}

function summarise<Result>(planned: Planned, collected: Collected): PoolSummary<Result> {
  const { counts, done } = collected
  return {
    counts,
    problems: [...planned.problems, ...collected.problems.flat()],
    distinct: planned.distinct,
    planned,
    ends: collected.ends,
    results: collected.results.filter((_, task) => task in collected.results) as Result[],
    complete: done === planned.plan.taskStarts.length - 1,
  }
}
