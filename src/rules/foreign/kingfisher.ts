// Rule files of kingfisher and Nosey Parker (YAML, regular expressions of Rust) → rules of ours.
import type { Allowance } from '../../model/index.ts'
import type { WrittenRule } from '../schema.ts'
import { type Fields, list, record, records, text } from './fields.ts'
import {
  boundedPattern,
  type ForeignRules,
  isEmptyAllowance,
  keywordsFor,
  ownId,
  ruleFileOf,
  translateEach,
} from './foreign.ts'

/** Keys that say nothing about what is found. */
const SILENT =
  'name id pattern description references categories tags examples negative_examples non_examples'.split(' ')
const READ = 'min_entropy confidence visible pattern_requirements prevalidated'.split(' ')
const UNUSED: Readonly<Record<string, string>> = {
  validation: 'its validation is not used: unleak asks only with rules of its own form',
  revocation: 'its revocation is not used',
  depends_on_rule: 'what it takes from other rules is only for its validation, and not used',
}

/** True for the parsed content of such a file. */
export function isKingfisher(content: unknown): boolean {
  const [first] = records(record(content).rules)
  return (
    first !== undefined && record(content).provider === undefined && 'pattern' in first && 'name' in first
  )
}

export function translateKingfisher(content: unknown): ForeignRules {
  const all = records(record(content).rules)
  const { rules, notes, left } = translateEach(all, ['id', 'name'], translateRule)
  const isParker = rules.some(({ id }) => id.startsWith('np-'))
  const [tool, name] = isParker ? ['noseyparker', 'Nosey Parker'] : ['kingfisher', 'kingfisher']
  return { file: ruleFileOf(tool, `Rules of ${name}`, rules), notes, left }
}

function translateRule(rule: Fields, id: string, note: (message: string) => void): WrittenRule | undefined {
  if (rule.visible === false) {
    note('left out: it only helps other rules')
    return undefined
  }
  const unknown = Object.keys(rule).filter((key) => ![...SILENT, ...READ].includes(key) && !(key in UNUSED))
  if (unknown.length > 0) throw new RangeError(`what "${unknown.join('", "')}" asks for has no equal`)
  for (const [key, message] of Object.entries(UNUSED)) if (rule[key] !== undefined) note(message)
  const pattern = text(rule.pattern)
  if (pattern === undefined) throw new RangeError('it has no pattern')
  const { source, notes } = boundedPattern(pattern.trim(), undefined)
  for (const message of notes) note(message)
  checkExamples(source, rule)
  const found = keywordsFor(source, [])
  if (found === undefined) throw new RangeError('no word of three letters that every match holds')
  const { placeholder, allow } = requirementsOf(record(rule.pattern_requirements), note)
  const confidence = (['low', 'medium', 'high'] as const).find((each) => each === rule.confidence) ?? 'medium'
  return {
    id: ownId(id),
    title: text(rule.name) ?? id,
    severity: confidence === 'low' ? 'medium' : 'high',
    confidence,
    pattern: source,
    boundary: 'none',
    keywords: found.keywords,
    tier: 1,
    ...(typeof rule.min_entropy === 'number' && rule.min_entropy > 0 ? { entropy: rule.min_entropy } : {}),
    ...(placeholder === undefined ? {} : { placeholder }),
    allow: isEmptyAllowance(allow) ? [] : [allow],
    references: list(rule.references),
    examples: [],
  }
}

/** The rule's own examples prove the translation. */
function checkExamples(source: string, rule: Fields): void {
  const regex = new RegExp(source)
  const matches = (example: string) => regex.test(Buffer.from(example, 'utf8').toString('latin1'))
  const missed = list(rule.examples).findIndex((example) => !matches(example))
  if (missed !== -1) throw new RangeError(`translated, it misses its own example ${missed + 1}`)
  const wrong = [...list(rule.negative_examples), ...list(rule.non_examples)].findIndex(matches)
  if (wrong !== -1) throw new RangeError(`translated, it takes its own negative example ${wrong + 1}`)
}

const CLASSES: Readonly<Record<string, string>> = {
  min_digits: '0-9',
  min_uppercase: 'A-Z',
  min_lowercase: 'a-z',
}

/** Least numbers of kinds of characters: a secret with fewer is taken for a placeholder. */
function requirementsOf(
  requirements: Fields,
  note: (message: string) => void,
): { placeholder: string | undefined; allow: Allowance } {
  const special = text(requirements.special_chars) ?? '!@#$%^&*()_+-=[]{}|;:\'",.<>?/\\`~'
  const classes = { ...CLASSES, min_special_chars: special.replace(/[^\w]/g, '\\$&') }
  const sources: string[] = []
  for (const [key, value] of Object.entries(requirements)) {
    const set = classes[key as keyof typeof classes]
    const least = Number(value)
    if (set !== undefined && least > 0) sources.push(`^(?:[^${set}]*[${set}]){0,${least - 1}}[^${set}]*$`)
    else if (set === undefined && key !== 'special_chars' && key !== 'ignore_if_contains')
      note(`"${key}" of its requirements is not applied`)
  }
  const words = list(requirements.ignore_if_contains).map((word) => word.toLowerCase())
  return {
    placeholder: sources.length > 0 ? sources.join('|') : undefined,
    allow: { all: false, ...(words.length > 0 ? { words } : {}) },
  }
}
