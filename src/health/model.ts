// The nouns of the health check: what is known (facts), what a check says of it (results), and the report.
import type { FileStatus } from '../git/file-status.ts'
import type { Secret } from '../model/index.ts'
import type {
  AdminKey,
  AuditEvent,
  KeyCheck,
  Model,
  Money,
  Project,
  ProjectKey,
  SpendAlert,
  SpendLimit,
} from '../openai/index.ts'
import type { EnvFile, Environment } from '../places/env-file.ts'
import type { Memory } from '../state/memory.ts'

export const HEALTH_SCHEMA = 'unleak-health/1'

/** From good to worst; `not-checked` is never good. */
export const HEALTH_VERDICTS = ['well', 'not-checked', 'attention', 'bad'] as const
export type HealthVerdict = (typeof HEALTH_VERDICTS)[number]

/** What to do, as a sentence, with the page or the command that does it. */
export interface Todo {
  readonly text: string
  readonly url?: string
  readonly command?: string
}

/** One thing that was looked at, such as one key. */
export interface Item {
  readonly subject: string
  readonly verdict: HealthVerdict
  readonly text: string
  readonly todo?: readonly Todo[]
}

export interface CheckResult {
  readonly id: string
  readonly title: string
  /** The worst of its items; `not-checked` when there is none. */
  readonly verdict: HealthVerdict
  /** What was looked at. */
  readonly looked: string
  readonly items: readonly Item[]
}

export interface Check {
  readonly id: string
  readonly title: string
  /** `disk` needs no network; `keys` asks the keys themselves; `account` needs an admin key. */
  readonly needs: 'disk' | 'keys' | 'account'
  readonly run: (facts: HealthFacts) => Pick<CheckResult, 'looked' | 'items'>
}

export interface HealthPolicy {
  /** US dollars a month; undefined: the recommended 10 to 50. */
  readonly budget: number | undefined
  readonly rotateAfterDays: number
  readonly expireAfterDays: number
  readonly unusedAfterDays: number
  readonly testBackupAfterDays: number
  /** Host that requests have to go through; undefined: the policy asks for none. */
  readonly gateway: string | undefined
  /** Names of variables that hold backup keys, beside those whose names say so. */
  readonly backup: readonly string[]
}

/** Something that was asked for, or why it could not be had. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string }

/** Where a key was found. */
export interface Holder {
  readonly name: string
  /** The path of an env file; undefined: the environment of this process. */
  readonly path: string | undefined
  readonly line: number | undefined
  readonly environment: Environment
}

export interface KnownKey {
  readonly fingerprint: string
  readonly secret: Secret
  readonly holders: readonly Holder[]
  readonly isBackup: boolean
  readonly isAdmin: boolean
}

/** What a key answers about itself. */
export interface KeyAnswer extends KeyCheck {
  /** What it said to a request that costs money, if it was asked to. */
  readonly spending?: KeyCheck
}

export interface AccountKey extends ProjectKey {
  readonly project: Project
}

export interface DayCost {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string
  readonly amount: number
  readonly byKey: Readonly<Record<string, number>>
  readonly byItem: Readonly<Record<string, number>>
}

/** What was spent in one currency. */
export interface Costs {
  /** ISO 4217, in capitals. */
  readonly currency: string
  /** Whole days, oldest first, up to today. */
  readonly days: readonly DayCost[]
}

export interface Account {
  readonly projects: Reading<readonly Project[]>
  readonly keys: Reading<readonly AccountKey[]>
  readonly adminKeys: Reading<readonly AdminKey[]>
  /** One for each currency, at least one. */
  readonly costs: Reading<readonly Costs[]>
  /** Requests of the last 30 days by model. */
  readonly models: Reading<Readonly<Record<string, number>>>
  /** Null: there is none. */
  readonly spendLimit: Reading<SpendLimit | null>
  /** What each active project may spend in a month, by its name; null: it has no limit of its own. */
  readonly projectLimits: Reading<ReadonlyMap<string, Money | null>>
  readonly alerts: Reading<readonly SpendAlert[]>
  /** Newest first, of the last 90 days. */
  readonly events: Reading<readonly AuditEvent[]>
}

export interface DiskFacts {
  readonly root: string
  readonly envFiles: readonly EnvFile[]
  readonly unreadable: readonly { readonly path: string; readonly why: string }[]
  /** Undefined: not a git repository. */
  readonly git: ReadonlyMap<string, FileStatus> | undefined
  /** Permission bits by path; empty where the system has none. */
  readonly modes: ReadonlyMap<string, number>
  /** OpenAI keys in files that are no env files. */
  readonly exposed: Reading<
    readonly {
      readonly path: string
      readonly line: number
      readonly redacted: string
      readonly id: string
    }[]
  >
}

export interface HealthFacts {
  readonly now: Date
  readonly policy: HealthPolicy
  readonly keys: readonly KnownKey[]
  /** Values of variables that name a base URL for OpenAI's clients: host by place. */
  readonly baseUrls: readonly {
    readonly where: string
    readonly host: string
    readonly environment: Environment
  }[]
  /** By fingerprint. */
  readonly answers: Reading<ReadonlyMap<string, KeyAnswer>>
  readonly listedModels: Reading<readonly Model[]>
  readonly account: Reading<Account>
  readonly disk: DiskFacts
  readonly memory: Memory
  /** Ids of keys and service accounts that unleak made from here. */
  readonly madeHere: ReadonlySet<string>
}

export interface HealthReport {
  readonly schema: typeof HEALTH_SCHEMA
  readonly tool: { readonly version: string }
  /** ISO 8601, UTC. */
  readonly checkedAt: string
  readonly verdict: HealthVerdict
  readonly counts: Readonly<Record<HealthVerdict, number>>
  readonly checks: readonly CheckResult[]
  /** One for each currency; none: nothing is known. */
  readonly spend: readonly Spend[]
  readonly keys: readonly {
    readonly name: string
    readonly redacted: string
    readonly project: string
    readonly ageDays: number
    readonly unusedDays: number | null
  }[]
}

export interface Spend {
  readonly currency: string
  readonly days: readonly { readonly day: string; readonly amount: number }[]
}

export function worst(verdicts: readonly HealthVerdict[]): HealthVerdict {
  if (verdicts.length === 0) return 'not-checked'
  return HEALTH_VERDICTS[Math.max(...verdicts.map((verdict) => HEALTH_VERDICTS.indexOf(verdict)))]!
}
