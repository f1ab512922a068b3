// A rule set made ready to run: one keyword list for the prefilter, and which rules each keyword wakes.
import {
  type Automata,
  BEFORE_VALUE,
  patternOf,
  type Rule,
  type RuleIndex,
  type Ruleset,
} from '../model/index.ts'
import { ESCAPE_REACH, TRIGGERS } from './decode/escapes.ts'
import { JOINT_REACH } from './decode/joints.ts'
import { lazy } from './lazy.ts'
import { JOINT_PROBE, type Probe, type RunProbe, runProbe } from './probe.ts'

/** Boundaries see a little beyond a match. */
const MARGIN = 64
/** Joined literals are looked at this far, and filters read the line up to 1 KiB to each side. */
const LEAST_REACH = Math.max(JOINT_REACH, 1024) + MARGIN

/** A rule and what the engine derives from it; regular expressions are compiled on first use. */
export interface RuntimeRule {
  readonly rule: Rule
  readonly index: number
  /** How far before a keyword a match may start, and how far behind the keyword's start it may end. */
  readonly before: number
  readonly after: number
  /** What a match near a keyword at no fixed distance must hold. */
  readonly probe: RunProbe | undefined
  readonly regex: (mode: 'sticky' | 'global') => RegExp
  readonly secretPart: (() => RegExp) | undefined
  readonly context: (() => RegExp) | undefined
  readonly paths: (() => RegExp) | undefined
}

/** What a keyword wakes: a rule at a fixed distance (anchor >= 0), or somewhere around (-1). */
export interface Wake {
  readonly rule: RuntimeRule
  readonly anchor: number
}

/** What a prefilter looks for. */
export interface Keywords {
  readonly length: number
  /** Lower-case ASCII of 3 bytes or more. */
  readonly list: () => readonly string[]
}

export interface Tables {
  readonly keywords: Keywords
  readonly wakesOf: (keyword: number) => readonly Wake[]
  /** Keywords from this index on are decoder triggers. */
  readonly firstTrigger: number
  /** The same for each keyword. */
  readonly reachOf: (keyword: number) => number
  /** What must lie near each keyword for one of its rules to match; undefined: nothing is known. */
  readonly probes: (automata?: Automata) => readonly (readonly Probe[] | undefined)[]
  /** How far from a keyword anything that decides about a match can lie, in bytes. */
  readonly reach: number
}

/** @param leastTier rules of a lower tier are not woken */
export function buildTables(ruleset: Ruleset, leastTier = 0): Tables {
  const { index, ruleAt } = ruleset.indexed ?? {
    index: indexRules(ruleset.rules),
    ruleAt: (number: number) => ruleset.rules[number]!,
  }
  const rules: RuntimeRule[] = []
  const runtimeAt = (number: number) => {
    rules[number] ??= runtimeRule(ruleAt(number), number)
    return rules[number]
  }
  const wakes: (readonly Wake[])[] = []
  const wakesOf = (keyword: number) => {
    wakes[keyword] ??= pairs(index.wakesOf(keyword))
      .map(([rule, anchor]) => ({ rule: runtimeAt(rule), anchor }))
      .filter(({ rule }) => rule.rule.tier >= leastTier)
    return wakes[keyword]
  }
  const firstTrigger = index.size
  const { reaches } = index
  const triggerReach = ESCAPE_REACH + MARGIN
  return {
    keywords: { length: firstTrigger + TRIGGERS.length, list: () => [...index.keywords, ...TRIGGERS] },
    wakesOf,
    firstTrigger,
    reachOf: (keyword) => (keyword < firstTrigger ? reaches[keyword]! : triggerReach),
    reach: Math.max(index.reach, triggerReach),
    probes: (automata = {}) => [
      ...Array.from({ length: firstTrigger }, (_, keyword) => probesOf(wakesOf(keyword), automata)),
      ...TRIGGERS.map(() => undefined),
    ],
  }
}

function pairs(numbers: ArrayLike<number>): [number, number][] {
  return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[i * 2]!, numbers[i * 2 + 1]!])
}

/** What a rule set has to say before any of its rules is looked at; worked out at build time for the bundled ones. */
export function indexRules(rules: readonly Rule[]): RuleIndex {
  const numberOf = new Map<string, number>()
  const wakes: number[][] = []
  const reaches: number[] = []
  for (const [number, rule] of rules.entries()) {
    const { before, after } = extentOf(rule)
    for (const [i, keyword] of rule.keywords.entries()) {
      let id = numberOf.get(keyword)
      if (id === undefined) {
        id = wakes.push([]) - 1
        reaches.push(LEAST_REACH)
        numberOf.set(keyword, id)
      }
      reaches[id] = Math.max(reaches[id]!, before + MARGIN, after + MARGIN)
      wakes[id]!.push(number, rule.anchors[i] ?? -1)
    }
  }
  return {
    size: wakes.length,
    keywords: [...numberOf.keys()],
    wakesOf: (keyword) => wakes[keyword]!,
    reaches,
    reach: reaches.reduce((most, reach) => Math.max(most, reach), 0),
  }
}

/** How far before a keyword a match may start, and how far behind the keyword's start it may end. */
function extentOf({ maxLength, context, keywords, keywordsAreContext }: Rule): {
  before: number
  after: number
} {
  if (!keywordsAreContext) return { before: maxLength, after: maxLength }
  const longest = Math.max(...keywords.map((keyword) => keyword.length))
  return {
    before: maxLength + (context?.after ?? 0),
    after: longest + (context?.before ?? 0) + maxLength,
  }
}

/** Any of a keyword's rules may match, or be broken over literals. */
function probesOf(wakes: readonly Wake[], automata: Automata): Probe[] | undefined {
  const probes: Probe[] = []
  for (const { rule, anchor } of wakes) {
    const automaton = anchor >= 0 ? automata[rule.rule.id] : undefined
    const known = runProbe(rule.rule, anchor, rule.before, rule.after)
    const run = known?.named ? { ...known, before: automata[BEFORE_VALUE] } : known
    const probe = automaton
      ? { automaton, length: rule.rule.maxLength, start: -anchor, ...(run ? { run } : {}) }
      : run
    if (probe === undefined) return undefined
    probes.push(probe)
  }
  return wakes.some(isJoined) ? [...probes, JOINT_PROBE] : probes
}

/** Literals are joined where a rule that names itself begins with its keyword. */
export function isJoined({ rule, anchor }: Wake): boolean {
  return anchor >= 0 && rule.rule.tier === 2
}

/** The rule finds values by the name they are assigned to. */
export function namesValue({ rule, anchor }: Wake): boolean {
  return anchor < 0 && rule.rule.tier === 1
}

function runtimeRule(rule: Rule, index: number): RuntimeRule {
  const { context, paths, secretPart } = rule
  const compiled: { sticky?: RegExp; global?: RegExp } = {}
  const { before, after } = extentOf(rule)
  return {
    rule,
    index,
    before,
    after,
    probe: runProbe(rule, -1, before, after),
    regex(mode) {
      compiled[mode] ??= patternOf(rule, mode === 'sticky' ? 'dy' : 'dg')
      return compiled[mode]
    },
    secretPart:
      secretPart === undefined ? undefined : lazy(() => new RegExp(secretPart, rule.ignoreCase ? 'i' : '')),
    context: context && lazy(() => new RegExp(context.pattern, 'i')),
    paths: paths === undefined ? undefined : lazy(() => new RegExp(paths)),
  }
}
