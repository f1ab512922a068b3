// A rule's self-test: its examples are found, whole, once, in every surrounding; its rejects are not.
import { patternOf, type Rule, type RuleAbout } from '../model/index.ts'
import { type Growth, growthOf } from './ambiguity.ts'
import type { CompiledRules } from './compile.ts'
import { countSteps } from './steps.ts'
import { expandTemplate, seededRandom } from './template.ts'

/** What the check runs rules with; given by the caller, so that this room leans on no other. */
export interface CheckTools {
  /** Every finding of a scan of these bytes with all rules: rule id and secret. */
  readonly scan: (bytes: Uint8Array) => readonly { readonly rule: string; readonly secret: string }[]
  readonly complete: (proof: string, text: string) => string
}

export interface RuleTrouble {
  readonly rule: string
  readonly message: string
}

/** What may stand around a key in real files. Each must change nothing. */
const SURROUNDINGS: readonly (readonly [name: string, before: string, after: string])[] = [
  ['bare, at the end of the file', '', ''],
  ['double quotes', '"', '"'],
  ['a comma behind', '', ', next'],
  ['parentheses', '(', ')'],
  ['a full stop behind', 'See ', '. Then'],
  ['a tag', '<b>', '</b>'],
  ['an ampersand behind', '', '&next=1'],
  ['a pipe behind', '| ', '| next |'],
  ['escaped quotes', '{\\"v\\":\\"', '\\"}'],
  ['percent-encoded quotes', '%22', '%22'],
  ['an escaped line break before', 'text\\n', '\\n'],
  ['an underscore before', 'X_', ''],
]

const SEEDS = 3

/** Checks every rule of a compiled set. No trouble: an empty list. */
export function checkRules(
  { ruleset, about }: Pick<CompiledRules, 'ruleset' | 'about'>,
  tools: CheckTools,
): RuleTrouble[] {
  return ruleset.rules.flatMap((rule) => checkRule(rule, about.rules[rule.id]!, tools))
}

function checkRule(rule: Rule, about: RuleAbout, tools: CheckTools): RuleTrouble[] {
  const troubles: string[] = []
  for (const template of about.examples) troubles.push(...checkExample(rule, template, tools))
  for (const template of about.rejects) troubles.push(...checkReject(rule, template, tools))
  troubles.push(...checkSpeed(rule))
  return [...new Set(troubles)].map((message) => ({ rule: rule.id, message }))
}

function expand(template: string, seed: number, tools: CheckTools): string {
  return expandTemplate(template, { random: seededRandom(seed), complete: tools.complete })
}

function checkExample(rule: Rule, template: string, tools: CheckTools): string[] {
  const troubles: string[] = []
  for (let seed = 1; seed <= SEEDS; seed++) {
    const example = expand(template, seed, tools)
    const secret = secretOf(rule, example)
    if (secret === undefined) return [`the pattern does not match its example ${template}`]
    if (!rule.keywords.some((k) => example.toLowerCase().includes(k))) {
      return [`the example ${template} holds none of the keywords`]
    }
    for (const [name, before, after] of surroundingsOf(rule, example)) {
      const found = tools.scan(Buffer.from(`first line\n${before}${example}${after}`, 'latin1'))
      const complaint = complain(found, rule.id, secret)
      if (complaint) troubles.push(`${template} with ${name}: ${complaint}`)
    }
  }
  return troubles
}

/** Generic rules read assignments: only surroundings that keep one are asked of them. */
function surroundingsOf(rule: Rule, example: string) {
  if (rule.tier === 0 || example.includes('\n')) return SURROUNDINGS.slice(0, 1)
  return SURROUNDINGS
}

function complain(
  found: readonly { rule: string; secret: string }[],
  rule: string,
  secret: string,
): string | undefined {
  const own = found.filter((f) => f.rule === rule)
  const others = [...new Set(found.filter((f) => f.rule !== rule).map((f) => f.rule))]
  if (own.length === 0) return others.length > 0 ? `claimed by ${others.join(', ')}` : 'not found'
  if (own.length > 1) return `found ${own.length} times`
  if (own[0]!.secret !== secret)
    return `found with a secret of ${own[0]!.secret.length} characters, not ${secret.length}`
  return others.length > 0 ? `also claimed by ${others.join(', ')}` : undefined
}

function secretOf(rule: Rule, example: string): string | undefined {
  const found = patternOf(rule).exec(example)
  return found?.groups?.secret ?? found?.[0]
}

function checkReject(rule: Rule, template: string, tools: CheckTools): string[] {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const found = tools.scan(Buffer.from(expand(template, seed, tools), 'latin1'))
    if (found.some((f) => f.rule === rule.id)) return [`the reject ${template} is reported`]
  }
  return []
}

const HOSTILE_LENGTH = 5_000
const SHORTEST = 32
const HOSTILE_STEPS = 20_000_000
/** No processor takes that many steps in this time of its own; what takes longer is counted. */
const UNSUSPECTED_MICROSECONDS = 15_000
/** The steps of a try may grow with the text's length to this power: see `growthOf`. */
const MOST_POWER = 2

/** A window full of the rule's own material, or made to be read in many ways, must not make it slow. */
function checkSpeed(rule: Rule): string[] {
  const regex = patternOf(rule, 'g')
  const judged = judgeGrowth(regex)
  if (typeof judged === 'string') return [judged]
  const seeds = [...rule.keywords.slice(0, 3), 'a', 'A0', '-', '_a', '=', ' ', '"', '\\n', 'a.', '/']
  const texts = seeds.map((seed) => [`"${seed}" repeated`, rule.keywords[0] + filled(seed)] as const)
  for (const [name, text] of [...texts, ...attacksOf(judged)]) {
    // Twice as long each time: the first length that is too slow is not yet one that never ends.
    for (let length = SHORTEST; length < text.length * 2; length *= 2)
      if (isSlow(regex, text.slice(0, length)))
        return [`takes more than ${HOSTILE_STEPS} steps on 5 kB of ${name}`]
  }
  return []
}

function isSlow(regex: RegExp, text: string): boolean {
  const started = process.cpuUsage()
  for (const found of text.matchAll(regex)) void found
  if (process.cpuUsage(started).user < UNSUSPECTED_MICROSECONDS) return false
  return countSteps(regex, text, HOSTILE_STEPS).steps > HOSTILE_STEPS
}

function judgeGrowth(regex: RegExp): Growth | string {
  try {
    const growth = growthOf(regex)
    if (growth.power <= MOST_POWER) return growth
    const power = Number.isFinite(growth.power)
      ? `like the power ${growth.power} of its length`
      : 'exponentially'
    return `can read one text in many ways: its steps grow ${power}`
  } catch (error) {
    if (error instanceof RangeError) return `can't be judged: ${error.message}`
    throw error
  }
}

const filled = (seed: string) => seed.repeat(Math.ceil(HOSTILE_LENGTH / seed.length))

/** The worst text for one try, and one with many places to try. */
function attacksOf({ attack }: Growth): (readonly [name: string, text: string])[] {
  return [HOSTILE_LENGTH, HOSTILE_LENGTH / 10].map((bytes) => {
    const text = attack(bytes)
    return [`what it can read in most ways, ${bytes} bytes at a time`, filled(text)] as const
  })
}
