// What a pattern's syntax tree proves: its length, its literal beginnings, its keywords; of its bytes see pattern-bytes.ts.
import { type AST, RegExpParser } from '@eslint-community/regexpp'
import { type ByteSet, edgeBytes, setBytes } from './pattern-bytes.ts'

export {
  type ByteSet,
  classSource,
  edgeBytes,
  elementBytesOf,
  endBytes,
  escapeByte,
  isAlnum,
  isOneByte,
  merge,
  withoutCase,
} from './pattern-bytes.ts'

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
