// A rule set made ready to run: one keyword list for the prefilter, and which rules each keyword wakes.
import type { Rule, Ruleset } from '../model/index.ts'
import { TRIGGERS } from './decode/escapes.ts'

/** A rule and what the engine derives from it; regular expressions are compiled on first use. */
export interface RuntimeRule {
  readonly rule: Rule
  readonly index: number
  /** How far before a keyword a match may start, and how far behind the keyword's start it may end. */
  readonly before: number
  readonly after: number
  readonly regex: (mode: 'sticky' | 'global') => RegExp
  readonly context: (() => RegExp) | undefined
  readonly paths: (() => RegExp) | undefined
}

/** What a keyword wakes: a rule at a fixed distance (anchor >= 0), or somewhere around (-1). */
export interface Wake {
  readonly rule: RuntimeRule
  readonly anchor: number
}

export interface Tables {
  readonly keywords: readonly string[]
  readonly wakes: readonly (readonly Wake[])[]
  /** Keywords from this index on are decoder triggers. */
  readonly firstTrigger: number
  /** How far from a keyword anything that decides about a match can lie, in bytes. */
  readonly reach: number
}

export function buildTables(ruleset: Ruleset): Tables {
  const indexOf = new Map<string, number>()
  const wakes: Wake[][] = []
  let reach = 256
  for (const [index, rule] of ruleset.rules.entries()) {
    const runtime = runtimeRule(rule, index)
    reach = Math.max(reach, runtime.before, runtime.after)
    for (const [i, keyword] of rule.keywords.entries()) {
      let id = indexOf.get(keyword)
      if (id === undefined) {
        id = wakes.push([]) - 1
        indexOf.set(keyword, id)
      }
      wakes[id]!.push({ rule: runtime, anchor: rule.anchors[i] ?? -1 })
    }
  }
  const firstTrigger = wakes.length
  return { keywords: [...indexOf.keys(), ...TRIGGERS], wakes, firstTrigger, reach: reach + 64 }
}

function runtimeRule(rule: Rule, index: number): RuntimeRule {
  const { maxLength, context, paths } = rule
  const longestKeyword = Math.max(...rule.keywords.map((k) => k.length))
  const compiled: { sticky?: RegExp; global?: RegExp } = {}
  return {
    rule,
    index,
    before: rule.keywordsAreContext ? maxLength + (context?.after ?? 0) : maxLength,
    after: rule.keywordsAreContext ? longestKeyword + (context?.before ?? 0) + maxLength : maxLength,
    regex(mode) {
      const flags = `d${mode === 'sticky' ? 'y' : 'g'}${rule.ignoreCase ? 'i' : ''}`
      compiled[mode] ??= new RegExp(rule.source, flags)
      return compiled[mode]
    },
    context: context && lazy(() => new RegExp(context.pattern, 'i')),
    paths: paths === undefined ? undefined : lazy(() => new RegExp(paths)),
  }
}

function lazy<T>(make: () => T): () => T {
  let value: T | undefined
  return () => {
    value ??= make()
    return value
  }
}
