// Reads all objects of a repository in this thread, straight from its packs.
import type { Kernel } from '../../engine/kernel/load.ts'
import { createArena } from './arena.ts'
import {
  noCounts,
  type PackCounts,
  type PackOptions,
  type PackProblem,
  type PackVisitor,
} from './contract.ts'
import { createPages } from './pages.ts'
import { type Plan, planReading } from './plan.ts'
import { createSearch } from './search.ts'
import { type SearchTables, searchTables } from './tables.ts'
import { createUnpacker } from './unpack.ts'
import { type CurrentId, walkFamily } from './walk.ts'

const MAX_OBJECT_BYTES = 512 << 20

export interface PackSummary {
  readonly counts: PackCounts
  readonly problems: readonly PackProblem[]
  /** Distinct objects of all types, read or not. */
  readonly distinct: number
}

/** Reads the tasks of a plan, one at a time. */
export interface PackReader {
  readonly counts: PackCounts
  readonly problems: PackProblem[]
  run(task: number): void
  runAll(): void
  close(): void
}

/** @param kernel for this reader alone: it uses all of its memory */
export function createReader(
  kernel: Kernel,
  plan: Plan,
  options: PackOptions,
  visitor: PackVisitor,
  tables: SearchTables = searchTables(kernel, options.sought),
): PackReader {
  const pages = createPages(kernel, plan.packs)
  const arena = createArena(kernel)
  const search = createSearch(kernel, arena, tables, options)
  const maxBytes = options.maxObjectBytes ?? MAX_OBJECT_BYTES
  const unpacker = createUnpacker(kernel, plan, pages, arena, maxBytes)
  const counts = noCounts()
  const problems: PackProblem[] = []
  const current: CurrentId = {
    entry: 0,
    family: 0,
    hex: () => unpacker.idOf(current.entry),
    raw: () => rawId(plan, current.entry),
  }
  const reader = { kernel, plan, options, arena, search, unpacker, visitor, counts, problems, current }
  function run(task: number): void {
    for (let i = plan.taskStarts[task]!; i < plan.taskStarts[task + 1]!; i++)
      walkFamily(reader, plan.roots[i]!)
    counts.inflated = unpacker.inflated()
    counts.searched = search.searched()
  }

  return {
    counts,
    problems,
    close: pages.close,
    run,
    runAll() {
      for (let task = 0; task + 1 < plan.taskStarts.length; task++) run(task)
    },
  }
}

function rawId({ ids, positions, hashBytes }: Plan, entry: number): Uint8Array {
  const at = positions[entry]! * hashBytes
  return ids.subarray(at, at + hashBytes)
}

/** Reads every object of `options.types` and `options.each` once. */
export function readPacks(
  gitDir: string,
  kernel: Kernel,
  options: PackOptions,
  visitor: PackVisitor,
): PackSummary {
  const { plan, problems, distinct } = planReading(gitDir, options)
  const reader = createReader(kernel, plan, options, visitor)
  try {
    reader.runAll()
    return { counts: reader.counts, problems: [...problems, ...reader.problems], distinct }
  } finally {
    reader.close()
  }
}
