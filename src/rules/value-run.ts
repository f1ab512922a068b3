// The secret of a pattern as a run of bytes: what stands directly before it, and where it ends. That tells more than
// the run alone: a path, a hash in a URL or a longer token is none.
import {
  type AST,
  type ByteSet,
  classSource,
  edgeBytes,
  endBytes,
  parsePattern,
  withoutCase,
} from './pattern.ts'
import { bitsOf, extentOf, type RequiredRun, union } from './required-run.ts'

/** Shorter secrets stand everywhere. */
const LEAST_LENGTH = 8
const LEAST_BITS = 4

/** What is known of the rule beside its pattern. */
export interface Surroundings {
  readonly ignoreCase: boolean
  /** A match begins at a boundary. */
  readonly bounded: boolean
  /** Bytes that can't follow a match. */
  readonly right: ByteSet | undefined
}

interface Parts {
  readonly before: readonly AST.Element[]
  readonly value: readonly AST.Element[]
  readonly after: readonly AST.Element[]
}

/** The secret as a run; undefined where it is too common or can't be told. */
export function valueRun(
  source: string,
  { ignoreCase, bounded, right }: Surroundings,
): RequiredRun | undefined {
  const parts = partsOf(source)
  if (parts === undefined) return undefined
  const { before, value, after } = parts
  const { bytes, min: length, max } = sum(value, ignoreCase)
  if (length < LEAST_LENGTH || bitsOf({ bytes, length, from: 0, to: 0 }) < LEAST_BITS) return undefined
  const { min: from, max: to } = sum(before, ignoreCase)
  const isEdge = to === 0
  if (isEdge && !bounded) return undefined
  const ends = isEdge ? new Uint8Array(256).fill(1) : endBytes(before)
  if (ends === undefined) return undefined
  const refusesBefore = union(refusal(value, 'lookbehind'), refusal(before.toReversed(), 'lookbehind'))
  const behind = (ignoreCase ? withoutCase(ends) : ends).map((on, byte) => on & ~refusesBefore[byte]!)
  const refusesBehind = union(refusal(value.toReversed(), 'lookahead'), refusal(after, 'lookahead'))
  const next = after.length > 0 ? edgeBytes([{ elements: after }], 'first') : undefined
  // Where nothing of the class may follow, the secret ends with its run.
  const isWhole = bytes.every((on, byte) => {
    if (!on || refusesBehind[byte]) return true
    return isConsuming(after) ? next !== undefined && !next[byte] : right?.[byte] === 1
  })
  return {
    bytes: classSource(bytes),
    length,
    from,
    to,
    behind: classSource(behind),
    ...(isEdge ? { edge: true } : {}),
    ...(isWhole ? { most: max } : {}),
  }
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

function isConsuming(elements: readonly AST.Element[]): boolean {
  return elements.some((element) => extentOf(element, false).min > 0)
}

function sum(elements: readonly AST.Element[], ignoreCase: boolean) {
  const bytes: ByteSet = new Uint8Array(256)
  let [min, max] = [0, 0]
  for (const element of elements) {
    const extent = extentOf(element, ignoreCase)
    for (let byte = 0; byte < 256; byte++) bytes[byte] ||= extent.bytes[byte]!
    min += extent.min
    max += extent.max
  }
  return { bytes, min, max }
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

function isOneByte({ type }: AST.Element): boolean {
  return type === 'CharacterClass' || type === 'CharacterSet' || type === 'Character'
}
