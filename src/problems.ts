// Collects problems, one entry per code and message, with a few examples each.
import type { Problem } from './model/index.ts'

const MAX_EXAMPLES = 10

export class ProblemList {
  readonly #byKey = new Map<string, Problem>()

  add(problem: Problem): void {
    const key = `${problem.code}\0${problem.message ?? ''}`
    const known = this.#byKey.get(key)
    if (!known) this.#byKey.set(key, { ...problem, examples: problem.examples.slice(0, MAX_EXAMPLES) })
    else {
      const examples = [...known.examples, ...problem.examples].slice(0, MAX_EXAMPLES)
      this.#byKey.set(key, { ...known, count: known.count + problem.count, examples })
    }
  }

  /** Sorted by code, so that reports are the same from run to run. */
  list(): readonly Problem[] {
    return [...this.#byKey.values()].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
  }
}
