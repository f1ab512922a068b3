// How a backtracking engine slows down with a pattern: in how many ways can it read the same text?
// Two ways around one loop on the same bytes: exponentially many. A chain of d + 1 loops, each of which can hand its
// bytes to the next: n^d ways to read n bytes (Weber and Seidl, "On the degree of ambiguity of finite automata", 1991).
// What look-arounds of more than one byte look for counts as found, so the answer may be too high, and is never too low.
import type { ByteSets } from './byte-sets.ts'
import { componentsOf } from './components.ts'
import { handOn, isExponential, type Loops } from './loops.ts'
import { type AST, parsePattern } from './pattern.ts'
import { type Ways, waysOf } from './ways.ts'

/** Repetitions whose limits are not further apart make a factor, not a power. */
const SHORT = 64

export interface Growth {
  /** The steps of one try grow with the text's length to this power; Infinity: exponentially. */
  readonly power: number
  /** Texts of about so many bytes that take so many steps: what leads there, and then what is read in many ways. */
  attack(bytes: number): string
}

/** Judges a pattern without those of its limits that let a repetition vary by more than 8. Throws RangeError. */
export function growthOf(pattern: { readonly source: string; readonly ignoreCase: boolean }): Growth {
  return growth(parsePattern(pattern.source).alternatives, pattern.ignoreCase)
}

function growth(alternatives: readonly AST.Alternative[], ignoreCase: boolean): Growth {
  const ways = waysOf(alternatives, ignoreCase)
  const loops = loopsOf(ways)
  const chain = longestChain(loops)
  const isEndless = [...loops.members.keys()].some((loop) => isExponential(loops, loop))
  const asides = new Map(ways.asides.map((aside) => [aside.map(({ raw }) => raw).join('|'), aside]))
  const inside = [...asides.values()].map((aside) => growth(aside, ignoreCase).power)
  return {
    power: (isEndless ? Number.POSITIVE_INFINITY : chain.length) + Math.max(0, ...inside),
    attack: (bytes) => attackOn(ways, chain, bytes),
  }
}

function loopsOf(ways: Ways): Loops {
  const component = componentsOf(ways.next)
  const members = new Map<number, number[]>()
  component.forEach((number, state) => {
    if (!ways.next[state]!.some(({ to }) => component[to] === number)) return
    const known = members.get(number)
    if (known) known.push(state)
    else members.set(number, [state])
  })
  return { ways, component, members }
}

/** A loop of a chain: where it is entered, the bytes that go around it, and the state of the next that they reach. */
interface Link {
  readonly at: number
  readonly pump: readonly number[]
  readonly to: number
}

/** The longest chain of long loops that can hand their bytes on. */
function longestChain(loops: Loops): readonly Link[] {
  const { ways, members } = loops
  const long = [...members].filter(([, states]) => states.some((state) => ways.spread[state]! > SHORT))
  const best = new Map<number, readonly Link[]>()
  // From the end: a component's ways lead to smaller numbers.
  for (const [from, states] of long.sort(([a], [b]) => a - b)) {
    const reached = reachable(ways.next, states)
    let chain: readonly Link[] = [alone(loops, from)]
    for (const [to, rest] of best) {
      if (rest.length < chain.length || !reached.has(members.get(to)![0]!)) continue
      const handed = handOn(loops, { from, to, reached })
      if (handed) chain = [handed, ...rest]
      else if (rest.length > chain.length) chain = rest
    }
    best.set(from, chain)
  }
  return [...best.values()].reduce((a, b) => (b.length > a.length ? b : a), [])
}

/** Once around the loop, from one of its states. */
function alone({ ways, component, members }: Loops, loop: number): Link {
  const at = members.get(loop)![0]!
  const pump = shortest(ways, { from: [at], to: at, within: (state) => component[state] === loop })
  return { at, pump, to: at }
}

function reachable(next: Ways['next'], from: readonly number[]): Set<number> {
  const reached = new Set(from)
  for (const state of reached) for (const { to } of next[state]!) reached.add(to)
  return reached
}

/** The shortest bytes that lead from one of the states, by one step at least, to another; none when there are none. */
function shortest(
  { next, sets }: Ways,
  { from, to, within }: { from: readonly number[]; to: number; within?: (state: number) => boolean },
): readonly number[] {
  const origins = new Map<number, { readonly state: number; readonly on: number }>()
  const open = [...from]
  for (const state of open) {
    for (const way of next[state]!) {
      if (origins.has(way.to) || within?.(way.to) === false) continue
      origins.set(way.to, { state, on: way.on })
      open.push(way.to)
      if (way.to === to) return spelt(origins, { from, to, sets })
    }
  }
  return []
}

function spelt(
  origins: ReadonlyMap<number, { readonly state: number; readonly on: number }>,
  { from, to, sets }: { from: readonly number[]; to: number; sets: ByteSets },
): readonly number[] {
  const text: number[] = []
  for (let at = to; ; ) {
    const { state, on } = origins.get(at)!
    text.unshift(sets.sampleOf(on))
    if (from.includes(state)) return text
    at = state
  }
}

/** What leads to each loop of the chain, and its bytes over and over; then a byte that fits nowhere. */
function attackOn(ways: Ways, chain: readonly Link[], bytes: number): string {
  const text: number[] = []
  let at: number | undefined
  for (const link of chain) {
    const from = at === undefined ? ways.starts : [at]
    if (!from.includes(link.at)) text.push(...shortest(ways, { from, to: link.at }))
    const times = Math.ceil(bytes / chain.length / link.pump.length)
    for (let i = 0; i < times; i++) text.push(...link.pump)
    at = link.to
  }
  return `${Buffer.from(text).toString('latin1')}\0`
}
