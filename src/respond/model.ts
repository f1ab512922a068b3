// The nouns of the emergency response: the case, its runbook of steps, what became of each.
import type { Clock, Http } from '../http/index.ts'
import type { Finding, Secret } from '../model/index.ts'
import type { KeyCheck, Money, OpenAI } from '../openai/index.ts'
import type { Use } from '../places/find.ts'
import type { RemoteCommand } from '../places/remote.ts'
import type { Journal } from '../state/journal.ts'

/** Something for a person: a sentence, with the page or the command that does it. */
export interface Todo {
  readonly text: string
  readonly url?: string
  readonly command?: string
}

/** An env file that gets the new key. */
export interface Target {
  readonly file: string
  readonly path: string
  readonly variables: readonly string[]
  /** Git records the file: it is taken out before a new key goes in. */
  readonly isTracked: boolean
  readonly isIgnored: boolean
  readonly isProduction: boolean
  /** A person named it: it gets the key though it does not hold the old one. */
  readonly isNamed: boolean
}

export interface Targets {
  readonly local: readonly Target[]
  /** Stores elsewhere, which commands fill. */
  readonly remote: readonly { readonly command: RemoteCommand; readonly use: Use }[]
  /** Stores elsewhere, which only people fill. */
  readonly hand: readonly { readonly todo: Todo; readonly use: Use }[]
  /** The key in clear where it does not belong. */
  readonly exposed: readonly Use[]
  /** What takes its variable when it starts. */
  readonly restart: readonly Use[]
}

/** The key as the account lists it. */
export interface ListedKey {
  readonly id: string
  readonly name: string
  readonly project: { readonly id: string; readonly name: string; readonly isArchived: boolean } | undefined
  readonly serviceAccount: { readonly id: string; readonly name: string } | undefined
  /** Mail of the person who owns it. */
  readonly user: string | undefined
  readonly isAdmin: boolean
  readonly createdAt: number
  readonly lastUsedAt: number | null
}

/** Whose key it is: what it answers itself, and how the account lists it. */
export interface Owner {
  readonly answer: KeyCheck | undefined
  readonly listed: ListedKey | undefined
  /** More than one listed key looks like it; a person must choose. */
  readonly candidates: readonly ListedKey[]
  /** Why the account could not be asked. */
  readonly obstacle: string | undefined
}

export interface Options {
  /** Limit the key and stop, in place of revoking it now. */
  readonly contain: boolean
  /** Revoke though something in production still uses it. */
  readonly revokeNow: boolean
  /** Run the commands that fill stores elsewhere. */
  readonly runRemote: boolean
  /** Never make a new key. */
  readonly noReplace: boolean
  /** Write the file for `git filter-repo`. */
  readonly filterRepo: boolean
  /** Places elsewhere that have the new key, as a person says: their files or names, or `all`. */
  readonly filled: readonly string[]
}

/** Everything that is known when the runbook starts. Secrets in it are sealed. */
export interface Case {
  /** The finding's id: the same for the same key. */
  readonly id: string
  /** The command that goes on with this case, without flags. */
  readonly command: string
  readonly finding: Finding
  readonly key: Secret
  readonly root: string
  readonly isGit: boolean
  readonly targets: Targets
  readonly owner: Owner
  /** Unix seconds: when it got out, or when this began. */
  readonly leakedAt: number
  readonly leakedHow: string
  /** The account, if an admin key opens it. */
  readonly admin: OpenAI | undefined
  /** The leaked key is the admin key that we act with. */
  readonly isActingKey: boolean
  /** A new key that a person made by hand. */
  readonly givenKey: Secret | undefined
  readonly http: Http
  readonly baseUrl: string
  readonly clock: Clock
  /** Aborted when a person interrupts. */
  readonly signal: AbortSignal | undefined
  readonly journal: Journal
  readonly stateDir: string
  readonly options: Options
  /** Asks whether a place elsewhere has the new key; undefined: nobody can be asked. */
  readonly askFilled: ((question: string) => Promise<boolean>) | undefined
  /** Who runs this, for what is taken on a person's word. */
  readonly person: () => Promise<string>
}

export type StepState = 'done' | 'not-needed' | 'by-hand' | 'stopped' | 'unknown'

export interface Outcome {
  readonly state: StepState
  /** What was done or found, a sentence a line. */
  readonly lines: readonly string[]
  readonly todo?: readonly Todo[]
}

/** What a step would do. */
export interface Planned {
  readonly lines: readonly string[]
  readonly todo?: readonly Todo[]
  /** False: nothing would be changed anywhere. */
  readonly changes: boolean
  /** No program can do it: a person does it on a page. */
  readonly isByHand?: boolean
}

export interface Step {
  readonly id: string
  readonly title: string
  readonly plan: (incident: Case) => Planned
  /** Does it, or finds it done; the same end whether it runs once or is killed and run again. */
  readonly apply: (incident: Case, run: Run) => Promise<Outcome>
  /** Takes it back, where that can be; returns what was done. */
  readonly undo?: (incident: Case) => Promise<readonly string[]>
}

/** What one run learns on its way. */
export interface Run {
  newKey: Secret | undefined
  /** Revoking would stop something that still uses the key: why. */
  hold: string | undefined
  /** Sums for the incident report. */
  damage: Damage
}

export interface Damage {
  /** One sum for each currency. */
  costs?: readonly Money[]
  requests?: number
  byModel?: Readonly<Record<string, number>>
  /** What the audit log says happened since the leak. */
  events?: readonly { readonly at: number; readonly text: string; readonly isByKey: boolean }[]
}
