// Counts the steps that a backtracking engine takes to try a pattern everywhere in a text: the same on every machine.
import { type AST, elementBytesOf, isOneByte, parsePattern, withoutCase } from './pattern.ts'

/** Goes on behind `at`; true when the rest matches. */
type Then = (at: number) => boolean
type Node = (at: number, then: Then) => boolean

interface Walk {
  readonly bytes: Uint8Array
  readonly ignoreCase: boolean
  steps: number
  readonly limit: number
}

const TOO_MANY = Symbol('more steps than the limit')
const always: Then = () => true

export interface Counted {
  /** `limit` + 1 when there were more. */
  readonly steps: number
  /** Where the matches that were found by then start and end. */
  readonly matches: readonly (readonly [start: number, end: number])[]
}

/** Looks for every match of `regex` in latin1 `text`, for at most `limit` steps. */
export function countSteps(regex: RegExp, text: string, limit: number): Counted {
  const walk: Walk = {
    bytes: Buffer.from(text, 'latin1'),
    ignoreCase: regex.ignoreCase,
    steps: 0,
    limit,
  }
  const pattern = anyOf(parsePattern(regex.source).alternatives, walk)
  const matches: [number, number][] = []
  try {
    for (let at = 0; at <= walk.bytes.length; ) {
      let end = -1
      pattern(at, (behind) => {
        end = behind
        return true
      })
      if (end >= 0) matches.push([at, end])
      at = Math.max(end, at + 1)
    }
  } catch (thrown) {
    if (thrown !== TOO_MANY) throw thrown
  }
  return { steps: walk.steps, matches }
}

function step(walk: Walk): void {
  if (++walk.steps > walk.limit) throw TOO_MANY
}

function anyOf(alternatives: readonly AST.Alternative[], walk: Walk): Node {
  const nodes = alternatives.map((each) => inOrder(each.elements.map((element) => nodeOf(element, walk))))
  return (at, then) => nodes.some((node) => node(at, then))
}

function inOrder(nodes: readonly Node[]): Node {
  return nodes.reduceRight<Node>(
    (rest, node) => (at, then) => node(at, (behind) => rest(behind, then)),
    (at, then) => then(at),
  )
}

function nodeOf(element: AST.Element, walk: Walk): Node {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return anyOf(element.alternatives, walk)
    case 'Assertion':
      return assertion(element, walk)
    case 'Quantifier':
      return isOneByte(element.element) ? run(element, walk) : repeated(element, walk)
    default: {
      const takes = oneByte(element, walk)
      return (at, then) => takes(at) && then(at + 1)
    }
  }
}

function oneByte(element: AST.Element, walk: Walk): (at: number) => boolean {
  const own = elementBytesOf(element)
  const set = walk.ignoreCase ? withoutCase(own) : own
  return (at) => {
    step(walk)
    return at < walk.bytes.length && set[walk.bytes[at]!] === 1
  }
}

/** A class with a count: as many as there are, then fewer; or the other way round when it is lazy. */
function run({ element, min, max, greedy }: AST.Quantifier, walk: Walk): Node {
  const takes = oneByte(element, walk)
  return (at, then) => {
    let count = 0
    const upTo = greedy ? max : min
    while (count < upTo && takes(at + count)) count++
    if (count < min) return false
    if (greedy) {
      for (; count >= min; count--) if (then(at + count)) return true
      return false
    }
    for (; ; count++) {
      if (then(at + count)) return true
      if (count >= max || !takes(at + count)) return false
    }
  }
}

function repeated({ element, min, max, greedy }: AST.Quantifier, walk: Walk): Node {
  const node = nodeOf(element, walk)
  const from = (count: number, at: number, then: Then): boolean => {
    step(walk)
    const more = () => count < max && node(at, (behind) => behind > at && from(count + 1, behind, then))
    const enough = () => count >= min && then(at)
    return greedy ? more() || enough() : enough() || more()
  }
  return (at, then) => from(0, at, then)
}

function assertion(element: AST.Assertion, walk: Walk): Node {
  if (element.kind === 'lookahead' || element.kind === 'lookbehind') {
    const inner = anyOf(element.alternatives, walk)
    const lengths = lengthsOf(element.alternatives)
    const holds =
      element.kind === 'lookahead'
        ? (at: number) => inner(at, always)
        : (at: number) => endsAt(inner, at, lengths)
    return (at, then) => holds(at) !== element.negate && then(at)
  }
  const { bytes } = walk
  const isWord = (at: number) => at >= 0 && at < bytes.length && /\w/.test(String.fromCharCode(bytes[at]!))
  return (at, then) => {
    step(walk)
    if (element.kind === 'start') return at === 0 && then(at)
    if (element.kind === 'end') return at === bytes.length && then(at)
    const isNegated = element.kind === 'word' && element.negate
    return (isWord(at - 1) !== isWord(at)) !== isNegated && then(at)
  }
}

/** Whether `inner`, which takes from `least` to `most` bytes, matches up to exactly `at`. */
function endsAt(inner: Node, at: number, [least, most]: Lengths): boolean {
  for (let back = least; back <= Math.min(at, most); back++)
    if (inner(at - back, (behind) => behind === at)) return true
  return false
}

type Lengths = readonly [least: number, most: number]

function lengthsOf(alternatives: readonly AST.Alternative[]): Lengths {
  const each = alternatives.map(({ elements }) => {
    const lengths = elements.map(lengthsOfElement)
    const sum = (which: 0 | 1) => lengths.reduce((total, length) => total + length[which], 0)
    return [sum(0), sum(1)] as const
  })
  return [Math.min(...each.map(([least]) => least)), Math.max(...each.map(([, most]) => most))]
}

function lengthsOfElement(element: AST.Element): Lengths {
  if (element.type === 'Assertion') return [0, 0]
  if (element.type === 'Group' || element.type === 'CapturingGroup') return lengthsOf(element.alternatives)
  if (element.type !== 'Quantifier') return [1, 1]
  const [least, most] = lengthsOfElement(element.element)
  return [least * element.min, most * element.max]
}
