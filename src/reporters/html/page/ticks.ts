// Steps that are done: remembered in this browser, by finding, so that the next report of the same secret knows them.
import type { Row } from './model.ts'

const PREFIX = 'unleak-done/1:'

/** Finding id → steps done. */
export type Ticks = ReadonlyMap<string, ReadonlySet<string>>

/** A browser may keep no storage for files: then ticks last as long as the page. */
function storage(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}

export function readTicks(): Ticks {
  const ticks = new Map<string, ReadonlySet<string>>()
  const kept = storage()
  for (let i = 0; kept && i < kept.length; i++) {
    const key = kept.key(i)
    if (key?.startsWith(PREFIX)) ticks.set(key.slice(PREFIX.length), new Set(kept.getItem(key)!.split(',')))
  }
  return ticks
}

/** The ticks with the named steps of a finding set to `isDone`. */
export function setTicks(ticks: Ticks, id: string, steps: readonly string[], isDone: boolean): Ticks {
  const done = new Set(ticks.get(id))
  for (const step of steps) isDone ? done.add(step) : done.delete(step)
  try {
    if (done.size > 0) storage()?.setItem(PREFIX + id, [...done].join(','))
    else storage()?.removeItem(PREFIX + id)
  } catch {
    // The storage is full, or not for us.
  }
  return new Map(ticks).set(id, done)
}

export function isDone({ finding, steps }: Row, ticks: Ticks): boolean {
  const done = ticks.get(finding.id)
  return steps.length > 0 && done !== undefined && steps.every(({ step }) => done.has(step))
}

/** Steps ticked and steps in all. */
export function progress(rows: readonly Row[], ticks: Ticks): { done: number; all: number } {
  let done = 0
  let all = 0
  for (const { finding, steps } of rows) {
    all += steps.length
    const ticked = ticks.get(finding.id)
    if (ticked) for (const { step } of steps) if (ticked.has(step)) done++
  }
  return { done, all }
}
