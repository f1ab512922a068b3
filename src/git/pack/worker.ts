// The worker's side of the pool: takes tasks by a shared counter until none is left, posts what each gave.
// A worker's entry file imports this and calls `servePacks` with what makes its visitor.
import { type MessagePort, parentPort } from 'node:worker_threads'
import { createKernel } from '../../engine/kernel/load.ts'
import type { PackCounts, PackOptions, PackProblem, PackVisitor } from './contract.ts'
import type { Plan } from './plan.ts'
import { createReader, type PackReader } from './read.ts'
import { searchTables } from './tables.ts'

/** A visitor that lives in a worker; what it collects travels as messages, one for each task. */
export interface WorkerVisitor<Result> extends PackVisitor {
  /** What has been collected since the last call: anything that can be posted. */
  take(): Result
  /** What trees, commits and tags have told: asked for once, behind the last of them. It is moved to the main thread. */
  links?(): { readonly data: unknown; readonly buffers: readonly ArrayBuffer[] }
}

/** What the pool sends to a worker first; the plan follows. */
export interface PackJob {
  readonly module: WebAssembly.Module
  readonly options: PackOptions
  readonly setup: unknown
  /** The number of the next task nobody has taken. */
  readonly next: Int32Array
}

/** What a worker sends: one message a task, one when no more trees will come, and a last one with its sums. */
export type PackMessage =
  | { readonly task: number; readonly result: unknown; readonly problems: readonly PackProblem[] }
  | { readonly links: unknown }
  | { readonly counts: PackCounts }

/**
 * Serves one job of the pool in this worker thread.
 * @param prepare does what can be done before the plan is there
 */
export function servePacks<Setup, Result>(
  prepare: (setup: Setup) => (plan: Plan) => WorkerVisitor<Result>,
): void {
  const port = parentPort
  if (port === null) throw new Error('servePacks runs in a worker thread only')
  port.once('message', ({ module, options, setup, next }: PackJob) => {
    const kernel = createKernel(module)
    const tables = searchTables(kernel, options.sought)
    const createVisitor = prepare(setup as Setup)
    port.once('message', (plan: Plan) => {
      const visitor = createVisitor(plan)
      const reader = createReader(kernel, plan, options, visitor, tables)
      runTasks(plan, next, reader, visitor, port)
      reader.close()
      port.postMessage({ counts: reader.counts } satisfies PackMessage)
    })
  })
}

function runTasks<Result>(
  plan: Plan,
  next: Int32Array,
  reader: PackReader,
  visitor: WorkerVisitor<Result>,
  port: MessagePort,
): void {
  const tasks = plan.taskStarts.length - 1
  let isLinked = false
  for (let task = Atomics.add(next, 0, 1); ; task = Atomics.add(next, 0, 1)) {
    if (!isLinked && task >= Math.min(plan.firstBlobTask, tasks)) {
      const { data, buffers = [] } = visitor.links?.() ?? {}
      port.postMessage({ links: data } satisfies PackMessage, [...buffers])
      isLinked = true
    }
    if (task >= tasks) return
    reader.run(task)
    const problems = reader.problems.splice(0)
    port.postMessage({ task, result: visitor.take(), problems } satisfies PackMessage)
  }
}
