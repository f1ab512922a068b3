// Rule files of gitleaks and betterleaks (TOML) → rules of ours.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import { type Allowance, ToolError } from '../../model/index.ts'
import type { WrittenRule } from '../schema.ts'
import { type Fields, list, record, records, text } from './fields.ts'
import {
  allowPatterns,
  boundedPattern,
  type ForeignRules,
  isEmptyAllowance,
  keywordsFor,
  ownId,
  ruleFileOf,
  type Told,
  translateEach,
} from './foreign.ts'
import { parseToml } from './toml.ts'

/** Keys of a rule that are understood; others are told. */
const RULE_KEYS =
  'id description title regex path secretGroup entropy keywords tags allowlist allowlists required skipReport severity'.split(
    ' ',
  )

/** Bytes that a keyword, or a required part, may be away: those tools only ask that it is in the same text. */
const NEAR = 2_000
const BYTES_A_LINE = 120

/** Reads one file and those it extends. Throws ToolError `E_RULES` when it is not TOML, or extends itself. */
export function readGitleaks(path: string): ForeignRules {
  const told: Told[] = []
  const all = readAll(path, told, [])
  const byId = new Map(all.rules.map((rule) => [text(rule.id) ?? '', rule]))
  const { rules, notes, left } = translateEach(all.rules, ['id', 'description'], (rule, id, note) =>
    translateRule(rule, id, { note, allow: all.allow, byId }),
  )
  return { file: ruleFileOf('gitleaks', 'Rules of gitleaks', rules), notes: [...told, ...notes], left }
}

interface All {
  rules: Fields[]
  allow: Fields[]
}

function readAll(path: string, notes: Told[], chain: readonly string[]): All {
  if (chain.includes(path))
    throw new ToolError('E_RULES', `the rule files extend each other: ${[...chain, path].join(' extends ')}.`)
  const content = parseToml(readFileSync(path, 'utf8'), path)
  const extend = record(content.extend)
  const base = baseOf(extend, path, notes, chain)
  const disabled = new Set(list(extend.disabledRules))
  const own = records(content.rules)
  const ownIds = new Set(own.map(({ id }) => id))
  const kept = base.rules.filter(({ id }) => !disabled.has(String(id)) && !ownIds.has(id))
  return {
    rules: [...kept, ...own],
    allow: [...base.allow, ...allowancesOf(content)],
  }
}

function baseOf(extend: Fields, path: string, notes: Told[], chain: readonly string[]): All {
  if (extend.useDefault === true)
    notes.push({
      rule: '[extend]',
      message: "useDefault: unleak's own rules take the place of the tool's own",
    })
  const target = text(extend.path)
  if (target === undefined) return { rules: [], allow: [] }
  const files = isAbsolute(target) ? [target] : [resolve(dirname(path), target), resolve(target)]
  const file = files.find((each) => existsSync(each))
  if (file === undefined)
    throw new ToolError('E_RULES', `${path}: [extend] path: there is no file ${target}.`)
  return readAll(file, notes, [...chain, path])
}

interface Around {
  readonly note: (message: string) => void
  readonly allow: readonly Fields[]
  readonly byId: ReadonlyMap<string, Fields>
}

function translateRule(rule: Fields, id: string, { note, allow, byId }: Around): WrittenRule | undefined {
  if (rule.skipReport === true) {
    note('left out: it only helps other rules')
    return undefined
  }
  const unknown = Object.keys(rule).filter((key) => !RULE_KEYS.includes(key))
  if (unknown.length > 0) throw new RangeError(`what "${unknown.join('", "')}" asks for has no equal`)
  const regex = text(rule.regex)
  if (regex === undefined) throw new RangeError('it has no regex: a path alone is no secret')
  const group = Number(rule.secretGroup ?? 0)
  const { source, notes } = boundedPattern(regex, group > 0 ? group : undefined)
  for (const message of notes) note(message)
  const found = keywordsFor(source, list(rule.keywords))
  if (found === undefined) throw new RangeError('no word of three letters that every match holds')
  const context = contextOf(rule, found, byId, note)
  const allows = [...allow.filter((each) => targets(each, id)), ...allowancesOf(rule)].map((each) =>
    allowanceOf(each, note),
  )
  const isWeak = typeof rule.entropy === 'number'
  return {
    id: ownId(id),
    title: text(rule.description) ?? text(rule.title) ?? id,
    severity: severityOf(rule.severity),
    confidence: isWeak || context ? 'medium' : 'high',
    pattern: source,
    boundary: 'none',
    keywords: found.keywords,
    tier: 1,
    ...(context ? { context } : {}),
    ...(isWeak ? { entropy: rule.entropy as number } : {}),
    ...(text(rule.path) === undefined ? {} : { pathPattern: allowPatterns([text(rule.path)!])[0]! }),
    allow: allows.filter((each) => !isEmptyAllowance(each)),
    examples: [],
  }
}

function severityOf(value: unknown): WrittenRule['severity'] {
  const known = ['low', 'medium', 'high', 'critical'] as const
  return known.find((each) => each === String(value).toLowerCase()) ?? 'high'
}

/** A word that only has to be near, or a part that must be: one of them, since a rule of ours has one context. */
function contextOf(
  rule: Fields,
  found: { readonly keywords: readonly string[]; readonly areContext: boolean },
  byId: ReadonlyMap<string, Fields>,
  note: (message: string) => void,
): WrittenRule['context'] {
  const required = records(rule.required)
  if (required.length === 0) {
    if (!found.areContext) return undefined
    note(`a keyword must stand within ${NEAR} bytes, not anywhere in the file`)
    return { words: found.keywords, before: NEAR, after: NEAR }
  }
  const [part, ...more] = required
  if (more.length > 0 || found.areContext) throw new RangeError('it needs more than one other thing near it')
  const regex = text(byId.get(text(part!.id) ?? '')?.regex)
  if (regex === undefined) throw new RangeError(`the rule "${text(part!.id)}" that it requires is not there`)
  const lines = Number(part!.withinLines ?? Math.floor(NEAR / BYTES_A_LINE))
  const reach = Math.max(BYTES_A_LINE, lines * BYTES_A_LINE, Number(part!.withinColumns ?? 0))
  note(`what it requires must stand within ${reach} bytes (${lines} lines)`)
  return {
    pattern: boundedPattern(regex, 0).source.replaceAll('(?<secret>', '(?:'),
    before: reach,
    after: reach,
  }
}

function targets(allow: Fields, id: string): boolean {
  const rules = list(allow.targetRules)
  return rules.length === 0 || rules.includes(id)
}

/** The allow lists of a rule or of a file, however many it has. */
export function allowancesOf(of: Fields): Fields[] {
  return [...records(of.allowlists), ...(of.allowlist ? [record(of.allowlist)] : [])]
}

function allowanceOf(allow: Fields, note: (message: string) => void): Allowance {
  const regexes = allowPatterns(list(allow.regexes))
  const all = String(allow.condition ?? 'OR').toUpperCase() === 'AND'
  const commits = list(allow.commits)
  if (commits.length > 0) {
    if (all)
      throw new RangeError(
        'an allow list asks for a commit and more: commits are not known when a file is judged',
      )
    note(`${commits.length} allowed commits were left out: accept their findings with unleak ignore`)
  }
  const target = { match: 'matches', line: 'lines' }[String(allow.regexTarget)] ?? 'secrets'
  return {
    all,
    ...(regexes.length > 0 ? { [target]: regexes } : {}),
    ...(list(allow.paths).length > 0 ? { paths: allowPatterns(list(allow.paths)) } : {}),
    ...(list(allow.stopwords).length > 0
      ? { words: list(allow.stopwords).map((word) => word.toLowerCase()) }
      : {}),
  }
}
