// Leaves out of a plan what an earlier reading has seen: sorted ids against those of the packs.
import type { Entries } from './plan.ts'

/**
 * Takes the mark off every object in `known`: ids one behind the other, ascending, each once.
 * False when one of them is no longer there; then nothing is left out, for what named it must be looked at again.
 */
export function leaveOutKnown(entries: Entries, known: Uint8Array): boolean {
  const { ids, hashBytes, firsts, firstLoose, count, positions, wanted } = entries
  const isKnown = new Uint8Array(count) // by place of the id
  const isThere = new Uint8Array(known.length / hashBytes)
  for (const [i, first] of firsts.entries())
    matchRun(ids, first, firsts[i + 1] ?? firstLoose, known, hashBytes, isKnown, isThere)
  for (let entry = firstLoose; entry < count; entry++) {
    // Loose objects of one folder are sorted; those of the next begin anew.
    let end = entry + 1
    while (end < count && compareIds(ids, end - 1, ids, end, hashBytes) < 0) end += 1
    matchRun(ids, entry, end, known, hashBytes, isKnown, isThere)
    entry = end - 1
  }
  if (isThere.includes(0)) return false
  for (let entry = 0; entry < count; entry++) if (isKnown[positions[entry]!]) wanted[entry] = 0
  return true
}

/** Walks a sorted run of ids and the known ones side by side. */
function matchRun(
  ids: Uint8Array,
  from: number,
  to: number,
  known: Uint8Array,
  hashBytes: number,
  isKnown: Uint8Array,
  isThere: Uint8Array,
): void {
  let k = 0
  for (let i = from; i < to && k < isThere.length; ) {
    const order = compareIds(ids, i, known, k, hashBytes)
    if (order === 0) {
      isKnown[i] = 1
      isThere[k] = 1
    }
    if (order <= 0) i += 1
    else k += 1
  }
}

/** Order of the i-th id of `a` and the j-th of `b`: below, above or equal to 0. */
export function compareIds(a: Uint8Array, i: number, b: Uint8Array, j: number, hashBytes: number): number {
  const [atA, atB] = [i * hashBytes, j * hashBytes]
  for (let n = 0; n < hashBytes; n++) {
    const order = a[atA + n]! - b[atB + n]!
    if (order !== 0) return order
  }
  return 0
}

/** All distinct ids of a plan, ascending, one behind the other. */
export function sortedIds(plan: {
  readonly ids: Uint8Array
  readonly hashBytes: number
  readonly packs: readonly { readonly first: number }[]
  readonly firstLoose: number
}): Uint8Array {
  const { ids, hashBytes, packs, firstLoose } = plan
  const run = (from: number, to: number) => ids.subarray(from * hashBytes, to * hashBytes)
  const runs = packs.map(({ first }, i) => run(first, packs[i + 1]?.first ?? firstLoose))
  for (let from = firstLoose; from * hashBytes < ids.length; ) {
    let to = from + 1
    while (to * hashBytes < ids.length && compareIds(ids, to - 1, ids, to, hashBytes) < 0) to += 1
    runs.push(run(from, to))
    from = to
  }
  let sorted: Uint8Array = new Uint8Array(0)
  for (const next of runs.sort((a, b) => a.length - b.length)) sorted = mergeIds(sorted, next, hashBytes)
  return sorted
}

/** Two ascending lists as one; what is in both is in it once. */
export function mergeIds(a: Uint8Array, b: Uint8Array, hashBytes: number): Uint8Array {
  const merged = new Uint8Array(a.length + b.length)
  const [countA, countB] = [a.length / hashBytes, b.length / hashBytes]
  let [i, j, size] = [0, 0, 0]
  while (i < countA || j < countB) {
    const order = i === countA ? 1 : j === countB ? -1 : compareIds(a, i, b, j, hashBytes)
    const id =
      order <= 0 ? a.subarray(i * hashBytes, ++i * hashBytes) : b.subarray(j * hashBytes, ++j * hashBytes)
    const isCopy = size > 0 && compareIds(merged, size - 1, id, 0, hashBytes) === 0
    if (!isCopy) merged.set(id, size++ * hashBytes)
  }
  return merged.subarray(0, size * hashBytes)
}
