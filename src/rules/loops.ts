// Loops of a pattern's ways: whether one can be gone around in two ways, and whether one can hand its bytes to another.
import { type ByteSets, NONE } from './byte-sets.ts'
import type { Way, Ways } from './ways.ts'

export interface Loops {
  readonly ways: Ways
  /** The component of each state; ways lead to the same number or a smaller one. */
  readonly component: Int32Array
  /** The states of each component that is a loop, by its number. */
  readonly members: ReadonlyMap<number, readonly number[]>
}

/** Whether there are two different ways from a state of the loop back to it on the same bytes. */
export function isExponential({ ways: { next, sets }, component, members }: Loops, loop: number): boolean {
  const states = members.get(loop)!
  const inside = new Map(
    states.map((state) => [state, next[state]!.filter(({ to }) => component[to] === loop)]),
  )
  if (states.some((state) => hasTwins(inside.get(state)!, sets))) return true
  // Pairs of states that are reached together from one state: do both come to one state together again?
  const size = next.length
  const together = states.map((state) => state * size + state)
  const pairs = new Set(together)
  const origins = new Map<number, number[]>()
  for (const pair of pairs) {
    for (const a of inside.get(Math.floor(pair / size))!) {
      for (const b of inside.get(pair % size)!) {
        if (sets.meet(a.on, b.on) === NONE) continue
        const reached = a.to * size + b.to
        pairs.add(reached)
        origins.set(reached, [...(origins.get(reached) ?? []), pair])
      }
    }
  }
  const joined = new Set(together)
  for (const pair of joined) for (const origin of origins.get(pair) ?? []) joined.add(origin)
  return [...joined].some((pair) => Math.floor(pair / size) !== pair % size)
}

/** Two ways to one state on the same byte. */
function hasTwins(ways: readonly Way[], sets: ByteSets): boolean {
  return ways.some((a, i) => ways.some((b, j) => j > i && a.to === b.to && sets.meet(a.on, b.on) !== NONE))
}

interface Pair {
  readonly from: number
  readonly to: number
  /** The states that can be reached from the first loop. */
  readonly reached: ReadonlySet<number>
}

/** A state of one loop and one of the other, and bytes that lead from each to itself, and from the first to the second. */
export interface HandedOn {
  readonly at: number
  readonly to: number
  readonly pump: readonly number[]
}

export function handOn(loops: Loops, pair: Pair): HandedOn | undefined {
  for (const p of loops.members.get(pair.from)!) {
    for (const q of loops.members.get(pair.to)!) {
      const pump = pumpOf(loops, p, q, pair)
      if (pump) return { at: p, to: q, pump }
    }
  }
  return undefined
}

interface Triple {
  readonly x: number
  readonly y: number
  readonly z: number
  readonly origin?: { readonly triple: Triple; readonly on: number }
}

function pumpOf(loops: Loops, p: number, q: number, pair: Pair): readonly number[] | undefined {
  const size = loops.ways.next.length
  const seen = new Set<number>()
  const open: Triple[] = [{ x: p, y: p, z: q }]
  for (const triple of open) {
    for (const reached of onwards(loops, triple, pair)) {
      if (reached.x === p && reached.y === q && reached.z === q) return bytesTo(reached, loops.ways.sets)
      const key = (reached.x * size + reached.y) * size + reached.z
      if (seen.has(key)) continue
      seen.add(key)
      open.push(reached)
    }
  }
  return undefined
}

/** One byte on: the first in its loop, the last in its own, and between them who is on the way. */
function* onwards({ ways: { next, sets }, component }: Loops, triple: Triple, { from, to, reached }: Pair) {
  for (const a of next[triple.x]!) {
    if (component[a.to] !== from) continue
    for (const c of next[triple.z]!) {
      const both = component[c.to] === to ? sets.meet(a.on, c.on) : NONE
      if (both === NONE) continue
      for (const b of next[triple.y]!) {
        if (component[b.to]! < to || !reached.has(b.to)) continue
        const on = sets.meet(both, b.on)
        if (on !== NONE) yield { x: a.to, y: b.to, z: c.to, origin: { triple, on } } as Triple
      }
    }
  }
}

function bytesTo({ origin }: Triple, sets: ByteSets): readonly number[] {
  return origin === undefined ? [] : [...bytesTo(origin.triple, sets), sets.sampleOf(origin.on)]
}
