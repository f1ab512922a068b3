// Rules as written → rules ready to run, and the hash that names the set.
import { createHash } from 'node:crypto'
import type { Automata, Automaton, Context, Provider } from '../model/index.ts'
import {
  BEFORE_VALUE,
  isGeneralName,
  namedBefore,
  type Rule,
  type RuleAbout,
  type Ruleset,
  type RulesetAbout,
  ToolError,
  withFragments,
} from '../model/index.ts'
import { keywordsOf } from './assigned.ts'
import { automatonOf, backwardsOf } from './automaton.ts'
import { globsSource } from './globs.ts'
import { analysePattern, classSource, isAlnum, type PatternFacts } from './pattern.ts'
import type { RuleFile, WrittenRule } from './schema.ts'
import { secretPart } from './secret-part.ts'
import { tellingRun } from './value-run.ts'

const DEFAULT_BEFORE = 120
const DEFAULT_AFTER = 60
const PART_WITHIN = 400

export interface CompiledRules {
  readonly ruleset: Ruleset
  readonly about: RulesetAbout
  /** The beginnings of the patterns whose keywords stand at a fixed place, for who has much to read. */
  readonly automata: Automata
}

/** Compiles rule files. Throws ToolError `E_RULES` naming the rule and what is wrong with it. */
export function compileRules(files: readonly RuleFile[]): CompiledRules {
  const rules: Rule[] = []
  const about: Record<string, RuleAbout> = {}
  const beginnings: (() => [string, Automaton] | undefined)[] = []
  const providers: Record<string, Provider> = {}
  const mistakes: string[] = []
  for (const file of files) {
    if (providers[file.provider.id])
      throw new ToolError('E_RULES', `provider "${file.provider.id}" is defined twice`)
    providers[file.provider.id] = file.provider
    for (const written of file.rules) {
      if (about[written.id]) throw new ToolError('E_RULES', `rule "${written.id}" is defined twice`)
      about[written.id] = aboutRule(written)
      try {
        const rule = compileRule(written, file.provider.id)
        rules.push(rule)
        beginnings.push(() => beginningOf(written, rule))
      } catch (error) {
        if (!(error instanceof ToolError)) throw error
        mistakes.push(error.message)
      }
    }
  }
  if (mistakes.length > 0)
    throw new ToolError('E_RULES', mistakes.join('\n'), { hint: 'See rules/README.md.' })
  const hash = createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 16)
  return {
    ruleset: { hash, rules },
    about: { providers, rules: about },
    // Worked out when asked for: a hook has no need of them.
    get automata() {
      return Object.fromEntries(
        [...beginnings.map((beginning) => beginning()), beforeValue()].filter((entry) => entry !== undefined),
      )
    },
  }
}

function beforeValue(): [string, Automaton] | undefined {
  const automaton = backwardsOf(namedBefore())
  return automaton && [BEFORE_VALUE, automaton]
}

function beginningOf(
  { pattern, ignoreCase = false }: WrittenRule,
  { id, anchors }: Rule,
): [string, Automaton] | undefined {
  if (anchors.includes(-1)) return undefined
  const automaton = automatonOf(withFragments(pattern), ignoreCase)
  return automaton && [id, automaton]
}

function aboutRule(rule: WrittenRule): RuleAbout {
  return {
    id: rule.id,
    title: rule.title,
    ...(rule.description ? { description: rule.description } : {}),
    references: rule.references ?? [],
    examples: rule.examples,
    rejects: rule.rejects ?? [],
    ...(rule.verify === undefined ? {} : { verify: rule.verify }),
    ...(rule.response === undefined ? {} : { response: rule.response }),
  }
}

function compileRule(written: WrittenRule, provider: string): Rule {
  const facts = factsOf(written)
  const context = compileContext(written)
  const { keywords, areContext } = chooseKeywords(written, facts)
  const prefixes = facts.prefixes.every((p) => p !== '') ? facts.prefixes : []
  const anchors = keywords.map((keyword) => (areContext ? -1 : anchorOf(keyword, prefixes, keywords)))
  const pattern = withFragments(written.pattern)
  const ignoreCase = written.ignoreCase ?? false
  const bounded = isBounded(written.boundary, facts)
  const right = (written.boundary ?? 'auto') === 'auto' ? facts.lastBytes : undefined
  const run = tellingRun(pattern, { ignoreCase, bounded, right, named: isNamedInGeneral(written) })
  const part = secretPart(pattern)
  const body = facts.hasSecretGroup ? written.pattern : `(?<secret>${written.pattern})`
  return {
    id: written.id,
    provider,
    severity: written.severity,
    confidence: written.confidence ?? 'high',
    source: withRightBoundary(body, written.boundary ?? 'auto', facts),
    bounded,
    ignoreCase,
    ...(anchors.includes(-1) && facts.firstBytes.some((on) => on === 1)
      ? { first: classSource(facts.firstBytes) }
      : {}),
    keywords,
    anchors,
    maxLength: facts.maxLength,
    ...(run === undefined ? {} : { run }),
    ...(part === undefined ? {} : { secretPart: part }),
    tier: written.tier ?? (context ? 1 : 2),
    ...(context ? { context } : {}),
    keywordsAreContext: areContext,
    ...(written.entropy === undefined ? {} : { entropy: written.entropy }),
    ...(written.randomness === undefined ? {} : { randomness: written.randomness }),
    ...(written.parts ? { parts: written.parts.map((part) => compilePart(written.id, part)) } : {}),
    proofs: written.proofs ?? [],
    ...(written.placeholder === undefined ? {} : { placeholder: written.placeholder }),
    ...(written.paths === undefined ? {} : { paths: globsSource(written.paths) }),
    ...(written.pathPattern === undefined ? {} : { paths: written.pathPattern }),
    ...(written.allow?.length ? { allow: written.allow } : {}),
    prefixes,
  }
}

/** Each of the provider's names is a keyword, and other names are those that all rules share: see assigned.ts. */
function isNamedInGeneral({ assigned, keywords = [] }: WrittenRule): boolean {
  if (assigned === undefined || assigned.names?.every(isGeneralName) === false) return false
  const known = new Set(keywords.map((keyword) => keyword.toLowerCase()))
  return keywordsOf(assigned.to).every((name) => known.has(name.toLowerCase()))
}

function isBounded(boundary: WrittenRule['boundary'], { firstBytes }: PatternFacts): boolean {
  return boundary !== 'none' && firstBytes.some((on, byte) => on === 1 && isAlnum(byte))
}

function factsOf(written: WrittenRule): PatternFacts {
  try {
    const pattern = withFragments(written.pattern)
    new RegExp(pattern)
    return analysePattern(pattern)
  } catch (error) {
    throw new ToolError('E_RULES', `rule "${written.id}": pattern: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

function compilePart(id: string, part: { name: string; pattern: string; within?: number }) {
  try {
    analysePattern(part.pattern)
  } catch (error) {
    throw new ToolError('E_RULES', `rule "${id}": part "${part.name}": ${(error as Error).message}`, {
      cause: error,
    })
  }
  return { name: part.name, pattern: part.pattern, within: part.within ?? PART_WITHIN }
}

function compileContext(written: WrittenRule): Context | undefined {
  const { context } = written
  if (!context) return undefined
  const pattern = context.pattern ?? context.words?.map((w) => w.replace(/[^\w\s]/g, '\\$&')).join('|')
  if (!pattern) throw new ToolError('E_RULES', `rule "${written.id}": context needs words or a pattern`)
  return { pattern, before: context.before ?? DEFAULT_BEFORE, after: context.after ?? DEFAULT_AFTER }
}

/** The keywords that feed the prefilter: as written, else the pattern's beginnings, else the context's words. */
function chooseKeywords(
  written: WrittenRule,
  facts: PatternFacts,
): { keywords: string[]; areContext: boolean } {
  const given = written.keywords?.map((k) => k.toLowerCase())
  if (given) {
    if (written.assigned) return { keywords: given, areContext: false }
    if (facts.provesKeyword(given)) return { keywords: given, areContext: false }
    if (written.context) return { keywords: given, areContext: true }
    throw new ToolError('E_RULES', `rule "${written.id}": the pattern can match without any of its keywords`)
  }
  const fromPrefixes = [...new Set(facts.prefixes.map((p) => p.slice(0, 16).toLowerCase()))]
  if (fromPrefixes.length > 0 && fromPrefixes.every((k) => k.length >= 3)) {
    return { keywords: fromPrefixes, areContext: false }
  }
  const words = written.context?.words?.map((w) => w.toLowerCase())
  if (words?.every((w) => w.length >= 3)) return { keywords: words, areContext: true }
  throw new ToolError(
    'E_RULES',
    `rule "${written.id}": give keywords, the pattern has no literal beginning of 3 bytes`,
  )
}

/**
 * Fixed distance from match start to keyword, or -1.
 * It holds only when every beginning has some keyword at its one fixed place.
 */
function anchorOf(keyword: string, prefixes: readonly string[], keywords: readonly string[]): number {
  const lower = prefixes.map((p) => p.toLowerCase())
  if (lower.length === 0 || !lower.every((p) => keywords.some((k) => p.includes(k)))) return -1
  const places = new Set(lower.filter((p) => p.includes(keyword)).map((p) => p.indexOf(keyword)))
  return places.size === 1 ? [...places][0]! : -1
}

function withRightBoundary(body: string, boundary: 'auto' | 'left' | 'none', facts: PatternFacts): string {
  const right = boundary === 'auto' && facts.lastBytes ? `(?!${classSource(facts.lastBytes)})` : ''
  return `(?:${body})${right}`
}
