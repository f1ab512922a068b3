// The bytes that parts of a pattern take, and those with which it can begin and end.
import type { AST } from './pattern.ts'

/** Set of bytes: 256 flags. */
export type ByteSet = Uint8Array

/** What one alternative holds. */
interface Elements {
  readonly elements: readonly AST.Element[]
}

export function edgeBytes(alternatives: readonly Elements[], edge: 'first' | 'last'): ByteSet | undefined {
  const union = new Uint8Array(256)
  for (const alternative of alternatives) {
    const elements = edge === 'first' ? alternative.elements : alternative.elements.toReversed()
    for (const element of elements) {
      if (element.type === 'Assertion') {
        if (edge === 'last') return undefined
        continue
      }
      const bytes = elementBytes(element, edge)
      if (bytes === undefined) return undefined
      merge(union, bytes)
      if (edge === 'last' && element.type === 'Character') merge(union, continuation(elements, element.value))
      if (!canBeEmpty(element)) break
    }
  }
  return union
}

/** The bytes that a match of these elements can end with; undefined when it can be empty. */
export function endBytes(elements: readonly AST.Element[]): ByteSet | undefined {
  const ends = new Uint8Array(256)
  return addEnds(elements, ends) ? undefined : ends
}

/** Adds the bytes that these elements can end with; true when they can match nothing. */
function addEnds(elements: readonly AST.Element[], ends: ByteSet): boolean {
  return elements.toReversed().every((element) => {
    if (element.type === 'Assertion') return true
    if (element.type === 'Quantifier') return addEnds([element.element], ends) || element.min === 0
    if (element.type !== 'Group' && element.type !== 'CapturingGroup') {
      merge(ends, elementBytesOf(element))
      return false
    }
    // All of them: each adds its own.
    return element.alternatives.map((alternative) => addEnds(alternative.elements, ends)).includes(true)
  })
}

/** Whether an element can match nothing, so that the one beside it can be the edge too. */
function canBeEmpty(element: AST.Element): boolean {
  if (element.type === 'Assertion') return true
  if (element.type === 'Quantifier') return element.min === 0 || canBeEmpty(element.element)
  if (element.type !== 'Group' && element.type !== 'CapturingGroup') return false
  return element.alternatives.some((alternative) => alternative.elements.every(canBeEmpty))
}

/** A literal end such as the `AA` of a key: whatever the class before it takes would continue the token. */
function continuation(reversed: readonly AST.Element[], value: number): ByteSet {
  const letterOrDigit = setOf((byte) => isAlnum(byte))
  if (!isAlnum(value)) return new Uint8Array(256)
  const before = reversed.find((e) => e.type === 'Quantifier' || e.type === 'CharacterClass')
  const bytes = before && elementBytes(before, 'last')
  if (bytes?.[value]) merge(letterOrDigit, bytes)
  return letterOrDigit
}

function elementBytes(element: AST.Element, edge: 'first' | 'last'): ByteSet | undefined {
  switch (element.type) {
    case 'Quantifier':
      return elementBytes(element.element, edge)
    case 'CapturingGroup':
    case 'Group':
      return edgeBytes(element.alternatives, edge)
    case 'Character':
      return new Uint8Array(256).fill(1, element.value, element.value + 1)
    case 'CharacterClass':
      return setBytes(element)
    case 'CharacterSet':
      return characterSetBytes(element)
    default:
      return new Uint8Array(256)
  }
}

/** An element that takes exactly one byte. */
export function isOneByte({ type }: AST.Element): boolean {
  return type === 'Character' || type === 'CharacterClass' || type === 'CharacterSet'
}

/** The bytes that an element of one character takes. */
export function elementBytesOf(element: AST.Element): ByteSet {
  return elementBytes(element, 'first') ?? new Uint8Array(256).fill(1)
}

/** The bytes that a class takes. */
export function setBytes(element: AST.CharacterClass): ByteSet {
  const set = new Uint8Array(256)
  for (const item of element.elements) {
    if (item.type === 'Character') set[item.value & 0xff] = 1
    else if (item.type === 'CharacterClassRange')
      set.fill(1, item.min.value, Math.min(255, item.max.value) + 1)
    else if (item.type === 'CharacterSet') merge(set, characterSetBytes(item))
  }
  return element.negate ? set.map((on) => 1 - on) : set
}

/** `\w`, `\s` and their like, worked out once: every rule has many. */
const characterSets = new Map<string, ByteSet>()

function characterSetBytes({ raw }: AST.CharacterSet): ByteSet {
  let bytes = characterSets.get(raw)
  if (bytes === undefined) {
    const matcher = new RegExp(raw)
    bytes = setOf((byte) => matcher.test(String.fromCharCode(byte)))
    characterSets.set(raw, bytes)
  }
  return bytes.slice()
}

function setOf(test: (byte: number) => boolean): ByteSet {
  const set = new Uint8Array(256)
  for (let byte = 0; byte < 256; byte++) if (test(byte)) set[byte] = 1
  return set
}

export function merge(target: ByteSet, more: ByteSet): void {
  for (let i = 0; i < 256; i++) target[i]! |= more[i]!
}

/** The same letters in both cases. */
export function withoutCase(bytes: ByteSet): ByteSet {
  const folded = bytes.slice()
  for (let letter = 0x41; letter <= 0x5a; letter++) {
    folded[letter] = folded[letter + 0x20] = bytes[letter]! | bytes[letter + 0x20]!
  }
  return folded
}

export function isAlnum(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)
}

/** Source of a character class that takes exactly these bytes. */
export function classSource(set: ByteSet): string {
  let source = ''
  for (let from = 0; from < 256; from++) {
    if (!set[from]) continue
    let to = from
    while (to < 255 && set[to + 1]) to++
    source +=
      to > from + 1
        ? `${escapeByte(from)}-${escapeByte(to)}`
        : [from, to]
            .filter((b, i) => i === 0 || b !== from)
            .map(escapeByte)
            .join('')
    from = to
  }
  return `[${source}]`
}

/** A byte as it stands in the source of a class. */
export function escapeByte(byte: number): string {
  return isAlnum(byte) || byte === 95 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`
}
