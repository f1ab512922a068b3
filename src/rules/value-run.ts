// The secret of a pattern as a run of bytes: what stands directly before it, and where it ends. That tells more than
// the run alone: a path, a hash in a URL or a longer token is none.
import {
  type AST,
  type ByteSet,
  classSource,
  edgeBytes,
  endBytes,
  isOneByte,
  parsePattern,
  withoutCase,
} from './pattern.ts'
import {
  bitsOf,
  type Candidate,
  extentOf,
  extentOfAll,
  type RequiredRun,
  rarestRun,
  union,
  written,
} from './required-run.ts'

/** Shorter secrets stand everywhere. */
const LEAST_LENGTH = 8
const LEAST_BITS = 4
/** What being a whole token is worth, in bits. */
const WHOLE = 6

const EVERY_BYTE: ByteSet = new Uint8Array(256).fill(1)

/** What is known of the rule beside its pattern. */
export interface Surroundings {
  readonly ignoreCase: boolean
  /** A match begins at a boundary. */
  readonly bounded: boolean
  /** Bytes that can't follow a match. */
  readonly right: ByteSet | undefined
  /** The keyword stands close before the secret, or a general name of one does. */
  readonly named: boolean
}

interface Parts {
  readonly before: readonly AST.Element[]
  readonly value: readonly AST.Element[]
  readonly after: readonly AST.Element[]
}

/** The run that tells most of a rule's matches: the secret as a whole, unless a part of the pattern is much rarer. */
export function tellingRun(source: string, surroundings: Surroundings): RequiredRun | undefined {
  const part = rarestRun(source, surroundings.ignoreCase)
  const whole = valueRun(source, surroundings)
  const best = whole && (!part || whole.named || bitsOf(whole) + WHOLE >= bitsOf(part)) ? whole : part
  return best && written(best)
}

/** The secret as a run; undefined where it is too common or can't be told. */
function valueRun(
  source: string,
  { ignoreCase, bounded, right, named }: Surroundings,
): Candidate | undefined {
  const parts = partsOf(source)
  if (parts === undefined) return undefined
  const { before, value, after } = parts
  const { bytes, min: length, max } = extentOfAll(value, ignoreCase)
  if (length < LEAST_LENGTH || bitsOf({ bytes, length, from: 0, to: 0 }) < LEAST_BITS) return undefined
  const { min: from, max: to } = extentOfAll(before, ignoreCase)
  const isEdge = to === 0
  if (isEdge && !bounded) return undefined
  const ends = isEdge ? EVERY_BYTE : endBytes(before)
  if (ends === undefined) return undefined
  const refusesBefore = union(refusal(value, 'lookbehind'), refusal(before.toReversed(), 'lookbehind'))
  const refusesBehind = union(refusal(value.toReversed(), 'lookahead'), refusal(after, 'lookahead'))
  const follows = followers(after, right)
  // Where nothing of the class may follow, the secret ends with its run.
  const isWhole = bytes.every((on, byte) => !on || refusesBehind[byte] || !follows[byte])
  return {
    bytes,
    length,
    from,
    to,
    behind: classSource(without(ignoreCase ? withoutCase(ends) : ends, refusesBefore)),
    ...(isEdge ? { edge: true } : {}),
    ...(isWhole ? { most: max } : {}),
    ...(named ? { named: true } : {}),
  }
}

/** Bytes that can stand directly behind the secret: the first of what follows, or what no boundary forbids. */
function followers(after: readonly AST.Element[], right: ByteSet | undefined): ByteSet {
  if (extentOfAll(after, false).min > 0) return edgeBytes([{ elements: after }], 'first') ?? EVERY_BYTE
  return right === undefined ? EVERY_BYTE : without(EVERY_BYTE, right)
}

function without(bytes: ByteSet, fewer: ByteSet): ByteSet {
  return bytes.map((on, byte) => on & ~fewer[byte]!)
}

/** The group `secret` at the pattern's top level and what stands around it; a pattern without such a group is all secret. */
function partsOf(source: string): Parts | undefined {
  const [only, ...more] = parsePattern(source).alternatives
  if (only === undefined || more.length > 0) return undefined
  const { elements } = only
  const at = elements.findIndex((e) => e.type === 'CapturingGroup' && e.name === 'secret')
  if (at < 0) return source.includes('(?<secret>') ? undefined : { before: [], value: elements, after: [] }
  const group = elements[at] as AST.CapturingGroup
  if (group.alternatives.length > 1) return undefined
  return {
    before: elements.slice(0, at),
    value: group.alternatives[0]!.elements,
    after: elements.slice(at + 1),
  }
}

/** The bytes that assertions at an edge of the secret refuse; those of more than one byte say nothing here. */
function refusal(assertions: readonly AST.Element[], kind: 'lookahead' | 'lookbehind'): ByteSet {
  const refused: ByteSet = new Uint8Array(256)
  for (const assertion of assertions) {
    if (assertion.type !== 'Assertion') break
    if (assertion.kind !== kind || !assertion.negate) continue
    const [only, ...more] = assertion.alternatives
    const [inner, ...rest] = only?.elements ?? []
    if (more.length > 0 || rest.length > 0 || inner === undefined || !isOneByte(inner)) continue
    for (const [byte, on] of extentOf(inner, false).bytes.entries()) refused[byte] ||= on
  }
  return refused
}
