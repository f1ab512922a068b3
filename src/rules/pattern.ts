// What a pattern's syntax tree proves: its length, its literal beginnings, its keywords, its boundaries.
import { type AST, RegExpParser } from '@eslint-community/regexpp'

/** Set of bytes: 256 flags. */
export type ByteSet = Uint8Array

export interface PatternFacts {
  /** Longest possible match in bytes. */
  readonly maxLength: number
  /** Literal beginnings, one per alternative; empty when they can't be listed. */
  readonly prefixes: readonly string[]
  readonly firstBytes: ByteSet
  /** Bytes that could have continued the last element; undefined when the pattern ends with an assertion. */
  readonly lastBytes: ByteSet | undefined
  readonly hasSecretGroup: boolean
  /** True when every match contains one of `keywords` (lower case; case ignored). */
  provesKeyword(keywords: readonly string[]): boolean
}

const MAX_PREFIXES = 64
const MAX_PREFIX_LENGTH = 24

export type { AST }

/** The pattern read last: what is asked of a pattern is asked in a row. */
let last: { readonly source: string; readonly pattern: AST.Pattern } | undefined

/** The syntax tree of a pattern; throws a SyntaxError. */
export function parsePattern(source: string): AST.Pattern {
  if (last?.source !== source) {
    last = { source, pattern: new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source) }
  }
  return last.pattern
}

/** Reads a pattern; throws a SyntaxError (bad syntax) or RangeError (unbounded, not ASCII, back-references). */
export function analysePattern(source: string): PatternFacts {
  const pattern = parsePattern(source)
  const maxLength = longest(pattern.alternatives)
  return {
    maxLength,
    prefixes: prefixesOf(pattern.alternatives).map((p) => p.text),
    firstBytes: edgeBytes(pattern.alternatives, 'first') ?? new Uint8Array(256),
    lastBytes: edgeBytes(pattern.alternatives, 'last'),
    hasSecretGroup: /\(\?<secret>/.test(source),
    provesKeyword: (keywords) => pattern.alternatives.every((a) => holdsKeyword(a, keywords)),
  }
}

function longest(alternatives: readonly AST.Alternative[]): number {
  return Math.max(...alternatives.map((a) => a.elements.reduce((sum, e) => sum + elementLength(e), 0)))
}

function elementLength(element: AST.Element): number {
  switch (element.type) {
    case 'Assertion':
      return 0
    case 'CapturingGroup':
    case 'Group':
      return longest(element.alternatives)
    case 'Quantifier': {
      if (!Number.isFinite(element.max))
        throw new RangeError(`unbounded quantifier ${element.raw}: give an upper limit`)
      return element.max * elementLength(element.element)
    }
    case 'Backreference':
      throw new RangeError(`back-reference ${element.raw}: its length can't be bounded`)
    case 'Character':
      if (element.value > 0xff)
        throw new RangeError(`${element.raw}: patterns are latin1, one character is one byte`)
      return 1
    default:
      return 1
  }
}

/** What one alternative holds. */
interface Elements {
  readonly elements: readonly AST.Element[]
}

interface Prefix {
  readonly text: string
  /** False once something that is not a literal was met. */
  readonly open: boolean
}

/** All literal beginnings, or [] when there are too many or one of them is empty. */
function prefixesOf(alternatives: readonly AST.Alternative[]): Prefix[] {
  const all: Prefix[] = []
  for (const alternative of alternatives) {
    let prefixes: Prefix[] = [{ text: '', open: true }]
    for (const element of alternative.elements) {
      prefixes = extend(prefixes, element)
      if (prefixes.every((p) => !p.open) || prefixes.length > MAX_PREFIXES) break
    }
    all.push(...prefixes)
  }
  return all.length > MAX_PREFIXES ? [] : all
}

function extend(prefixes: readonly Prefix[], element: AST.Element): Prefix[] {
  const tails = literalForms(element)
  return prefixes.flatMap((prefix) => {
    if (!prefix.open || prefix.text.length >= MAX_PREFIX_LENGTH) return [{ ...prefix, open: false }]
    if (tails.length === 0) return [{ ...prefix, open: false }]
    return tails.map((tail) => ({ text: prefix.text + tail.text, open: tail.open }))
  })
}

/** The literal strings an element stands for; `open` when the whole element was literal; [] when it is not. */
function literalForms(element: AST.Element, largestClass = 5): Prefix[] {
  switch (element.type) {
    case 'Assertion':
      return [{ text: '', open: true }]
    case 'Character':
      return [{ text: String.fromCharCode(element.value), open: true }]
    case 'CapturingGroup':
    case 'Group':
      return prefixesOf(element.alternatives)
    case 'Quantifier': {
      if (element.min !== element.max || element.max > 8) return []
      const forms = literalForms(element.element)
      if (forms.length !== 1 || !forms[0]!.open) return []
      return [{ text: forms[0]!.text.repeat(element.max), open: true }]
    }
    case 'CharacterClass': {
      const bytes = [...setBytes(element).entries()].filter(([, on]) => on).map(([byte]) => byte)
      return bytes.length <= largestClass
        ? bytes.map((byte) => ({ text: String.fromCharCode(byte), open: true }))
        : []
    }
    default:
      return []
  }
}

/** Whether every way through this alternative contains a keyword. */
function holdsKeyword(alternative: AST.Alternative, keywords: readonly string[]): boolean {
  let runs: string[] = ['']
  const found = (texts: readonly string[]) =>
    texts.length > 0 && texts.every((t) => keywords.some((k) => t.toLowerCase().includes(k)))
  for (const element of alternative.elements) {
    if (isRequiredGroup(element, keywords)) return true
    const forms = literalForms(element, 10)
    runs =
      forms.length === 0 ? [''] : runs.flatMap((run) => forms.map((form) => run + form.text)).slice(0, 256)
    if (found(runs)) return true
    if (forms.some((form) => !form.open)) runs = ['']
  }
  return false
}

function isRequiredGroup(element: AST.Element, keywords: readonly string[]): boolean {
  if (element.type === 'Quantifier') return element.min > 0 && isRequiredGroup(element.element, keywords)
  if (element.type !== 'Group' && element.type !== 'CapturingGroup') return false
  return element.alternatives.every((a) => holdsKeyword(a, keywords))
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

function setBytes(element: AST.CharacterClass): ByteSet {
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
