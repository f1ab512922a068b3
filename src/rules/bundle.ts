// The bundled rules as a file: a line that says what a scan begins with, then a line for each rule, read when it is woken.
import { readFileSync } from 'node:fs'
import type { Rule, RuleIndex, Ruleset } from '../model/index.ts'

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
