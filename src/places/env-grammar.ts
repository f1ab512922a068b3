// The grammar of env files as dotenv reads them, with the place of every value, so that a value can be changed alone.
import { ToolError } from '../model/index.ts'

/** One assignment. Offsets count latin1 characters, which are the file's bytes. */
export interface EnvEntry {
  readonly name: string
  /** What a program gets; for double quotes with `\n` and `\r` undone. */
  readonly value: string
  readonly quote: '' | '"' | "'" | '`'
  /** The bytes between the quotes, or the bare value without the blanks around it. */
  readonly start: number
  readonly end: number
  /** 1-based. */
  readonly line: number
}

const NAME = /[^\S\r\n]*(?:export[^\S\r\n]+)?([\w.-]+)(?:[^\S\r\n]*=|:[^\S\r\n]+)/y
const QUOTES = new Set(['"', "'", '`'])

/** All assignments of `text`, in order; the last one of a name is the one that counts. */
export function parseEnv(text: string): EnvEntry[] {
  const entries: EnvEntry[] = []
  let line = 1
  for (let at = text.startsWith('\u00ef\u00bb\u00bf') ? 3 : 0; at < text.length; ) {
    NAME.lastIndex = at
    const head = NAME.exec(text)
    const entry = head ? readValue(text, head[1]!, NAME.lastIndex, line) : undefined
    if (entry) entries.push(entry)
    const next = endOfLine(text, entry?.end ?? at)
    line += countLines(text, at, next)
    at = next
  }
  return entries
}

function readValue(text: string, name: string, from: number, line: number): EnvEntry {
  let start = from
  while (text[start] === ' ' || text[start] === '\t') start++
  const quote = text[start] ?? ''
  const close = QUOTES.has(quote) ? closingQuote(text, start) : undefined
  if (close !== undefined) {
    const raw = text.slice(start + 1, close)
    const value = quote === '"' ? raw.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : raw
    return { name, value, quote: quote as EnvEntry['quote'], start: start + 1, end: close, line }
  }
  let end = start
  while (end < text.length && !'#\r\n'.includes(text[end]!)) end++
  while (end > start && /\s/.test(text[end - 1]!)) end--
  // Quotes that stand in the value too end it all the same, when they stand at both its ends.
  if (end - start > 1 && QUOTES.has(quote) && text[end - 1] === quote) [start, end] = [start + 1, end - 1]
  return { name, value: text.slice(start, end), quote: '', start, end, line }
}

/** The quote that ends the value; undefined when none does, and the sign is part of a bare value. */
function closingQuote(text: string, open: number): number | undefined {
  const quote = text[open]!
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\' && text[at + 1] === quote) at++
    else if (text[at] === quote)
      return /^[^\S\r\n]*(?:#[^\r\n]*)?(?:[\r\n]|$)/.test(rest(text, at + 1)) ? at : undefined
  }
  return undefined
}

/** The rest of the line, and what ends it. */
function rest(text: string, from: number): string {
  return text.slice(from, endOfLine(text, from))
}

function endOfLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\n') return at + 1
    if (text[at] === '\r') return text[at + 1] === '\n' ? at + 2 : at + 1
  }
  return text.length
}

function countLines(text: string, from: number, to: number): number {
  return text.slice(from, to).match(/\r\n|\r|\n/g)?.length ?? 0
}

/** Signs that mean nothing to any reader of env files, quoted or not. */
const PLAIN_VALUE = /^[A-Za-z0-9_.~+/=:@%,-]+$/

/** `text` with the values of `entries` replaced; every other byte stays. Throws ToolError for a value that needs quoting. */
export function replaceValues(text: string, entries: readonly EnvEntry[], value: string): string {
  assertPlain(value)
  let edited = text
  for (const entry of [...entries].sort((a, b) => b.start - a.start))
    edited = edited.slice(0, entry.start) + value + edited.slice(entry.end)
  return edited
}

/** `text` with one more assignment on a line of its own, ended as the file's other lines are. */
export function appendEntry(text: string, name: string, value: string): string {
  assertPlain(value)
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const gap = text === '' || /[\r\n]$/.test(text) ? '' : eol
  return `${text}${gap}${name}=${value}${eol}`
}

function assertPlain(value: string): void {
  if (PLAIN_VALUE.test(value)) return
  throw new ToolError(
    'E_WRITE',
    'the new value holds a sign that env files give a meaning to; nothing was written.',
    {
      hint: 'Put it in by hand, in single quotes.',
    },
  )
}
