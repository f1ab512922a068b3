// Of a pattern that ends with its secret: how the secret's run of bytes begins and ends. What stands before and behind
// it tells more than the run alone: a path, a hash in a URL or a longer token is none.
import { type AST, type ByteSet, classSource, endBytes, parsePattern, withoutCase } from './pattern.ts'
import { bitsOf, extentOf, type RequiredRun } from './required-run.ts'

/** Shorter secrets stand everywhere. */
const LEAST_LENGTH = 8
const LEAST_BITS = 4

/** The secret as a run, where it is the pattern's last part and something must stand before it; undefined elsewhere. */
export function valueRun(source: string, ignoreCase: boolean): RequiredRun | undefined {
  const { alternatives } = parsePattern(source)
  const elements = alternatives[0]!.elements
  const last = elements.at(-1)
  if (alternatives.length > 1 || last?.type !== 'CapturingGroup' || last.name !== 'secret') return undefined
  const before = elements.slice(0, -1)
  const behind = endBytes(before)
  if (behind === undefined || last.alternatives.length > 1) return undefined
  const value = last.alternatives[0]!.elements
  const { bytes, min: length, max } = sum(value, ignoreCase)
  const { min: from, max: to } = sum(before, ignoreCase)
  const allowed = behind.map((on, byte) => (on && !refuses(value[0], byte, 'lookbehind') ? 1 : 0))
  if (length < LEAST_LENGTH || bitsOf({ bytes, length, from: 0, to: 0 }) < LEAST_BITS) return undefined
  // Where nothing of the class may follow, the secret ends with its run.
  const isWhole = bytes.every((on, byte) => !on || refuses(value.at(-1), byte, 'lookahead'))
  return {
    bytes: classSource(bytes),
    length,
    from,
    to,
    behind: classSource(ignoreCase ? withoutCase(allowed) : allowed),
    ...(isWhole ? { most: max } : {}),
  }
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

/** Whether an assertion of one class says that the byte must not stand there. */
function refuses(element: AST.Element | undefined, byte: number, kind: 'lookahead' | 'lookbehind'): boolean {
  if (element?.type !== 'Assertion' || element.kind !== kind || !element.negate) return false
  const [only, ...more] = element.alternatives
  if (more.length > 0 || only?.elements.length !== 1) return false
  const [inner] = only.elements
  if (inner!.type !== 'CharacterClass' && inner!.type !== 'CharacterSet' && inner!.type !== 'Character')
    return false
  return extentOf(inner!, false).bytes[byte] === 1
}
