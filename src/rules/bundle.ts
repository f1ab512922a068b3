// The bundled rules as files: a line that says what a scan begins with, then a line for each rule, read when it is woken.
import { readFileSync } from 'node:fs'
import type { Rule, RuleIndex, Ruleset, RulesetAbout } from '../model/index.ts'

interface Head extends Omit<RuleIndex, 'keywords'> {
  readonly hash: string
  /** None of them holds a line feed. */
  readonly keywords: string
  /** Where the line of each rule ends, in bytes behind the first line. */
  readonly ends: readonly number[]
}

const LINE_FEED = 0x0a

/** @param index what the engine works out of the rules */
export function writeRules({ hash, rules }: Ruleset, index: RuleIndex): Uint8Array {
  const lines = rules.map((rule) => Buffer.from(`${JSON.stringify(rule)}\n`))
  let end = 0
  const ends = lines.map((line) => {
    end += line.length
    return end
  })
  const head: Head = { hash, ...index, keywords: index.keywords.join('\n'), ends }
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...lines])
}

export function readRules(path: URL): Ruleset {
  const file = readFileSync(path)
  const start = file.indexOf(LINE_FEED) + 1
  const { hash, keywords, ends, wakes, reaches } = JSON.parse(file.toString('latin1', 0, start)) as Head
  const rules: Rule[] = []
  const ruleAt = (number: number): Rule => {
    const from = start + (number === 0 ? 0 : ends[number - 1]!)
    rules[number] ??= JSON.parse(file.toString('utf8', from, start + ends[number]!)) as Rule
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

interface AboutHead {
  readonly providers: readonly string[]
  readonly rules: readonly string[]
  /** Where the line of each provider and then of each rule ends, in bytes behind the first line. */
  readonly ends: readonly number[]
}

export function writeAbout({ providers, rules }: RulesetAbout): Uint8Array {
  let end = 0
  const lines = [...Object.values(providers), ...Object.values(rules)].map((one) =>
    Buffer.from(`${JSON.stringify(one)}\n`),
  )
  const ends = lines.map((line) => {
    end += line.length
    return end
  })
  const head: AboutHead = { providers: Object.keys(providers), rules: Object.keys(rules), ends }
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...lines])
}

/** Reads what is told of each provider and rule when it is asked for: a report asks for few of them. */
export function readAbout(path: URL): RulesetAbout {
  const file = readFileSync(path)
  const start = file.indexOf(LINE_FEED) + 1
  const { providers, rules, ends } = JSON.parse(file.toString('latin1', 0, start)) as AboutHead
  const lineAt = (number: number): unknown => {
    const from = start + (number === 0 ? 0 : ends[number - 1]!)
    return JSON.parse(file.toString('utf8', from, start + ends[number]!))
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
