// Rules for values that only a name gives away: `assigned: { to: [mistral], value: … }` → a whole pattern.
import { anyCase } from '../model/index.ts'
import { analysePattern, classSource } from './pattern.ts'
import type { Assigned, WrittenRule } from './schema.ts'

/** How far behind the provider's name a value with a general name is believed to be the provider's. */
const NEAR = 100

/** Names whose first word has as many letters may stand inside of longer ones, as in `myDatadogKey`. */
const LONG_WORD = 5

function isShort(name: string): boolean {
  return name.startsWith('^') || name.search(/[^a-z]|$/i) < LONG_WORD
}

/** Names that say themselves that their value is a secret. */
const TELLING = /(?:key|token|secret|password|auth|hash)$/i

/** `^scale` begins a word, however long it is; `exa$` ends one. */
const bare = (name: string) => name.replace(/^\^|\$$/g, '')

/** How an everyday word is written where it names a provider: `~daily`. */
function nameForms(name: string): readonly string[] {
  if (!name.startsWith('~')) return [name]
  const word = name.slice(1)
  const joined = ['key', 'api', 'ai', 'token', 'client'].flatMap((noun) => [
    `^${word}${noun}`,
    `^${word} ${noun}`,
  ])
  const humps = [`^${word}access`, `^${word}secret`]
  const quoted = [`"${word}"`, `'${word}'`, `^${word} auth`, `^${word} login`]
  const marked = ['_', ':', '=', ' =', '(', ']'].map((mark) => `^${word}${mark}`)
  const placed = ['new', 'import', '=', '#', '//'].map((mark) => `${mark} ${word}$`)
  return [...quoted, ...marked, ...joined, ...humps, ...placed]
}

/** A name in the spellings of all languages: `email_host` is email-host, email.host, emailHost too. */
function spellings(name: string): string[] {
  return ['_', '-', '.', ' ', ''].map((joint) => {
    const spelt = bare(name).replace(/[-_. ](?=.)/g, joint)
    return /[-_.]$/.test(spelt) && joint.trim() !== '' ? spelt.slice(0, -1) + joint : spelt
  })
}

/** The literals one of which every match holds. */
export function keywordsOf(names: readonly string[]): string[] {
  const forms = names.flatMap(nameForms)
  return [
    ...new Set(
      forms.flatMap((name) => (/[-_.]/.test(name) ? [...spellings(name), bare(name)] : [bare(name)])),
    ),
  ]
}

function nameSource(name: string): string {
  const given = /^\^(\w+) ?[:=(\]]$/.exec(name)
  if (given) return `${anyCase(given[1]!)}(?= ?[:=(\\]])`
  const inner = bare(name)
  const end = name.endsWith('$') ? '«END»' : ''
  if (!/[-_.]/.test(inner)) return `${anyCase(inner)}${end}`
  const joined = anyCase(inner.replace(/[-_. ]/g, '_')).replace(/_(?=.)/g, '[-_. ]?')
  return `${joined.replace(/_$/, '[-_.]')}${end}`
}

function providerPattern(names: readonly string[]): string {
  const short = names.filter(isShort).map(nameSource)
  const long = names.filter((name) => !isShort(name)).map(nameSource)
  const bounded = short.length > 0 ? [`«START»(?:${short.join('|')})`] : []
  return `(?:${[...bounded, ...long].join('|')})`
}

/**
 * The pattern of an assigned value: named for the provider, or named in general with the provider near. Its parts
 * that all rules share stand in it by name; `withFragments` of the model writes them out.
 */
export function assignedPattern({ to: written, value, names, near = true }: Assigned): string {
  const to = written.flatMap(nameForms)
  const provider = '«OF»'
  const noun = names ? `(?:${names.map(anyCase).join('|')})` : '«NOUN»'
  const telling = to.filter((name) => TELLING.test(name))
  const named = telling.length > 0 ? [`${providerPattern(telling)}«TAIL»«SEPARATOR»`] : []
  const general = `«KIND»${noun}«TAIL»«SEPARATOR»`
  const heads = [
    `${provider}«WORDS»${noun}«TAIL»«SEPARATOR»`,
    ...(names ? [] : [`${provider}«SUFFIX»«EQUALS»`, `${provider}«CALL»`]),
    ...named,
    ...(near ? [`${provider}[\\s\\S]{1,${NEAR}}?${general}`] : []),
  ]
  const { lastBytes } = analysePattern(value)
  const whole = `(?:${value})${lastBytes ? `(?!${classSource(lastBytes)})` : ''}`
  if (near) heads.push(`${general}(?=${whole}«STATEMENT»${provider})`)
  // Each head ends in punctuation. Said here once more, it makes the secret's own part tell more: see secret-part.ts.
  return `«OF=${providerPattern(to)}=OF»(?:${heads.join('|')})(?<secret>(?<![A-Za-z0-9])${whole})`
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
    keywords: keywordsOf((written.keywords ?? written.assigned.to).filter((name) => name.length >= 3)),
  }
}
