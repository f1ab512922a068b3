// Character classes of Go and Rust → classes of bytes in JavaScript.
import { escapeByte } from '../pattern.ts'

interface Set {
  readonly inner: string
  readonly complement: string
  /** Takes a line break. */
  readonly isWide: boolean
}

/** The sets that letters stand for, as what stands between brackets. Both tools take ASCII only, or nearly. */
export const SETS: Readonly<Record<string, Set>> = {
  d: { inner: '0-9', complement: '\\x00-\\x2f\\x3a-\\xff', isWide: false },
  w: { inner: 'A-Za-z0-9_', complement: '\\x00-\\x2f\\x3a-\\x40\\x5b-\\x5e\\x60\\x7b-\\xff', isWide: false },
  s: { inner: '\\t\\n\\f\\r ', complement: '\\x00-\\x08\\x0b\\x0e-\\x1f\\x21-\\xff', isWide: false },
  h: { inner: '\\t ', complement: '\\x00-\\x08\\x0a-\\x1f\\x21-\\xff', isWide: false },
  D: { inner: '\\x00-\\x2f\\x3a-\\xff', complement: '0-9', isWide: true },
  W: { inner: '\\x00-\\x2f\\x3a-\\x40\\x5b-\\x5e\\x60\\x7b-\\xff', complement: 'A-Za-z0-9_', isWide: true },
  S: { inner: '\\x00-\\x08\\x0b\\x0e-\\x1f\\x21-\\xff', complement: '\\t\\n\\f\\r ', isWide: false },
}

const POSIX: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
}

/** The set of a letter outside of brackets. */
export function escapeSet(letter: string): string {
  return `[${SETS[letter]!.inner}]`
}

function fail(message: string): never {
  throw new SyntaxError(message)
}

/** Reads the class that begins at `from`; `end` is behind its bracket. */
export function charClass(
  text: string,
  from: number,
  { i, x }: { readonly i: boolean; readonly x: boolean },
): { source: string; end: number; isWide: boolean } {
  let at = from + 1
  const isNegated = text[at] === '^'
  if (isNegated) at += 1
  let inner = ''
  for (let isFirst = true; ; isFirst = false) {
    if (at >= text.length) fail(`"[" at ${from} is not closed`)
    if (text[at] === ']' && !isFirst) break
    if (x && /\s/.test(text[at]!)) {
      at += 1
      continue
    }
    const item = readItem(text, at)
    at = item.end
    if ('set' in item) {
      inner += item.set
      continue
    }
    const range =
      text[at] === '-' && text[at + 1] !== ']' && at + 1 < text.length ? readItem(text, at + 1) : undefined
    if (range && 'set' in range) fail(`a range in the class at ${from} ends in a set`)
    if (range) at = range.end
    inner += rangeSource(item.code, range && 'code' in range ? range.code : item.code, i)
  }
  const source = `[${isNegated ? '^' : ''}${inner}]`
  return { source, end: at + 1, isWide: isWide(source) }
}

function isWide(source: string): boolean {
  const regex = new RegExp(source)
  return regex.test('\n') && regex.test('a') && regex.test('\u0001')
}

type Item = { readonly set: string; readonly end: number } | { readonly code: number; readonly end: number }

function readItem(text: string, at: number): Item {
  const posix = /^\[:(\^?)(\w+):\]/.exec(text.slice(at, at + 16))
  if (posix) {
    const set = POSIX[posix[2]!] ?? fail(`[:${posix[2]}:] is not known`)
    return { set: posix[1] ? complement(set) : set, end: at + posix[0].length }
  }
  if (/^(?:&&|--|~~)/.test(text.slice(at, at + 2)) || text[at] === '[') {
    // A bracket is itself in Go; in Rust it opens a class in the class.
    if (text[at] === '[' && !nests(text, at)) return { code: 0x5b, end: at + 1 }
    if (text[at] !== '-') fail('classes within classes, and their intersections, have no equal')
  }
  if (text[at] !== '\\') return byteAt(text, at)
  const rest = text.slice(at)
  const code = /^\\x\{([0-9A-Fa-f]{1,6})\}|^\\x([0-9A-Fa-f]{2})/.exec(rest)
  if (code) return { code: byte(Number.parseInt((code[1] ?? code[2])!, 16)), end: at + code[0].length }
  const octal = /^\\(0[0-7]{0,2}|[1-7][0-7]{2})/.exec(rest)
  if (octal) return { code: byte(Number.parseInt(octal[1]!, 8)), end: at + octal[0].length }
  const letter = rest[1] ?? fail('the pattern ends in a backslash')
  if (letter in SETS) return { set: SETS[letter]!.inner, end: at + 2 }
  const control: Record<string, number> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9, v: 11 }
  if (letter in control) return { code: control[letter]!, end: at + 2 }
  if (/[a-zA-Z]/.test(letter)) fail(`\\${letter} in a class has no equal`)
  return byteAt(text, at + 1)
}

/** A class in a class is closed twice, as in `[a-z[0-9]]` of Rust. */
function nests(text: string, at: number): boolean {
  const close = text.indexOf(']', at + 1)
  return close !== -1 && /[&\]~]/.test(text[close + 1] ?? '')
}

function byteAt(text: string, at: number): Item {
  const code = text.codePointAt(at)!
  if (code > 0x7f) fail(`"${String.fromCodePoint(code)}" in a class is more than one byte`)
  return { code, end: at + 1 }
}

function byte(code: number): number {
  if (code > 0xff) fail('a class holds a character that is more than one byte')
  return code
}

function rangeSource(from: number, to: number, ignoreCase: boolean): string {
  if (to < from) fail('a range in a class ends before it begins')
  const own = hexRange(from, to)
  if (!ignoreCase) return own
  return own + folded(from, to, 0x41, 0x5a, 0x20) + folded(from, to, 0x61, 0x7a, -0x20)
}

/** The part of a range that are letters, in the other case. */
function folded(from: number, to: number, first: number, last: number, shift: number): string {
  const [low, high] = [Math.max(from, first), Math.min(to, last)]
  return low > high ? '' : hexRange(low + shift, high + shift)
}

function hexRange(from: number, to: number): string {
  return from === to ? escapeByte(from) : `${escapeByte(from)}-${escapeByte(to)}`
}

function complement(set: string): string {
  const regex = new RegExp(`[${set}]`)
  let source = ''
  for (let code = 0; code < 256; code++) {
    if (regex.test(String.fromCharCode(code))) continue
    const from = code
    while (code < 255 && !regex.test(String.fromCharCode(code + 1))) code++
    source += hexRange(from, code)
  }
  return source
}
