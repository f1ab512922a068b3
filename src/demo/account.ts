// An OpenAI account in memory: what the stand-in serves and changes. Times are Unix seconds.
import type { TroubleName } from './troubles.ts'

export interface DemoUser {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: 'owner' | 'reader'
  readonly added_at: number
}

export interface DemoProject {
  readonly id: string
  readonly name: string
  readonly created_at: number
  archived_at: number | null
  /** The default project holds no service accounts. */
  readonly isDefault: boolean
  /** Cents a month. */
  spendLimit: number | undefined
  rateLimits: Map<string, { max_requests_per_1_minute: number; max_tokens_per_1_minute: number }>
}

export interface DemoServiceAccount {
  readonly id: string
  readonly project: string
  readonly name: string
  readonly created_at: number
}

export interface DemoKey {
  readonly id: string
  readonly value: string
  readonly name: string
  /** `admin`, or what it is bound to. Keys of the first kind (`user` without a project) are in no list. */
  readonly kind: 'project' | 'admin' | 'user'
  readonly project?: string
  readonly owner: { readonly user: string } | { readonly serviceAccount: string }
  readonly created_at: number
  last_used_at: number | null
  expires_at: number | null
  /** Undefined: everything its kind may do. */
  scopes?: readonly string[]
  ownerLeft?: boolean
  /** When it was revoked; it may answer a little longer. */
  revokedAt?: number
  /** How every call with it is refused. */
  trouble?: TroubleName
  /** How calls that cost money are refused. */
  spendTrouble?: TroubleName
  /** The only host that takes it. */
  readonly region?: string
  /** The organization that a header must name, if it names one, and that answers name. */
  readonly organization?: string
}

export interface DemoAlert {
  readonly id: string
  /** A project's id, or `organization`. */
  readonly scope: string
  threshold_amount: number
  notification_channel: { type: 'email'; recipients: string[]; subject_prefix?: string | null }
}

/** What was used at one time; costs are summed from it. */
export interface DemoUsage {
  readonly time: number
  readonly kind: string
  readonly key: string
  readonly project: string
  readonly user?: string
  readonly model: string
  readonly requests: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** In units of `currency`. */
  readonly cost: number
  /** As the API writes it; default: usd. */
  readonly currency?: string
}

export interface DemoEvent {
  readonly id: string
  readonly type: string
  readonly effective_at: number
  readonly project?: { readonly id: string; readonly name: string }
  readonly actor: object
  readonly [detail: string]: unknown
}

export interface DemoModel {
  readonly id: string
  readonly created: number
  readonly owned_by: string
  readonly shutdown_date?: string
}

export interface DemoAccount {
  readonly organization: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly users: DemoUser[]
  readonly projects: DemoProject[]
  readonly serviceAccounts: DemoServiceAccount[]
  readonly keys: DemoKey[]
  readonly alerts: DemoAlert[]
  readonly usage: DemoUsage[]
  readonly events: DemoEvent[]
  readonly models: DemoModel[]
  /** Cents a month, for the organization. */
  spendLimit: number | undefined
  /** How long a revoked key still answers, in milliseconds. */
  revocationDelayMs: number
  /** As in older API versions: a key of a service account is not deleted on its own. */
  refusesServiceKeyDeletion: boolean
  /** Calls that must never be made, such as archiving a project; tests look here. */
  readonly misdeeds: string[]
  /** Number of the next id and key: the same account twice is the same twice. */
  next: number
}

/** An empty account whose clock is `now` (milliseconds). */
export function createAccount(now: () => number = Date.now): DemoAccount {
  return {
    organization: 'org-acme-demo',
    now,
    users: [],
    projects: [],
    serviceAccounts: [],
    keys: [],
    alerts: [],
    usage: [],
    events: [],
    models: [],
    spendLimit: undefined,
    revocationDelayMs: 0,
    refusesServiceKeyDeletion: false,
    misdeeds: [],
    next: 1,
  }
}

export function unixNow(account: DemoAccount): number {
  return Math.floor(account.now() / 1000)
}

/** A new id of a kind: `key_demo0001`. */
export function newId(account: DemoAccount, kind: string): string {
  return `${kind}_demo${String(account.next++).padStart(4, '0')}`
}
