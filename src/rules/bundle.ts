// The bundled rules as files: a line that says what a scan begins with, then a line for each rule, read when it is woken.
import { readFileSync } from 'node:fs'
import type { Rule, RuleIndex, Ruleset, RulesetAbout } from '../model/index.ts'

interface Head extends Omit<RuleIndex, 'keywords'>, Phrases {
  readonly hash: string
  /** None of them holds a line feed. */
  readonly keywords: string
  /** Where the line of each rule ends, in bytes behind the first line. */
  readonly ends: readonly number[]
}

const LINE_FEED = 0x0a

/** Texts that many of the lines hold stand once in the head; in the lines a mark and their number stand for them. */
interface Phrases {
  readonly phrases: readonly string[]
}

const MARK = '\x01'
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

function linesOf(values: readonly unknown[]): { phrases: string[]; lines: Buffer[]; ends: number[] } {
  const phrases = phrasesOf(values)
  const numbers = new Map(phrases.map((text, number) => [text, `${MARK}${number}`]))
  const shorten = (_: string, value: unknown) => numbers.get(value as string) ?? value
  const lines = values.map((value) => Buffer.from(`${JSON.stringify(value, shorten)}\n`))
  let end = 0
  const ends = lines.map((line) => {
    end += line.length
    return end
  })
  return { phrases, lines, ends }
}

/** In ASCII, which is parsed fastest. */
function headLine(head: Phrases): Buffer {
  const escaped = JSON.stringify(head).replace(
    /[\x80-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return Buffer.from(`${escaped}\n`, 'latin1')
}

function parseLine(text: string, { phrases }: Phrases): unknown {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? phrases[Number(value.slice(1))] : value,
  )
}

/** @param index what the engine works out of the rules */
export function writeRules({ hash, rules }: Ruleset, index: RuleIndex): Uint8Array {
  const { phrases, lines, ends } = linesOf(rules)
  const head: Head = { hash, ...index, keywords: index.keywords.join('\n'), ends, phrases }
  return Buffer.concat([headLine(head), ...lines])
}

export function readRules(path: URL): Ruleset {
  const file = readFileSync(path)
  const start = file.indexOf(LINE_FEED) + 1
  const head = JSON.parse(file.toString('latin1', 0, start)) as Head
  const { hash, keywords, ends, wakes, reaches } = head
  const rules: Rule[] = []
  const ruleAt = (number: number): Rule => {
    const from = start + (number === 0 ? 0 : ends[number - 1]!)
    rules[number] ??= parseLine(file.toString('utf8', from, start + ends[number]!), head) as Rule
    return rules[number]
  }
  return {
    hash,
    get rules() {
      return ends.map((_, number) => ruleAt(number))
    },
    indexed: { index: { keywords: keywords.split('\n'), wakes, reaches }, ruleAt },
  }
}

interface AboutHead extends Phrases {
  readonly providers: readonly string[]
  readonly rules: readonly string[]
  /** Where the line of each provider and then of each rule ends, in bytes behind the first line. */
  readonly ends: readonly number[]
}

export function writeAbout({ providers, rules }: RulesetAbout): Uint8Array {
  const { phrases, lines, ends } = linesOf([...Object.values(providers), ...Object.values(rules)])
  const head: AboutHead = { providers: Object.keys(providers), rules: Object.keys(rules), ends, phrases }
  return Buffer.concat([headLine(head), ...lines])
}

/** Reads what is told of each provider and rule when it is asked for: a report asks for few of them. */
export function readAbout(path: URL): RulesetAbout {
  const file = readFileSync(path)
  const start = file.indexOf(LINE_FEED) + 1
  const head = JSON.parse(file.toString('latin1', 0, start)) as AboutHead
  const { providers, rules, ends } = head
  const lineAt = (number: number): unknown => {
    const from = start + (number === 0 ? 0 : ends[number - 1]!)
    return parseLine(file.toString('utf8', from, start + ends[number]!), head)
  }
  return {
    providers: lazyRecord(providers, lineAt),
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
