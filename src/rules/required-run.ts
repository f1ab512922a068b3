// What every match of a pattern must hold: the run of bytes of one class that is rarest in source text. A place
// without such a run near it can't be a match, and to see that costs far less than to try the pattern.
import {
  type AST,
  type ByteSet,
  classSource,
  elementBytesOf,
  merge,
  parsePattern,
  withoutCase,
} from './pattern.ts'

/** Somewhere in each match, `from` to `to` bytes behind its start, `length` bytes of `bytes` stand in a row. */
export interface RequiredRun {
  /** Character-class source, such as `[0-9a-f]`. */
  readonly bytes: string
  readonly length: number
  readonly from: number
  readonly to: number
  /** Class of the bytes one of which stands directly before it. */
  readonly behind?: string
  /** A token begins there: nothing that belongs to it stands before; only with `behind`. */
  readonly edge?: boolean
  /** The keyword stands close before it, or a general name of a secret does; only with `behind`. */
  readonly named?: boolean
  /** It ends where its bytes do, and is not longer. Only with `behind`. */
  readonly most?: number
}

/** Shorter or more common runs than this (in bits) stand everywhere: they'd be looked for in vain. */
const LEAST_BITS = 4
/** A longer run says nothing more, and costs the look at a longer window. */
const MAX_LENGTH = 64

/** A class of so few bytes is a letter in both cases, or a choice of separators. */
const FEW = 5

/** A run before it is written down. */
export type Candidate = Omit<RequiredRun, 'bytes'> & { readonly bytes: ByteSet }

/** All bytes an element can take, and how many of them. */
interface Extent {
  readonly bytes: ByteSet
  readonly min: number
  readonly max: number
}

/** The rarest run that each match of `source` holds; undefined when none is rare. */
export function requiredRun(source: string, ignoreCase: boolean): RequiredRun | undefined {
  const best = rarestRun(source, ignoreCase)
  return best && written(best)
}

/** The same, not yet written down. */
export function rarestRun(source: string, ignoreCase: boolean): Candidate | undefined {
  const { alternatives } = parsePattern(source)
  const best = bestOfAlternatives(alternatives, ignoreCase)
  if (best === undefined || bitsOf(best) < LEAST_BITS) return undefined
  return { ...best, length: Math.min(best.length, MAX_LENGTH) }
}

export function written({ bytes, ...more }: Candidate): RequiredRun {
  return { bytes: classSource(bytes), ...more }
}

/** One of the alternatives matches: the run has the shortest length, any of their bytes, any of their places. */
function bestOfAlternatives(
  alternatives: readonly AST.Alternative[],
  ignoreCase: boolean,
): Candidate | undefined {
  let all: Candidate | undefined
  for (const alternative of alternatives) {
    const best = bestOf(alternative, ignoreCase)
    if (best === undefined) return undefined
    all = all === undefined ? best : either(all, best)
  }
  return all
}

function either(a: Candidate, b: Candidate): Candidate {
  return {
    bytes: union(a.bytes, b.bytes),
    length: Math.min(a.length, b.length),
    from: Math.min(a.from, b.from),
    to: Math.max(a.to, b.to),
  }
}

/** The rarest of all stretches of neighbouring elements, and of what their groups hold. */
function bestOf(alternative: AST.Alternative, ignoreCase: boolean): Candidate | undefined {
  const extents = alternative.elements.map((element) => extentOf(element, ignoreCase))
  let best: Candidate | undefined
  const offer = (candidate: Candidate | undefined) => {
    if (candidate !== undefined && (best === undefined || bitsOf(candidate) > bitsOf(best))) best = candidate
  }
  let [from, to] = [0, 0]
  let leading = true // the literal beginning is the keyword, which has been found already
  for (const [i, element] of alternative.elements.entries()) {
    let stretch: Extent = { bytes: new Uint8Array(256), min: 0, max: 0 }
    let isLeading = leading
    for (let j = i; j < extents.length; j++) {
      stretch = joined(stretch, extents[j]!)
      isLeading &&= isWord(alternative.elements[j]!)
      if (stretch.min > 0 && !isLeading) offer({ bytes: stretch.bytes, length: stretch.min, from, to })
    }
    leading &&= isWord(element)
    if (!leading) offer(shifted(withinGroup(element, ignoreCase), from, to))
    from += extents[i]!.min
    to += extents[i]!.max
  }
  return best
}

/** A character, an assertion, or a choice between words. */
function isWord(element: AST.Element): boolean {
  if (element.type === 'Character' || element.type === 'Assertion') return true
  if (element.type === 'CharacterClass') return countBytes(elementBytesOf(element)) <= FEW
  if (element.type !== 'Group' && element.type !== 'CapturingGroup') return false
  return element.alternatives.every(({ elements }) => elements.every(isWord))
}

function countBytes(bytes: ByteSet): number {
  let count = 0
  for (let byte = 0; byte < 256; byte++) count += bytes[byte]!
  return count
}

function withinGroup(element: AST.Element, ignoreCase: boolean): Candidate | undefined {
  if (element.type === 'Quantifier')
    return element.min > 0 ? withinGroup(element.element, ignoreCase) : undefined
  if (element.type !== 'Group' && element.type !== 'CapturingGroup') return undefined
  return bestOfAlternatives(element.alternatives, ignoreCase)
}

function shifted(candidate: Candidate | undefined, from: number, to: number): Candidate | undefined {
  return candidate && { ...candidate, from: candidate.from + from, to: candidate.to + to }
}

export function extentOf(element: AST.Element, ignoreCase: boolean): Extent {
  switch (element.type) {
    case 'Assertion':
      return { bytes: new Uint8Array(256), min: 0, max: 0 }
    case 'Quantifier': {
      const { bytes, min, max } = extentOf(element.element, ignoreCase)
      return { bytes, min: element.min * min, max: element.max * max }
    }
    case 'Group':
    case 'CapturingGroup': {
      const all = element.alternatives.map(({ elements }) => extentOfAll(elements, ignoreCase))
      return {
        bytes: all.map(({ bytes }) => bytes).reduce(union),
        min: Math.min(...all.map(({ min }) => min)),
        max: Math.max(...all.map(({ max }) => max)),
      }
    }
    default: {
      const bytes = elementBytesOf(element)
      return { bytes: ignoreCase ? withoutCase(bytes) : bytes, min: 1, max: 1 }
    }
  }
}

/** The same for elements one after the other. */
export function extentOfAll(elements: readonly AST.Element[], ignoreCase: boolean): Extent {
  return elements.map((element) => extentOf(element, ignoreCase)).reduce(joined, NOTHING)
}

const NOTHING: Extent = { bytes: new Uint8Array(256), min: 0, max: 0 }

function joined(a: Extent, b: Extent): Extent {
  return { bytes: union(a.bytes, b.bytes), min: a.min + b.min, max: a.max + b.max }
}

export function union(a: ByteSet, b: ByteSet): ByteSet {
  const both = a.slice()
  merge(both, b)
  return both
}

/** How often a byte stands in source text, in thousandths; letters and what joins them stand in words. */
function commonness(byte: number): number {
  if (byte >= 0x61 && byte <= 0x7a) return 'etaoinsrlc'.includes(String.fromCharCode(byte)) ? 45 : 11
  if (byte >= 0x41 && byte <= 0x5a) return 2.5
  if (byte >= 0x30 && byte <= 0x39) return 4
  if (byte === 0x20) return 160
  return '\n"\'.,/_-:;(){}=<>'.includes(String.fromCharCode(byte)) ? 9 : 1
}

/** Words end sooner than if each byte were drawn by itself. */
const WORDS_END = 1.5

const COMMONNESS = Float64Array.from({ length: 256 }, (_, byte) => commonness(byte) / 1000)

/** How rare a run is: the logarithm of one in how many places holds one. */
export function bitsOf({ bytes, length, from, to }: Candidate): number {
  let share = 0
  for (let byte = 0; byte < 256; byte++) if (bytes[byte]) share += COMMONNESS[byte]!
  const length1 = Math.min(length, MAX_LENGTH)
  return -Math.log2(Math.min(1, share)) * length1 * WORDS_END - Math.log2(1 + to - from)
}
