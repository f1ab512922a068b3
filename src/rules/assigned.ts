// Rules for values that only a name gives away: `assigned: { to: [mistral], value: … }` → a whole pattern.
import { anyCase } from '../model/index.ts'
import { analysePattern, classSource } from './pattern.ts'
import type { Assigned, WrittenRule } from './schema.ts'

/** How far behind the provider's name a value with a general name is believed to be the provider's. */
const NEAR = 140

/** Names whose first word has as many letters may stand inside of longer ones, as in `myDatadogKey`. */
const LONG_WORD = 5

function isShort(name: string): boolean {
  return name.startsWith('^') || name.search(/[^a-z]|$/i) < LONG_WORD
}

/** `^scale` begins a word, however long it is. */
const bare = (name: string) => name.replace(/^\^/, '')

function providerPattern(names: readonly string[]): string {
  const short = names.filter(isShort).map((name) => anyCase(bare(name)))
  const long = names.filter((name) => !isShort(name)).map(anyCase)
  const bounded = short.length > 0 ? [`(?:(?<![A-Za-z])|(?<=\\\\[nrt]))(?:${short.join('|')})`] : []
  return `(?:${[...bounded, ...long].join('|')})`
}

/**
 * The pattern of an assigned value: named for the provider, or named in general with the provider near. Its parts
 * that all rules share stand in it by name; `withFragments` of the model writes them out.
 */
export function assignedPattern({ to, value, names, near = true }: Assigned): string {
  const provider = providerPattern(to)
  const noun = names ? `(?:${names.map(anyCase).join('|')})` : '«NOUN»'
  const general = `«KIND»${noun}«TAIL»«SEPARATOR»`
  const heads = [
    `${provider}[\\w\\s.:'"(\\[{>/-]{0,30}?${noun}«TAIL»«SEPARATOR»`,
    ...(names ? [] : [`${provider}«SUFFIX»«EQUALS»`, `${provider}[\\w.]{0,24}\\(\\s{0,8}["'\\x60]`]),
    ...(near ? [`${provider}[\\s\\S]{1,${NEAR}}?${general}`] : []),
  ]
  const { lastBytes } = analysePattern(value)
  const whole = `(?:${value})${lastBytes ? `(?!${classSource(lastBytes)})` : ''}`
  if (near) heads.push(`${general}(?=${whole}«STATEMENT»${provider})`)
  // Each head ends in punctuation. Said here once more, it makes the secret's own part tell more: see secret-part.ts.
  return `(?:${heads.join('|')})(?<secret>(?<![A-Za-z0-9])${whole})`
}

/** A rule with its `assigned` written out. Every match holds one of the provider's names. */
export function expandAssigned(written: WrittenRule): WrittenRule {
  if (!written.assigned) return written
  return {
    tier: 1,
    confidence: 'medium',
    ...written,
    pattern: assignedPattern(written.assigned),
    boundary: 'none',
    keywords: written.keywords ?? written.assigned.to.map(bare),
  }
}
