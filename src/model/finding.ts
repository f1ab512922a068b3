// What was found: one finding per distinct rule and secret, with every place it stands.
import type { Confidence, Severity, Step } from './rule.ts'
import type { Secret } from './secret.ts'

export type PlaceKind = 'staged' | 'file' | 'history' | 'message' | 'tag' | 'stdin' | 'name'

/** A public part of a credential: the id that belongs to the secret. */
export interface Part {
  readonly name: string
  readonly value: string
}

/** Where a secret stands. Lines and columns are 1-based; columns count UTF-16 units, the end is exclusive. */
export interface Place {
  readonly kind: PlaceKind
  readonly path?: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly blob?: string
  readonly commit?: string
  readonly author?: string
  readonly date?: string
  /** Name of the tag whose message it stands in. */
  readonly tag?: string
  /** The name this line gives the secret, such as an environment variable. */
  readonly name?: string
  /** The credential's other parts, where they stand near: never secret themselves. */
  readonly parts?: readonly Part[]
  /** What had to be undone to read it here: base64, percent, escape, utf-16, concatenation. */
  readonly encoding?: readonly string[]
}

export interface CommitRef {
  readonly commit: string
  readonly author: string
  readonly date: string
  readonly path?: string
}

/** Since when, until when and where a secret is in the history. */
export interface History {
  readonly introduced: CommitRef | null
  readonly removed: CommitRef | null
  readonly atHead: boolean
  readonly refs: readonly string[]
  readonly published: readonly string[]
}

export const VERDICT_STATES = [
  'unchecked',
  'live',
  'live-restricted',
  'live-unusable',
  'dead',
  'unknown',
] as const
export type VerdictState = (typeof VERDICT_STATES)[number]

export interface Verdict {
  readonly state: VerdictState
  readonly reason?: string
  readonly checkedAt?: string
}

/** One step of the emergency response, ready to print. */
export interface ResponseStep {
  readonly step: Step
  readonly text: string
  readonly url?: string
  readonly command?: string
  /** For `update`: files of the repository that name the variable this secret lives under. */
  readonly files?: readonly string[]
}

export interface Finding {
  readonly id: string
  readonly rule: string
  readonly provider: string
  readonly title: string
  readonly severity: Severity
  readonly confidence: Confidence
  /** Why it is believed, in a few words each. */
  readonly evidence: readonly string[]
  readonly secret: Secret
  readonly places: readonly Place[]
  readonly history?: History
  readonly verdict: Verdict
  readonly response: readonly ResponseStep[]
}
