// The bundled rules as files: a line that says what a scan begins with, then a line for each rule, read when it is woken.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import type { Provider, Rule, Ruleset, RulesetAbout } from '../model/index.ts'
import { expandResponse, shortenResponse, type WrittenResponse } from './common-response.ts'
import { readIndex } from './index-file.ts'

interface Head extends Lines {
  readonly hash: string
}

const LINE_FEED = 0x0a

interface Lines {
  /** Where each line ends, in bytes behind the first line. */
  readonly ends: readonly number[]
  /** Texts that many of the lines hold; there a mark and their number stand for them. */
  readonly phrases: readonly string[]
}

const MARK = '\x01'
/** As JSON has it. */
const MARKED = /"\\u0001(\d+)"/g
const LEAST_LENGTH = 24
const LEAST_USES = 4

function phrasesOf(values: readonly unknown[]): string[] {
  const uses = new Map<string, number>()
  const count = (_: string, value: unknown) => {
    if (typeof value === 'string' && value.length >= LEAST_LENGTH) uses.set(value, (uses.get(value) ?? 0) + 1)
    return value
  }
  for (const value of values) JSON.stringify(value, count)
  return [...uses].filter(([, times]) => times >= LEAST_USES).map(([text]) => text)
}

/** A file of a head, to which the ends of the lines and the phrases are added, and a line for each value. */
function writeLines(head: object, values: readonly unknown[]): Uint8Array {
  const phrases = phrasesOf(values)
  const numbers = new Map(phrases.map((text, number) => [text, `${MARK}${number}`]))
  const shorten = (_: string, value: unknown) => numbers.get(value as string) ?? value
  const lines = values.map((value) => Buffer.from(`${JSON.stringify(value, shorten)}\n`))
  let end = 0
  const ends = lines.map((line) => {
    end += line.length
    return end
  })
  return Buffer.concat([headLine({ ...head, ends, phrases }), ...lines])
}

/** In ASCII, which is parsed fastest. */
function headLine(head: object): Buffer {
  const escaped = JSON.stringify(head).replace(
    /[\x80-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return Buffer.from(`${escaped}\n`, 'latin1')
}

/** More than nearly every head has. */
const FIRST_READ = 1 << 16
/** Of more lines than this all are read at once. */
const FEW = 40

/** The head of such a file, and what reads the value of a line when it is asked for: a hook asks for few. */
function readLines<Head extends Lines>(path: string): { head: Head; lineAt: (number: number) => unknown } {
  const text = firstLine(path)
  const start = text.length + 1
  const head = JSON.parse(text) as Head
  const { ends, phrases } = head
  // In the text, for JSON.parse takes its time to hand over each value.
  const written = (text: string) =>
    text.replace(MARKED, (_, number: string) => JSON.stringify(phrases[Number(number)]))
  let asked = 0
  let all: Buffer | undefined
  const lineAt = (number: number): unknown => {
    const from = start + (number === 0 ? 0 : ends[number - 1]!)
    const to = start + ends[number]!
    if (asked++ === FEW) all = readFileSync(path)
    return JSON.parse(written((all?.subarray(from, to) ?? readPart(path, from, to)).toString()))
  }
  return { head, lineAt }
}

/** Without its line feed; one byte is one character. */
function firstLine(path: string): string {
  const part = readPart(path, 0, FIRST_READ)
  const end = part.indexOf(LINE_FEED)
  if (end >= 0) return part.toString('latin1', 0, end)
  const all = readFileSync(path)
  return all.toString('latin1', 0, all.indexOf(LINE_FEED))
}

/** Bytes [from, to), or as many as there are. */
function readPart(path: string, from: number, to: number): Buffer {
  const bytes = Buffer.allocUnsafe(to - from)
  const file = openSync(path, 'r')
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from))
  } finally {
    closeSync(file)
  }
}

export function writeRules({ hash, rules }: Ruleset): Uint8Array {
  return writeLines({ hash }, rules)
}

/** @param index a file of what the engine works out of the rules, by `writeIndex` */
export function readRules(path: string, index: string): Ruleset {
  const { head, lineAt } = readLines<Head>(path)
  const { hash, ends } = head
  const rules: Rule[] = []
  const ruleAt = (number: number): Rule => {
    rules[number] ??= lineAt(number) as Rule
    return rules[number]
  }
  return {
    hash,
    get rules() {
      return ends.map((_, number) => ruleAt(number))
    },
    indexed: { index: readIndex(index, hash), ruleAt },
  }
}

/** Lines are those of the providers, then those of the rules. */
interface AboutHead extends Lines {
  readonly providers: readonly string[]
  readonly rules: readonly string[]
}

/** A provider as its line has it. */
type ProviderLine = Omit<Provider, 'response'> & { readonly response: WrittenResponse }

export function writeAbout({ providers, rules }: RulesetAbout): Uint8Array {
  const head = { providers: Object.keys(providers), rules: Object.keys(rules) }
  const lines = Object.values(providers).map(
    (provider): ProviderLine => ({
      ...provider,
      response: shortenResponse(provider.response, provider.name),
    }),
  )
  return writeLines(head, [...lines, ...Object.values(rules)])
}

/** Reads what is told of each provider and rule when it is asked for: a report asks for few of them. */
export function readAbout(path: string): RulesetAbout {
  const { head, lineAt } = readLines<AboutHead>(path)
  const { providers, rules } = head
  const providerAt = (number: number): Provider => {
    const line = lineAt(number) as ProviderLine
    return { ...line, response: expandResponse(line.response, line.name) }
  }
  return {
    providers: lazyRecord(providers, providerAt),
    rules: lazyRecord(rules, (number) => lineAt(number + providers.length)),
  }
}

/** An object with these keys, whose values are made when they are first read. */
function lazyRecord<T>(keys: readonly string[], make: (number: number) => unknown): Record<string, T> {
  const numberOf = new Map(keys.map((key, number) => [key, number]))
  const made: Record<string, T> = {}
  const read = (key: string | symbol): T | undefined => {
    const number = typeof key === 'string' ? numberOf.get(key) : undefined
    if (number === undefined) return undefined
    made[key as string] ??= make(number) as T
    return made[key as string]
  }
  return new Proxy(made, {
    get: (_, key) => read(key),
    has: (_, key) => numberOf.has(key as string),
    ownKeys: () => [...keys],
    getOwnPropertyDescriptor: (_, key) =>
      numberOf.has(key as string)
        ? { value: read(key), enumerable: true, configurable: true, writable: true }
        : undefined,
  })
}
