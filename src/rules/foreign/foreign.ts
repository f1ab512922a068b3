// A rule of another tool → a rule of ours, with notes on what changed and a reason where it can't be.
import { type Allowance, ToolError } from '../../model/index.ts'
import { analysePattern, parsePattern } from '../pattern.ts'
import type { RuleFile, WrittenRule } from '../schema.ts'
import { type Fields, text } from './fields.ts'
import { LIMITS, translate } from './translate.ts'

/** What reading a foreign file comes to. */
export interface ForeignRules {
  readonly file: RuleFile
  /** What came over changed, by rule. */
  readonly notes: readonly Told[]
  /** What could not come over, by rule, and why. */
  readonly left: readonly Told[]
}

export interface Told {
  readonly rule: string
  readonly message: string
}

/** Longest match that a translated pattern may have: what is kept of one chunk for the next. */
const LONGEST = 12_000

/** A pattern within bounds: unbounded parts are held tighter until the whole is short enough. */
export function boundedPattern(
  pattern: string,
  secret: number | string | undefined,
): { source: string; notes: readonly string[] } {
  for (const share of [1, 1 / 4, 1 / 16]) {
    const limits = {
      one: Math.ceil(LIMITS.one * share),
      wide: Math.ceil(LIMITS.wide * share),
      group: Math.ceil(LIMITS.group * share),
    }
    const translated = translate(pattern, { secret, limits })
    if (analysePattern(translated.source).maxLength <= LONGEST) return translated
  }
  throw new RangeError('the longest match can not be held to a reasonable length')
}

/** Keywords that every match holds: those given, else literals of the pattern; none: it can't be looked for fast. */
export function keywordsFor(
  source: string,
  given: readonly string[],
): { keywords: readonly string[]; areContext: boolean } | undefined {
  const own = [...new Set(given.map((word) => word.toLowerCase()))].filter((word) => word.length >= 3)
  const { provesKeyword } = analysePattern(source)
  if (own.length > 0 && provesKeyword(own)) return { keywords: own, areContext: false }
  const runs = literalRuns(source).sort((a, b) => b.length - a.length)
  const single = runs.find((run) => provesKeyword([run]))
  if (single !== undefined) return { keywords: [single], areContext: false }
  if (runs.length > 0 && provesKeyword(runs)) return { keywords: runs, areContext: false }
  return own.length > 0 ? { keywords: own, areContext: true } : undefined
}

/** Runs of three letters or more that stand literally in the pattern, case ignored. */
function literalRuns(source: string): string[] {
  const runs = new Set<string>()
  const visit = (alternatives: ReturnType<typeof parsePattern>['alternatives']) => {
    for (const { elements } of alternatives) {
      let run = ''
      const end = () => {
        if (run.length >= 3) runs.add(run.slice(0, 32))
        run = ''
      }
      for (const element of elements) {
        const letter = letterOf(element)
        if (letter !== undefined) run += letter
        else end()
        const inner = element.type === 'Quantifier' ? element.element : element
        if (inner.type === 'Group' || inner.type === 'CapturingGroup') visit(inner.alternatives)
      }
      end()
    }
  }
  visit(parsePattern(source).alternatives)
  return [...runs].slice(0, 40)
}

type Element = ReturnType<typeof parsePattern>['alternatives'][number]['elements'][number]

/** A character, or a class that is one letter in both cases. */
function letterOf(element: Element): string | undefined {
  if (element.type === 'Character') return String.fromCharCode(element.value).toLowerCase()
  if (element.type !== 'CharacterClass' || element.negate || element.elements.length !== 2) return undefined
  const letters = element.elements.map((each) =>
    each.type === 'Character' ? String.fromCharCode(each.value) : '',
  )
  const [a = '', b = ''] = letters.map((letter) => letter.toLowerCase())
  return a !== '' && a === b ? a : undefined
}

/** An id as ours are written. */
export function ownId(id: string): string {
  return (
    id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'rule'
  )
}

const GENERAL = {
  revoke: { text: 'Revoke the credential where it was issued.' },
  replace: { text: 'Make a new one, with no more rights than it needs.' },
  update: { text: 'Put it wherever the old one is used.' },
  billing: { text: 'Look for costs and quotas that you do not expect.' },
  review: { text: 'Review the logs of its use since the leak.' },
}

/** The file of a foreign tool's rules; ids that two of them share get a number. */
export function ruleFileOf(tool: string, name: string, rules: readonly WrittenRule[]): RuleFile {
  const seen = new Map<string, number>()
  const unique = rules.map((rule) => {
    const n = (seen.get(rule.id) ?? 0) + 1
    seen.set(rule.id, n)
    return n === 1 ? rule : { ...rule, id: `${rule.id}-${n}` }
  })
  return { provider: { id: tool, name, env: [], response: GENERAL }, rules: unique }
}

/** What one file's rules come to, and what is to be told of them. */
export interface Translated {
  readonly rules: WrittenRule[]
  readonly notes: Told[]
  readonly left: Told[]
}

/** Translates rules one by one; a pattern that has no equal is told with its rule. `names`: fields that tell a rule. */
export function translateEach(
  all: readonly Fields[],
  names: readonly string[],
  translateOne: (rule: Fields, id: string, note: (message: string) => void) => WrittenRule | undefined,
): Translated {
  const translated: Translated = { rules: [], notes: [], left: [] }
  for (const each of all) {
    const rule = names.map((name) => text(each[name])).find(Boolean) ?? 'a rule without an id'
    try {
      const made = translateOne(each, rule, (message) => translated.notes.push({ rule, message }))
      if (made !== undefined) translated.rules.push(made)
    } catch (error) {
      const isKnown =
        error instanceof SyntaxError || error instanceof RangeError || error instanceof ToolError
      if (!isKnown) throw error
      translated.left.push({ rule, message: (error as Error).message })
    }
  }
  return translated
}

/** Regular expressions of an allow list, each in JavaScript. */
export function allowPatterns(patterns: readonly string[]): string[] {
  // They are only tested, on short texts: what they take need not be kept.
  return patterns.map((pattern) => translate(pattern, { secret: 0 }).source)
}

export function isEmptyAllowance({ secrets, matches, lines, paths, words }: Allowance): boolean {
  return [secrets, matches, lines, paths, words].every((list) => list === undefined || list.length === 0)
}
