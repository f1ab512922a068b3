// Regular expressions of Go (RE2) and Rust → bounded JavaScript over latin1. What has no equal is an error.
import { analysePattern } from '../pattern.ts'
import { charClass, escapeSet, SETS } from './char-class.ts'

export interface Translation {
  readonly source: string
  /** What was changed in a way that can matter, for people. */
  readonly notes: readonly string[]
}

export interface TranslateOptions {
  /** Number or name of the group that is the secret; none: the first group, or the whole match. */
  readonly secret?: number | string | undefined
  /** How many more times an unbounded part may repeat than it must; wide ones are those that take line breaks. */
  readonly limits?: { readonly one: number; readonly wide: number; readonly group: number }
}

export const LIMITS = { one: 512, wide: 4096, group: 16 } as const

interface Flags {
  readonly i: boolean
  readonly m: boolean
  readonly s: boolean
  readonly x: boolean
  readonly U: boolean
}

interface Reader {
  readonly text: string
  at: number
  groups: number
  readonly secret: number | string | undefined
  hasSecret: boolean
  readonly notes: Set<string>
  readonly limits: NonNullable<TranslateOptions['limits']>
}

/** One element of a pattern, and how much it takes. */
interface Atom {
  readonly source: string
  readonly kind: 'one' | 'wide' | 'group' | 'assertion'
}

/** Throws SyntaxError that says what can't be said in JavaScript, or not within bounds. */
export function translate(pattern: string, options: TranslateOptions = {}): Translation {
  const reader: Reader = {
    text: pattern,
    at: 0,
    groups: 0,
    secret: options.secret ?? 1,
    hasSecret: false,
    notes: new Set(),
    limits: options.limits ?? LIMITS,
  }
  const source = alternatives(reader, { i: false, m: false, s: false, x: false, U: false })
  if (reader.at < pattern.length) fail(`")" at ${reader.at} closes nothing`)
  if (options.secret !== undefined && options.secret !== 0 && !reader.hasSecret)
    fail(`there is no group ${options.secret}`)
  new RegExp(source) // what is left of mistakes
  return { source, notes: [...reader.notes] }
}

function fail(message: string): never {
  throw new SyntaxError(message)
}

/** Everything up to the closing parenthesis; a bare `(?i)` holds to there. */
function alternatives(reader: Reader, outer: Flags): string {
  let flags = outer
  let source = ''
  while (reader.at < reader.text.length && reader.text[reader.at] !== ')') {
    if (skipComment(reader) || (flags.x && skipSpace(reader))) continue
    if (reader.text[reader.at] === '|') {
      source += '|'
      reader.at += 1
      continue
    }
    const bare = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?\)/.exec(reader.text.slice(reader.at, reader.at + 20))
    if (bare) {
      flags = withFlags(flags, bare[1]!, bare[2] ?? '')
      reader.at += bare[0].length
      continue
    }
    const atom = readAtom(reader, flags)
    source += quantified(reader, atom, flags)
  }
  return source
}

/** `(?# so )`: nothing. */
function skipComment(reader: Reader): boolean {
  const [comment = ''] = /^\(\?#[^)]*\)/.exec(reader.text.slice(reader.at)) ?? []
  reader.at += comment.length
  return comment.length > 0
}

/** White space and comments of the x mode. */
function skipSpace(reader: Reader): boolean {
  const [skipped = ''] = /^(?:\s+|#[^\n]*)/.exec(reader.text.slice(reader.at)) ?? []
  reader.at += skipped.length
  return skipped.length > 0
}

function withFlags(flags: Flags, on: string, off: string): Flags {
  const next: Record<string, boolean> = { ...flags }
  for (const [letters, value] of [
    [on, true],
    [off, false],
  ] as const)
    for (const letter of letters) {
      if (letter in flags) next[letter] = value
      else if (letter !== 'u' && letter !== 'R') fail(`the flag (?${letter}) is not known`)
    }
  return next as unknown as Flags
}

function readAtom(reader: Reader, flags: Flags): Atom {
  const char = reader.text[reader.at]!
  if (char === '(') return readGroup(reader, flags)
  if (char === '[') {
    const { source, end, isWide } = charClass(reader.text, reader.at, flags)
    reader.at = end
    return { source, kind: isWide ? 'wide' : 'one' }
  }
  if (char === '\\') return readEscape(reader, flags)
  reader.at += 1
  if (char === '.') return flags.s ? { source: '[\\s\\S]', kind: 'wide' } : { source: '[^\\n]', kind: 'one' }
  if (char === '^') return { source: flags.m ? '(?<![^\\n])' : '(?<![\\s\\S])', kind: 'assertion' }
  if (char === '$') return { source: flags.m ? '(?![^\\n])' : '(?![\\s\\S])', kind: 'assertion' }
  if ('*+?'.includes(char)) fail(`"${char}" at ${reader.at - 1} repeats nothing`)
  return literal(reader, char, flags)
}

/** A character as itself: in both cases when case is ignored, as its UTF-8 bytes when it is not ASCII. */
function literal(reader: Reader, char: string, { i }: Flags): Atom {
  const code = char.codePointAt(0)!
  if (code > 0x7f) {
    const whole = String.fromCodePoint(reader.text.codePointAt(reader.at - 1)!)
    reader.at += whole.length - 1
    return utf8(whole)
  }
  if (i && /[a-zA-Z]/.test(char))
    return { source: `[${char.toUpperCase()}${char.toLowerCase()}]`, kind: 'one' }
  return { source: /[\w\s"'`~!@%&=:;,<>#-]/.test(char) ? visible(char) : `\\${char}`, kind: 'one' }
}

function visible(char: string): string {
  return char >= ' ' && char !== '\u007f' ? char : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`
}

function utf8(text: string): Atom {
  const bytes = [...Buffer.from(text, 'utf8')].map((byte) => `\\x${byte.toString(16)}`)
  return { source: `(?:${bytes.join('')})`, kind: 'group' }
}

const PLAIN: Readonly<Record<string, string>> = {
  a: '\\x07',
  e: '\\x1b',
  f: '\\f',
  n: '\\n',
  r: '\\r',
  t: '\\t',
  v: '\\v',
}
const ASSERTIONS: Readonly<Record<string, string>> = {
  A: '(?<![\\s\\S])',
  z: '(?![\\s\\S])',
  Z: '(?=\\n?(?![\\s\\S]))',
  b: '\\b',
  B: '\\B',
}

function readEscape(reader: Reader, flags: Flags): Atom {
  const rest = reader.text.slice(reader.at)
  const quote = /^\\Q([\s\S]*?)(?:\\E|$)/.exec(rest)
  if (quote) {
    reader.at += quote[0].length
    const inner: Reader = { ...reader, text: '', at: 0 }
    const sources = [...quote[1]!].map((char) => literal({ ...inner, text: char, at: 1 }, char, flags).source)
    return { source: `(?:${sources.join('')})`, kind: 'group' }
  }
  const code = /^\\x\{([0-9A-Fa-f]{1,6})\}|^\\x([0-9A-Fa-f]{2})|^\\u\{?([0-9A-Fa-f]{4})\}?/.exec(rest)
  const octal = /^\\(0[0-7]{0,2}|[1-7][0-7]{2})/.exec(rest)
  if (code || octal) {
    reader.at += (code ?? octal)![0].length
    const value = code
      ? Number.parseInt((code[1] ?? code[2] ?? code[3])!, 16)
      : Number.parseInt(octal![1]!, 8)
    const char = String.fromCodePoint(value)
    return value > 0x7f ? utf8(char) : literal({ ...reader, text: char, at: 1 }, char, flags)
  }
  const letter = rest[1]
  if (letter === undefined) fail('the pattern ends in a backslash')
  reader.at += 2
  if (letter in PLAIN) return { source: PLAIN[letter]!, kind: 'one' }
  if (letter in ASSERTIONS) return { source: ASSERTIONS[letter]!, kind: 'assertion' }
  const set = SETS[letter]
  if (set) return { source: escapeSet(letter), kind: set.isWide ? 'wide' : 'one' }
  if (letter === 'C') return { source: '[\\s\\S]', kind: 'wide' }
  if (/[pP]/.test(letter)) fail(`\\${letter}: classes of Unicode have no equal in bytes`)
  if (/[1-9]/.test(letter)) fail(`\\${letter}: back-references are not regular`)
  if (/[a-zA-Z]/.test(letter)) fail(`\\${letter} is not known`)
  return literal(reader, letter, flags)
}

const OPENINGS: readonly (readonly [RegExp, string])[] = [
  [/^\(\?=/, '(?='],
  [/^\(\?!/, '(?!'],
  [/^\(\?<=/, '(?<='],
  [/^\(\?<!/, '(?<!'],
]

function readGroup(reader: Reader, flags: Flags): Atom {
  const rest = reader.text.slice(reader.at)
  for (const [opening, source] of OPENINGS) {
    const found = opening.exec(rest)
    if (found) return { source: inside(reader, found[0].length, source, flags), kind: 'assertion' }
  }
  const flagged = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?:/.exec(rest)
  if (flagged) {
    const own = withFlags(flags, flagged[1]!, flagged[2] ?? '')
    return { source: inside(reader, flagged[0].length, '(?:', own), kind: 'group' }
  }
  const named = /^\(\?P?<([A-Za-z_]\w*)>/.exec(rest)
  if (!named && rest.startsWith('(?')) fail(`"${rest.slice(0, 4)}" has no equal`)
  reader.groups += 1
  const isSecret =
    !reader.hasSecret &&
    (reader.secret === reader.groups ||
      (named !== null && (named[1] === reader.secret || named[1] === 'secret')))
  if (isSecret) reader.hasSecret = true
  return {
    source: inside(reader, named ? named[0].length : 1, isSecret ? '(?<secret>' : '(?:', flags),
    kind: 'group',
  }
}

function inside(reader: Reader, skip: number, opening: string, flags: Flags): string {
  const from = reader.at
  reader.at += skip
  const source = `${opening}${alternatives(reader, flags)})`
  if (reader.text[reader.at] !== ')') fail(`"(" at ${from} is not closed`)
  reader.at += 1
  return source
}

/** The atom with what stands behind it; what is unbounded gets a bound. */
function quantified(reader: Reader, atom: Atom, flags: Flags): string {
  while (skipComment(reader) || (flags.x && skipSpace(reader)));
  const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})/.exec(reader.text.slice(reader.at, reader.at + 24))
  if (!found) return atom.source
  reader.at += found[0].length
  const isLazy = reader.text[reader.at] === '?'
  if (isLazy) reader.at += 1
  else if (reader.text[reader.at] === '+') fail('possessive quantifiers have no equal')
  if (atom.kind === 'assertion') return found[0] === '?' || found[0] === '*' ? '' : atom.source
  const lazy = isLazy !== flags.U ? '?' : ''
  return atom.source + bounded(found, atom, reader) + lazy
}

function bounded(found: RegExpExecArray, { kind, source }: Atom, { limits, notes }: Reader): string {
  const [sign, least, range, most] = found
  if (sign === '?') return '?'
  const min = sign === '*' ? 0 : sign === '+' ? 1 : Number(least)
  if (least !== undefined && range === undefined) return `{${min}}`
  if (most) return `{${min},${most}}`
  const limit =
    kind === 'group'
      ? Math.max(limits.group, Math.floor(limits.wide / Math.max(1, analysePattern(source).maxLength)))
      : limits[kind as 'one' | 'wide']
  notes.add(`unbounded repetition "${sign}" is held to ${min + limit}`)
  return `{${min},${min + limit}}`
}
