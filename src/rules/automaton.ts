// The beginning of a pattern as a finite automaton: one look at each byte says whether a match can begin there.
// It takes all that the pattern takes, and a little more: assertions count as true, what may be repeated up to n
// times may be repeated for ever, and what follows the first long run is not looked at any more.
import type { Automaton } from '../model/index.ts'
import {
  type AST,
  type ByteSet,
  classSource,
  elementBytesOf,
  isOneByte,
  merge,
  parsePattern,
  withoutCase,
} from './pattern.ts'

/** Set beside the next state when the beginning of a match has been read. */
const ACCEPT = 0x8000

/** A repetition of at least LONG settles it once ENOUGH have been seen: to count further makes far more states. */
const LONG = 8
const ENOUGH = 3
const MAX_STATES = 600

/** What has to follow at the place where the automaton accepts: the rest of the long run that settled it. */
interface Tail {
  readonly bytes: ByteSet
  length: number
}

interface Node {
  /** Nodes that are reached without a byte. */
  readonly jumps: number[]
  /** The node that one of these bytes leads to. */
  step?: { readonly bytes: ByteSet; readonly to: number }
}

/** The automaton of a pattern; undefined when it would become too large, or says nothing. */
export function automatonOf(source: string, ignoreCase: boolean): Automaton | undefined {
  return build(source, ignoreCase, (elements) => elements)
}

/** The automaton that reads what the pattern takes from its end backwards. */
export function backwardsOf(source: string): Automaton | undefined {
  return build(source, false, (elements) => elements.toReversed())
}

type Order = (elements: readonly AST.Element[]) => readonly AST.Element[]

function build(source: string, ignoreCase: boolean, order: Order): Automaton | undefined {
  const nodes: Node[] = []
  const tail: Tail = { bytes: new Uint8Array(256), length: Number.POSITIVE_INFINITY }
  const builder = createBuilder(nodes, { ignoreCase, tail, order })
  const accept = builder.node()
  const end = builder.node()
  const start = builder.alternatives(parsePattern(source).alternatives, end, accept)
  // Who comes to the end without a long run needs nothing more.
  nodes[end]!.jumps.push(accept)
  const table = determinise(nodes, start, accept)
  if (table === undefined) return undefined
  const hasTail = Number.isFinite(tail.length) && !reaches(nodes, start, end)
  return { ...table, tail: hasTail ? { bytes: classSource(tail.bytes), length: tail.length } : NO_TAIL }
}

const NO_TAIL = { bytes: '[\\x00-\\xff]', length: 0 }

/** Whether there is any way at all from one node to another. */
function reaches(nodes: readonly Node[], from: number, to: number): boolean {
  const seen = new Set([from])
  const stack = [from]
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === to) return true
    const { jumps, step } = nodes[at]!
    for (const next of step ? [...jumps, step.to] : jumps) {
      if (seen.has(next)) continue
      seen.add(next)
      stack.push(next)
    }
  }
  return false
}

/** Builds backwards: each part is given the node that follows it. */
function createBuilder(
  nodes: Node[],
  { ignoreCase, tail, order }: { readonly ignoreCase: boolean; readonly tail: Tail; readonly order: Order },
) {
  function node(jumps: number[] = []): number {
    return nodes.push({ jumps }) - 1
  }

  function alternatives(all: readonly AST.Alternative[], then: number, accept: number): number {
    return node(all.map(({ elements }) => sequence(elements, then, accept)))
  }

  function sequence(elements: readonly AST.Element[], then: number, accept: number): number {
    return order(elements).reduceRight((next, element) => part(element, next, accept), then)
  }

  function part(element: AST.Element, then: number, accept: number): number {
    switch (element.type) {
      case 'Assertion':
        return then
      case 'Group':
      case 'CapturingGroup':
        return alternatives(element.alternatives, then, accept)
      case 'Quantifier':
        return repeated(element, then, accept)
      default: {
        const bytes = elementBytesOf(element)
        const at = node()
        nodes[at]!.step = { bytes: ignoreCase ? withoutCase(bytes) : bytes, to: then }
        return at
      }
    }
  }

  function repeated({ element, min, max }: AST.Quantifier, then: number, accept: number): number {
    if (min >= LONG && isOneByte(element)) return settled(element, min, accept)
    return times(element, min, max > min ? anyTimes(element, then, accept) : then, accept)
  }

  function settled(element: AST.Element, min: number, accept: number): number {
    const bytes = elementBytesOf(element)
    merge(tail.bytes, ignoreCase ? withoutCase(bytes) : bytes)
    tail.length = Math.min(tail.length, min - ENOUGH)
    return times(element, ENOUGH, accept, accept)
  }

  function times(element: AST.Element, count: number, then: number, accept: number): number {
    let next = then
    for (let i = 0; i < count; i++) next = part(element, next, accept)
    return next
  }

  function anyTimes(element: AST.Element, then: number, accept: number): number {
    const loop = node([then])
    nodes[loop]!.jumps.push(part(element, loop, accept))
    return loop
  }

  return { node, alternatives }
}

/** Sets of nodes become states. */
function determinise(
  nodes: readonly Node[],
  start: number,
  accept: number,
): Omit<Automaton, 'tail'> | undefined {
  const { columns, samples } = columnsOf(nodes)
  const states: number[][] = [[], closure(nodes, [start])]
  if (states[1]!.includes(accept)) return undefined
  const numberOf = new Map([['', 0]])
  numberOf.set(states[1]!.join(), 1)
  const next: number[] = new Array(samples.length).fill(0)
  for (let state = 1; state < states.length; state++) {
    if (states.length > MAX_STATES) return undefined
    for (const byte of samples) {
      const targets = states[state]!.flatMap((at) => {
        const { step } = nodes[at]!
        return step?.bytes[byte] ? [step.to] : []
      })
      const all = closure(nodes, targets)
      const reached = all.filter((at) => at !== accept)
      const key = reached.join()
      let number = numberOf.get(key)
      if (number === undefined) {
        number = states.push(reached) - 1
        numberOf.set(key, number)
      }
      next.push(all.length > reached.length ? number | ACCEPT : number)
    }
  }
  return { columns: [...columns], width: samples.length, next }
}

/** All nodes that are reached without a byte, in order; only those that matter are kept: with a step, or the end. */
function closure(nodes: readonly Node[], from: readonly number[]): number[] {
  const seen = new Set<number>(from)
  const stack = [...from]
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (const to of nodes[at]!.jumps) {
      if (seen.has(to)) continue
      seen.add(to)
      stack.push(to)
    }
  }
  return [...seen]
    .filter((at) => nodes[at]!.step !== undefined || nodes[at]!.jumps.length === 0)
    .sort((a, b) => a - b)
}

/** Bytes that no step tells apart share a column; one sample of each. */
function columnsOf(nodes: readonly Node[]): { columns: Uint8Array; samples: number[] } {
  const sets = nodes.flatMap(({ step }) => (step ? [step.bytes] : []))
  const columns = new Uint8Array(256)
  const samples: number[] = []
  const known = new Map<string, number>()
  for (let byte = 0; byte < 256; byte++) {
    const key = sets.map((set) => set[byte]).join('')
    let column = known.get(key)
    if (column === undefined) {
      column = samples.push(byte) - 1
      known.set(key, column)
    }
    columns[byte] = column
  }
  return { columns, samples }
}
