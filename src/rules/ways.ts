// A pattern as a graph of the ways in which a backtracking engine can read a text: one arrow for each byte and way.
// Ways that differ only in how they went around without reading are told apart: the engine tries each of them.
import { ANY, type ByteSets, createByteSets, NONE } from './byte-sets.ts'
import { type AST, type ByteSet, elementBytesOf, isOneByte, merge, withoutCase } from './pattern.ts'

/** Repetitions whose limits are further apart are taken as endless; the others are written out. */
const WRITTEN_OUT = 8

export interface Way {
  readonly to: number
  /** The bytes (a set's number) on which the state it leaves can go this way. */
  readonly on: number
}

export interface Ways {
  readonly sets: ByteSets
  /** States in which a try begins. */
  readonly starts: readonly number[]
  /** For each state, its ways. */
  readonly next: readonly (readonly Way[])[]
  /** For each state, how far the limits of the innermost endless repetition it stands in are apart; 0: in none. */
  readonly spread: readonly number[]
  /** What look-behinds look for, other than one byte: patterns of their own. They count as true. */
  readonly asides: readonly (readonly AST.Alternative[])[]
}

/** A place in the pattern: a byte is read there, or something else comes first. */
interface Place {
  readonly jumps: number[]
  readonly read?: { readonly bytes: number; readonly to: number; readonly spread: number }
  /** What the byte behind, or the one before, must be. */
  readonly ahead?: number
  readonly before?: number
  /** Where a loop comes round: the place at which it began this time. */
  readonly roundOf?: number
}

/** What is reached from a place without reading. */
interface Arrival {
  readonly place: number
  readonly ahead: number
  readonly before: number
}

/** Throws RangeError when there are too many ways to list. */
export function waysOf(alternatives: readonly AST.Alternative[], ignoreCase: boolean): Ways {
  const sets = createByteSets()
  const { places, start, asides } = layOut(alternatives, { sets, ignoreCase })
  const next: Way[][] = []
  const spread: number[] = []
  const states = new Map<string, number>()
  const todo: { readonly bytes: number; readonly to: number }[] = []
  const stateOf = ({ place, ahead }: Arrival): number => {
    const read = places[place]!.read!
    const key = `${place},${ahead}`
    let state = states.get(key)
    if (state === undefined) {
      state = next.push([]) - 1
      states.set(key, state)
      spread.push(read.spread)
      todo.push({ bytes: sets.meet(read.bytes, ahead), to: read.to })
    }
    return state
  }
  const arrivals = new Map<number, Arrival[]>()
  const reach = (place: number): Arrival[] => {
    const known = arrivals.get(place) ?? arrivalsAt(places, place, sets)
    arrivals.set(place, known)
    return known
  }
  const starts = reach(start).map(stateOf)
  for (let state = 0; state < todo.length; state++) {
    const { bytes, to } = todo[state]!
    for (const arrival of reach(to)) {
      const on = sets.meet(bytes, arrival.before)
      if (on !== NONE) next[state]!.push({ to: stateOf(arrival), on })
    }
  }
  return { sets, starts: [...new Set(starts)], next, spread, asides }
}

const MOST_ARRIVALS = 100_000

function arrivalsAt(places: readonly Place[], from: number, sets: ByteSets): Arrival[] {
  const found: Arrival[] = []
  const passed = new Set<number>()
  let visits = 0
  const visit = (at: number, ahead: number, before: number): void => {
    if (++visits > MOST_ARRIVALS) throw new RangeError('too many ways through parts that can be empty')
    const place = places[at]!
    if (place.read) {
      if (sets.meet(place.read.bytes, ahead) !== NONE) found.push({ place: at, ahead, before })
      return
    }
    // An engine does not go around a loop again when the last time read nothing.
    if (place.roundOf !== undefined && passed.has(place.roundOf)) return
    passed.add(at)
    const nextAhead = sets.meet(ahead, place.ahead ?? ANY)
    const nextBefore = sets.meet(before, place.before ?? ANY)
    for (const jump of place.jumps) visit(jump, nextAhead, nextBefore)
    passed.delete(at)
  }
  visit(from, ANY, ANY)
  return found
}

interface Setting {
  readonly sets: ByteSets
  readonly ignoreCase: boolean
}

/** Tells the bytes (a set's number) of elements that take one. */
function createReader(sets: ByteSets, ignoreCase: boolean) {
  const known = new Map<string, number>()

  function bytesOf(element: AST.Element): number {
    let id = known.get(element.raw)
    if (id === undefined) {
      const bytes = elementBytesOf(element)
      id = sets.idOf(ignoreCase ? withoutCase(bytes) : bytes)
      known.set(element.raw, id)
    }
    return id
  }

  /** What all of these take; undefined when one of them is not one byte. */
  function oneByteOf(all: readonly AST.Alternative[]): ByteSet | undefined {
    const union = new Uint8Array(256)
    for (const { elements } of all) {
      if (elements.length !== 1 || !isOneByte(elements[0]!)) return undefined
      merge(union, sets.bytesOf(bytesOf(elements[0]!)))
    }
    return union
  }

  return { bytesOf, oneByteOf }
}

/** Built from the end: each part is given the place that follows. The same part before the same place stands once. */
function layOut(alternatives: readonly AST.Alternative[], { sets, ignoreCase }: Setting) {
  const places: Place[] = []
  const asides: (readonly AST.Alternative[])[] = []
  const known = new Map<string, number>()
  const { bytesOf, oneByteOf } = createReader(sets, ignoreCase)
  const place = (made: Place) => places.push(made) - 1
  const jump = (...jumps: number[]) => place({ jumps })

  const sequence = (elements: readonly AST.Element[], then: number, spread: number) =>
    elements.reduceRight((following, element) => part(element, following, spread), then)
  const anyOf = (all: readonly AST.Alternative[], then: number, spread: number) =>
    jump(...all.map(({ elements }) => sequence(elements, then, spread)))

  function part(element: AST.Element, then: number, spread: number): number {
    const key = `${then},${spread},${element.raw}`
    let at = known.get(key)
    if (at === undefined) {
      at = partAnew(element, then, spread)
      known.set(key, at)
    }
    return at
  }

  function partAnew(element: AST.Element, then: number, spread: number): number {
    switch (element.type) {
      case 'Assertion':
        return assertion(element, then)
      case 'Group':
      case 'CapturingGroup':
        return anyOf(element.alternatives, then, spread)
      case 'Quantifier':
        return repeated(element, then, spread)
      default:
        return place({ jumps: [], read: { bytes: bytesOf(element), to: then, spread } })
    }
  }

  function repeated({ element, min, max }: AST.Quantifier, then: number, spread: number): number {
    const isLong = max - min > WRITTEN_OUT || (max > WRITTEN_OUT && !isOneByte(element))
    let following = isLong ? endless(element, then, Math.max(spread, max - min)) : then
    if (!isLong) for (let i = min; i < max; i++) following = jump(part(element, following, spread), then)
    const atLeast = isOneByte(element) || !isLong ? min : Math.min(min, 1)
    for (let i = 0; i < atLeast; i++) following = part(element, following, spread)
    return following
  }

  function endless(element: AST.Element, then: number, spread: number): number {
    const start = jump()
    const round = place({ jumps: [start, then], roundOf: start })
    places[start]!.jumps.push(part(element, round, spread))
    return jump(start, then)
  }

  function assertion(element: AST.Assertion, then: number): number {
    if (element.kind !== 'lookahead' && element.kind !== 'lookbehind') return then
    const bytes = oneByteOf(element.alternatives)
    if (bytes === undefined) {
      // What is looked for ahead is read in vain, and then the rest; behind, it is another pattern.
      if (element.kind === 'lookahead') return jump(anyOf(element.alternatives, jump(), 0), then)
      asides.push(element.alternatives)
      return then
    }
    const wanted = sets.idOf(element.negate ? bytes.map((on) => 1 - on) : bytes)
    return place({ jumps: [then], [element.kind === 'lookahead' ? 'ahead' : 'before']: wanted })
  }

  const start = anyOf(alternatives, jump(), 0)
  return { places, start, asides }
}
