// The worker's side of the pool: takes tasks by a shared counter until none is left, posts what each gave.
// A worker's entry file imports this and calls `servePacks` with what makes its visitor.
import { parentPort } from 'node:worker_threads'
import { createKernel } from '../../engine/kernel/load.ts'
import type { PackCounts, PackOptions, PackProblem, PackVisitor } from './contract.ts'
import type { Plan } from './plan.ts'
import { createReader } from './read.ts'

/** A visitor that lives in a worker; what it collects travels as messages, one for each task. */
export interface WorkerVisitor<Result> extends PackVisitor {
  /** What has been collected since the last call: anything that can be posted. */
  take(): Result
  /** What there is to tell when all is read; it is moved to the main thread. */
  end?(): { readonly data: unknown; readonly buffers: readonly ArrayBuffer[] }
}

/** What the pool sends to a worker, once. */
export interface PackJob {
  readonly module: WebAssembly.Module
  readonly plan: Plan
  readonly options: PackOptions
  readonly setup: unknown
  /** The number of the next task nobody has taken. */
  readonly next: Int32Array
}

/** What a worker sends: one message a task, and a last one with its sums. */
export type PackMessage =
  | { readonly task: number; readonly result: unknown; readonly problems: readonly PackProblem[] }
  | { readonly counts: PackCounts; readonly end?: unknown }

/** Serves one job of the pool in this worker thread. */
export function servePacks<Setup, Result>(
  createVisitor: (setup: Setup, plan: Plan) => WorkerVisitor<Result>,
): void {
  const port = parentPort
  if (port === null) throw new Error('servePacks runs in a worker thread only')
  port.once('message', ({ module, plan, options, setup, next }: PackJob) => {
    const visitor = createVisitor(setup as Setup, plan)
    const reader = createReader(createKernel(module), plan, options, visitor)
    const tasks = plan.taskStarts.length - 1
    for (let task = Atomics.add(next, 0, 1); task < tasks; task = Atomics.add(next, 0, 1)) {
      reader.run(task)
      const problems = reader.problems.splice(0)
      port.postMessage({ task, result: visitor.take(), problems } satisfies PackMessage)
    }
    reader.close()
    const { data, buffers = [] } = visitor.end?.() ?? {}
    port.postMessage({ counts: reader.counts, end: data } satisfies PackMessage, [...buffers])
  })
}
