// Made-up values: runs, cycles, sequences and the words people write where a key will stand.
import type { Rule } from '../model/index.ts'
import type { Candidate, Filter } from './candidate.ts'
import { randomness } from './randomness.ts'
import { bodyOf } from './value.ts'

/** Words that say "not a real one" wherever they are glued to the start or end of a value. */
const STRONG =
  'example|examplekey|placeholder|changeme|changethis|change-me|replaceme|dummy|fake|notreal|not-real|not_real|redacted|sample|invalid|yourkey|yourtoken|yoursecret|deadbeef|cafebabe|synthetic|foobar'.split(
    '|',
  )

/** Words that say it when they stand alone between delimiters. */
const TELLING =
  'your|my|our|test|tests|testing|tester|demo|mock|mocked|stub|todo|fixme|change|replace|insert|enter|paste|put|here|some|xxx|abc|foo|bar|baz|qux|lorem|ipsum|none|null|undefined|not|nope|bogus|wrong|bad|no|default|unused|unset|template|tbd|example|fixture|only|this|that|super|dein|deine|ihr|hier|votre|ici|tu|aqui|sua|qui|jouw|twoj|tutaj|vash'.split(
    '|',
  )

/** Words that add nothing random. */
const FILLER =
  'secret|secrets|token|key|keys|api|apikey|password|passwd|pass|passphrase|auth|access|value|string|random|openai|anthropic|google|azure|github|gitlab|project|proj|admin|service|account|svcacct|client|user|username|name|id|hello|world|local|localhost|development|prod|production|staging|live|private|public|with|from|for|the|and|real|new|old|long|very|valid|env|config|data|code|app|bot|dev|master|root|org|key1|key2|one|two|schluessel|cle|clave|chave|chiave|sleutel|klucz'.split(
    '|',
  )

const WORDS = new Set([...STRONG, ...TELLING, ...FILLER])
const TELLS = new Set([...STRONG, ...TELLING])
const byLength = (words: Iterable<string>) => [...words].sort((a, b) => b.length - a.length).join('|')
/** Longer words may stand anywhere; short ones come about by chance. By their first two letters, longest first. */
const LONG_WORDS = new Map<string, string[]>()
for (const word of [...WORDS].filter((w) => w.length >= 4).sort((a, b) => b.length - a.length)) {
  const head = word.slice(0, 2)
  LONG_WORDS.set(head, [...(LONG_WORDS.get(head) ?? []), word])
}
const STRONG_EDGE = new RegExp(`^(?:${byLength(STRONG)})|(?:${byLength(STRONG)})$`, 'i')
const STRONG_INSIDE = new RegExp(byLength(STRONG.filter((word) => word.length >= 7)), 'i')

const SEQUENCES = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '0123456789abcdef0',
]
/** Letters in words between delimiters, with a number here and there. */
const SENTENCE = /^[A-Za-z]{1,20}(?:[-_. ](?:[A-Za-z]{1,20}|[0-9]{1,4}))+$/
/** Every pair of neighbours of every sequence, both ways. */
const NEIGHBOURS = new Set(
  SEQUENCES.flatMap((row) => [...row.slice(1)].flatMap((c, i) => [row[i]! + c, c + row[i]!])),
)

/** Bits of coincidence that a run, cycle or sequence must show before it counts. */
function coincidence(length: number): number {
  return length >= LONG ? 17.5 : length >= 12 ? 12 : 6
}

/** Bodies from this length on are judged so that random ones practically never fall. */
const LONG = 20
/** What is left without words must be this long to pass as a key of its own, or half as long in a short body. */
const KEY_LENGTH = 16

/** Bits one random character of this alphabet carries. */
function bitsPerCharacter(body: string): number {
  if (/^[0-9]+$/.test(body)) return Math.log2(10)
  if (/^(?:[0-9a-f-]+|[0-9A-F-]+)$/.test(body)) return 4
  let size = /[^A-Za-z0-9]/.test(body) ? 2 : 0
  if (/[a-z]/.test(body)) size += 26
  if (/[A-Z]/.test(body)) size += 26
  if (/[0-9]/.test(body)) size += 10
  return Math.log2(size)
}

/** Marks what runs, cycles and sequences explain. */
function markPatterns(body: string, covered: Uint8Array): void {
  const bits = bitsPerCharacter(body)
  const need = coincidence(body.length)
  // Period 1 is a run; longer ones are cycles and repeated blocks.
  for (let period = 1; period * 2 <= body.length && period <= 32; period++)
    markStretches(body, period, need / bits, (a, b) => a === b, covered)
  const folded = body.toLowerCase()
  const foldedBits = folded === body || body.toUpperCase() === body ? bits : bits - 1
  // A pair has about two successors each way: one bit less. Stride 2 is a1b2c3.
  for (const stride of [1, 2])
    markStretches(folded, stride, need / (foldedBits - 1), (a, b) => NEIGHBOURS.has(a + b), covered)
}

/** Marks every stretch in which each character relates to the one `distance` behind, `least` times or more. */
function markStretches(
  body: string,
  distance: number,
  least: number,
  relates: (a: string, b: string) => boolean,
  covered: Uint8Array,
): void {
  let start = 0
  for (let i = distance; i <= body.length; i++) {
    if (i < body.length && relates(body[i - distance]!, body[i]!)) continue
    const count = i - distance - start
    // A block must come back whole before it is a cycle.
    if (count >= least && count >= distance) covered.fill(1, start, i)
    start = i - distance + 1
  }
}

/** Marks words: long ones anywhere, short ones between delimiters. True when one of them tells. */
function markWords(body: string, covered: Uint8Array): boolean {
  let telling = false
  const folded = body.toLowerCase()
  for (let i = 0; i < folded.length; i++) {
    const word = LONG_WORDS.get(folded.slice(i, i + 2))?.find((w) => folded.startsWith(w, i))
    if (!word) continue
    covered.fill(1, i, i + word.length)
    i += word.length - 1
  }
  for (const { 0: part, index } of body.matchAll(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g)) {
    const word = part.toLowerCase()
    if (!WORDS.has(word) || !standsAlone(body, index, part)) continue
    covered.fill(1, index, index + part.length)
    if (TELLS.has(word)) telling = true
  }
  return telling
}

/** Noise has humps and digits beside two letters all the time: only longer words may lean on those. */
function standsAlone(body: string, index: number, part: string): boolean {
  const neighbours = (body[index - 1] ?? '') + (body[index + part.length] ?? '')
  if (part.length < 4) return !/[A-Za-z0-9]/.test(neighbours)
  return !/[A-Za-z]/.test(body[index - 1] ?? '') || /[A-Z]/.test(part[0]!)
}

/** What is left without explanation still looks like a key. */
function hasRandomRest(body: string, covered: Uint8Array): boolean {
  const least = body.length >= LONG ? KEY_LENGTH : KEY_LENGTH / 2
  const rest = [...body].filter((_, i) => covered[i] !== 1).join('')
  return rest.replace(/[^A-Za-z0-9]/g, '').length >= least && randomness(rest) >= 0.5
}

/** `aaaabbbbcccc`: each character comes twice or more on the average. */
function isStuttering(body: string): boolean {
  return body.length >= 12 && body.replace(/(.)\1+/gs, '$1').length * 2 <= body.length
}

/** `abc123def456`: nothing but letters and digits in their order. */
function isCounted(body: string): boolean {
  const parts = body.toLowerCase().match(/[a-z]+|\d+/g) ?? []
  const follows = (part: string) => SEQUENCES.some((row) => row.includes(part))
  return parts.join('').length >= 12 && parts.every((part) => part.length >= 3 && follows(part))
}

/** Few characters, or one that fills most of the value. */
function isMonotonous(body: string): boolean {
  if (isStuttering(body) || isCounted(body)) return true
  const counts = new Map<string, number>()
  for (const c of body) counts.set(c, (counts.get(c) ?? 0) + 1)
  const most = Math.max(...counts.values())
  if (body.length >= LONG) return counts.size <= 4 || most * 2 > body.length
  return body.length >= 4 && (counts.size <= 2 || most * 5 > body.length * 3)
}

/** True for a value that nobody was ever given: `body` is without the public prefix. */
export function isPlaceholder(body: string): boolean {
  if (body.length === 0) return true
  if (isMonotonous(body)) return true
  const covered = new Uint8Array(body.length)
  markPatterns(body, covered)
  const telling = markWords(body, covered)
  const share = covered.reduce((sum, c) => sum + c, 0) / body.length
  if (share >= 0.5 && !hasRandomRest(body, covered)) return true
  if (telling && !hasRandomRest(body, covered)) return true
  return STRONG_INSIDE.test(body) || STRONG_EDGE.test(body) ? !isNamedKey(body) : false
}

/** `example-bot-<key>`: the name of an account ahead of a whole key doesn't make the key an example. */
function isNamedKey(body: string): boolean {
  const rest = body.replace(/^(?:[a-z]{2,12}[-_]){1,4}/, '')
  return (
    rest.length >= 32 && rest.length < body.length && !STRONG_INSIDE.test(rest) && !STRONG_EDGE.test(rest)
  )
}

/** `OPENAI_API_KEY=OPENAI_API_KEY`: the value only repeats its name. */
function repeatsName(candidate: Candidate): boolean {
  const { secret, groups } = candidate
  const fold = (name: string) => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
  const value = fold(secret)
  const before =
    groups.name ?? /([\w.-]{3,80})["'\]]{0,2}\s{0,4}[:=]{1,2}\s{0,4}["'`]?$/.exec(ahead(candidate))?.[1]
  return before !== undefined && value.length >= 4 && fold(before).endsWith(value)
}

function ahead(candidate: Candidate): string {
  const both = candidate.around(100, 0)
  return both.slice(0, both.length - candidate.text.length)
}

const ownPatterns = new WeakMap<Rule, RegExp>()

function ownPattern(rule: Rule): RegExp | undefined {
  if (rule.placeholder === undefined) return undefined
  const known = ownPatterns.get(rule)
  if (known) return known
  const pattern = new RegExp(rule.placeholder, 's')
  ownPatterns.set(rule, pattern)
  return pattern
}

/** A body after a public prefix is made by a machine: a long one of nothing but words is not. */
function isSentence(rule: Rule, secret: string, body: string): boolean {
  if (rule.tier === 0 || body.length < LONG || body.length === secret.length) return false
  return SENTENCE.test(body) && randomness(body) < 0.02
}

export const placeholderFilter: Filter = {
  reason: 'placeholder',
  drops(candidate) {
    const { rule, secret } = candidate
    if (ownPattern(rule)?.test(secret)) return true
    const body = bodyOf(rule, secret)
    if (isPlaceholder(body) || repeatsName(candidate)) return true
    return !secret.startsWith('-----BEGIN') && isSentence(rule, secret, body)
  },
}
