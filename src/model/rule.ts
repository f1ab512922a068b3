// Rules as data: what a provider file says, and its compiled form.
import { withFragments } from './fragments.ts'

import type { VerifySpec } from './verify.ts'

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export const CONFIDENCES = ['low', 'medium', 'high'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** The five steps of the emergency response, in the order they are taken. */
export const STEPS = ['revoke', 'replace', 'update', 'billing', 'review'] as const
export type Step = (typeof STEPS)[number]

/** How to answer a leak of this provider's credentials: one entry a step. */
export type ResponsePlan = Readonly<Record<Step, { readonly text: string; readonly url?: string }>>

/** Who issues the credentials of one rule file. */
export interface Provider {
  readonly id: string
  readonly name: string
  readonly site?: string
  /** Environment variables the credentials usually live in; used to name the places to update. */
  readonly env: readonly string[]
  readonly response: ResponsePlan
}

/** Words that must stand near a match whose shape alone is weak. Distances in bytes from the match's ends. */
export interface Context {
  /** Regular-expression source, matched without regard to case. */
  readonly pattern: string
  readonly before: number
  readonly after: number
}

/**
 * What a rule lets pass: regular-expression sources over the secret, the whole match, its line and its path, and
 * lower-case words that the secret may not hold.
 */
export interface Allowance {
  /** True: every condition that is given must hold; else one is enough. */
  readonly all: boolean
  readonly secrets?: readonly string[]
  readonly matches?: readonly string[]
  readonly lines?: readonly string[]
  readonly paths?: readonly string[]
  readonly words?: readonly string[]
}

/** A rule ready to run. Plain data: it is built once at build time and loaded with one JSON.parse. */
export interface Rule {
  readonly id: string
  readonly provider: string
  readonly severity: Severity
  readonly confidence: Confidence
  /** Regular-expression source; latin1 semantics; one group named `secret`; the right boundary is in it. */
  readonly source: string
  /** True: nothing that belongs to the token may stand before it; see `patternOf`. */
  readonly bounded: boolean
  /** Class of the bytes a match can begin with; for rules that are looked for in windows. */
  readonly first?: string
  readonly ignoreCase: boolean
  /** Lower-case literals; every match contains one of them (compared without regard to case). At least 3 bytes each. */
  readonly keywords: readonly string[]
  /** Fixed distance in bytes from match start to keyword, one per keyword, or -1 when it varies. */
  readonly anchors: readonly number[]
  /** Longest possible match in bytes. */
  readonly maxLength: number
  /**
   * Bytes that stand in every match: `length` in a row of the class `bytes` (its source, such as `[0-9a-f]`), which
   * begin `from` to `to` bytes behind the match's start. With `behind`, directly behind a byte of that class (with
   * `edge`, where a token can begin), and with `most`, they end with their run, which has not more bytes from there on.
   * With `named`, the keyword stands close before, or a general name of a secret does.
   */
  readonly run?: {
    readonly bytes: string
    readonly length: number
    readonly from: number
    readonly to: number
    readonly behind?: string
    readonly edge?: boolean
    readonly most?: number
    readonly named?: boolean
  }
  /** Source of the secret's own part of a long pattern: where it matches nothing, the whole is not even compiled. */
  readonly secretPart?: string
  /** 2 names itself (prefix or marker), 1 needs context, 0 is the generic entropy rule. Higher wins an overlap. */
  readonly tier: 0 | 1 | 2
  readonly context?: Context
  /** True when the keywords are context words: the match lies near them, not around them. */
  readonly keywordsAreContext: boolean
  /** Shannon entropy in bits per character the secret must reach. */
  readonly entropy?: number
  /** Score of the randomness model, 0 (words) to 1 (random), the secret must reach. */
  readonly randomness?: number
  /** Public parts of the credential, looked for within so many bytes of the match. */
  readonly parts?: readonly { readonly name: string; readonly pattern: string; readonly within: number }[]
  /** Names of offline proofs, run in order. */
  readonly proofs: readonly string[]
  /** Regular-expression source over the whole secret; a match drops it as a placeholder. */
  readonly placeholder?: string
  /** Regular-expression source: the rule only applies to paths it matches. */
  readonly paths?: string
  readonly allow?: readonly Allowance[]
  /** Literal the secret starts with that is public, by length of the longest common literal prefix. */
  readonly prefixes: readonly string[]
}

/**
 * The beginning of a pattern as a finite automaton. The first state is 1; 0 says that no match begins there. A next
 * state with 0x8000 says that one does if `tail.length` bytes of the class `tail.bytes` follow, and goes on if not.
 */
export interface Automaton {
  /** By byte: its column in the table. */
  readonly columns: readonly number[]
  readonly width: number
  /** By state and column: the next state. */
  readonly next: readonly number[]
  readonly tail: { readonly bytes: string; readonly length: number }
}

/** Of the bytes before an assigned value, backwards, where no provider's name stands near: `NAMED` of the fragments. */
export const BEFORE_VALUE = '«NAMED»'

/** By rule id, and under `BEFORE_VALUE`. */
export type Automata = Readonly<Record<string, Automaton>>

/** What people read about a rule; loaded only when something is found or listed. */
export interface RuleAbout {
  readonly id: string
  readonly title: string
  readonly description?: string
  readonly references: readonly string[]
  readonly examples: readonly string[]
  readonly rejects: readonly string[]
  readonly verify?: VerifySpec
  /** Steps that differ from the provider's. */
  readonly response?: Partial<ResponsePlan>
}

/** All rules of a scan, with the hash that names exactly this set. */
export interface Ruleset {
  readonly hash: string
  readonly rules: readonly Rule[]
  /** The same rules one at a time, with what the engine would work out of all of them. */
  readonly indexed?: {
    readonly index: RuleIndex
    readonly ruleAt: (number: number) => Rule
  }
}

/** The rules as they can be posted to another thread; undefined: the bundled ones, which each thread reads for itself. */
export function rulesToPost({ hash, rules, indexed }: Ruleset): Ruleset | undefined {
  return indexed ? undefined : { hash, rules }
}

/** Which rules each keyword wakes: what is needed to begin a scan, without a look at the rules. */
export interface RuleIndex {
  /** How many keywords there are. */
  readonly size: number
  /** In ASCII. Asked for where their table is not laid out ahead of time. */
  readonly keywords: readonly string[]
  /** Rule and anchor, rule and anchor, …; rules by number. */
  readonly wakesOf: (keyword: number) => ArrayLike<number>
  /** By keyword: how far from it bytes can decide about a match. */
  readonly reaches: ArrayLike<number>
  /** The greatest of them. */
  readonly reach: number
}

/** The cold half of a rule set. */
export interface RulesetAbout {
  readonly providers: Readonly<Record<string, Provider>>
  readonly rules: Readonly<Record<string, RuleAbout>>
}

/**
 * Nothing that belongs to the token may stand before it: no letter or digit, unless that ends an escape
 * (`\\n`, `%22`, `\\u0022`, `\\x22`), as in text that was quoted once more.
 */
const LEFT_BOUNDARY = '(?:(?<![A-Za-z0-9])|(?<=\\\\[abfnrtv0]|(?:%|\\\\u00|\\\\x)[0-9A-Fa-f]{2}))'

/** The whole pattern of a rule, as a regular expression with these flags beside its own. */
export function patternOf(rule: Rule, flags = ''): RegExp {
  const first = rule.first === undefined ? '' : `(?=${rule.first})` // the cheapest test first
  const source = `${first}${rule.bounded ? LEFT_BOUNDARY : ''}${withFragments(rule.source)}`
  return new RegExp(source, `${flags}${rule.ignoreCase ? 'i' : ''}`)
}
