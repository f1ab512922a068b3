// What OpenAI's API answers, in its own names (openai/openai-openapi, and the newer fields of its SDK).
// Times are Unix seconds. Fields that the service may leave out are optional, even where its document asks for them.
import type { Secret } from '../model/index.ts'

export interface Model {
  readonly id: string
  readonly created: number
  readonly owned_by: string
  /** Day the model goes away, `YYYY-MM-DD`. */
  readonly shutdown_date?: string | null
}

/** Whose key it is; personal data, shown on request only. Not in the OpenAPI document. */
export interface Me {
  readonly id: string
  readonly email?: string | null
  readonly name?: string | null
  readonly orgs?: {
    readonly data: readonly {
      readonly id: string
      readonly title?: string
      readonly name?: string
      readonly role?: string
      readonly is_default?: boolean
      readonly personal?: boolean
    }[]
  }
}

export interface Project {
  readonly id: string
  readonly name?: string | null
  readonly created_at: number
  readonly archived_at?: number | null
  readonly status?: string | null
  readonly residency?: unknown
}

export interface ProjectKey {
  readonly id: string
  readonly name: string
  /** First 8 and last 4 characters around stars, as long as the key; or a short form with dots. */
  readonly redacted_value: string
  readonly created_at: number
  readonly last_used_at: number | null
  /** Newer than the OpenAPI document. */
  readonly expires_at?: number | null
  /** `inactive`: its owner left the project, so that the key has no effect. */
  readonly owner_project_access?: 'active' | 'inactive'
  readonly owner: {
    readonly type?: 'user' | 'service_account'
    readonly user?: {
      readonly id: string
      readonly email: string
      readonly name: string
      readonly role?: string
    }
    readonly service_account?: { readonly id: string; readonly name: string; readonly role?: string }
  }
}

export interface AdminKey {
  readonly id: string
  readonly name?: string | null
  readonly redacted_value: string
  readonly created_at: number
  readonly expires_at?: number | null
  readonly last_used_at?: number | null
  readonly owner: {
    readonly type?: string
    readonly id?: string
    readonly name?: string
    readonly role?: string
  }
}

/** A key that was just made: the service shows its value this once. */
export interface CreatedKey {
  readonly id: string
  readonly name?: string | null
  readonly created_at: number
  readonly expires_at?: number | null
  readonly secret: Secret
}

export interface ServiceAccount {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly created_at: number
}

export interface CreatedServiceAccount extends ServiceAccount {
  readonly key: CreatedKey | null
}

export interface Deleted {
  readonly id?: string
  readonly deleted: boolean
}

export interface User {
  readonly id: string
  readonly name?: string | null
  readonly email?: string | null
  readonly role?: string | null
  readonly added_at: number
  readonly is_service_account?: boolean
  readonly api_key_last_used_at?: number | null
}

/** Costs or usage of one stretch of time, `[start_time, end_time)`. */
export interface Bucket<Result> {
  readonly start_time: number
  readonly end_time: number
  readonly results: readonly Result[]
}

export interface CostResult {
  /** `value` in `currency`, not in cents. See `costOf`. */
  readonly amount?: { readonly value: number; readonly currency: string }
  readonly line_item?: string | null
  readonly project_id?: string | null
  readonly api_key_id?: string | null
  readonly quantity?: number | null
  readonly quantity_unit?: string | null
}

/** What all kinds of usage share, and the counts that some have. */
export interface UsageResult {
  readonly num_model_requests?: number
  readonly input_tokens?: number
  readonly output_tokens?: number
  readonly input_cached_tokens?: number
  readonly images?: number
  readonly characters?: number
  readonly seconds?: number
  readonly num_requests?: number
  readonly num_sessions?: number | null
  readonly usage_bytes?: number
  readonly project_id?: string | null
  readonly user_id?: string | null
  readonly api_key_id?: string | null
  readonly model?: string | null
  readonly batch?: boolean | null
  readonly service_tier?: string | null
}

export const USAGE_KINDS = [
  'completions',
  'embeddings',
  'moderations',
  'images',
  'audio_speeches',
  'audio_transcriptions',
  'file_search_calls',
  'web_search_calls',
  'vector_stores',
  'code_interpreter_sessions',
] as const
export type UsageKind = (typeof USAGE_KINDS)[number]

/** The kinds that can be asked for by key; the others are counted by project only. */
export const KEY_USAGE_KINDS: readonly UsageKind[] = USAGE_KINDS.slice(0, 8)

/** Unix seconds; arrays are alternatives. */
export interface CostQuery {
  readonly start_time: number
  readonly end_time?: number
  readonly project_ids?: readonly string[]
  readonly api_key_ids?: readonly string[]
  readonly group_by?: readonly ('project_id' | 'line_item' | 'api_key_id')[]
}

export interface UsageQuery {
  readonly start_time: number
  readonly end_time?: number
  readonly bucket_width?: '1m' | '1h' | '1d'
  readonly project_ids?: readonly string[]
  readonly user_ids?: readonly string[]
  readonly api_key_ids?: readonly string[]
  readonly models?: readonly string[]
  readonly group_by?: readonly (
    | 'project_id'
    | 'user_id'
    | 'api_key_id'
    | 'model'
    | 'batch'
    | 'service_tier'
  )[]
}

/** Whose limits or alerts: one project's, or the organization's. */
export type SpendScope = { readonly project: string } | 'organization'

/** The hard limit: requests stop when a month's spending reaches it. */
export interface SpendLimit {
  /** Cents. */
  readonly threshold_amount: number
  readonly currency: string
  readonly interval: string
  readonly enforcement?: { readonly status: 'inactive' | 'enforcing' | (string & {}) }
}

/** The soft limit: a mail, and nothing stops. */
export interface SpendAlert {
  readonly id: string
  /** Cents. */
  readonly threshold_amount: number
  readonly currency: string
  readonly interval: string
  readonly notification_channel: NotificationChannel
}

export interface NotificationChannel {
  readonly type: 'email'
  readonly recipients: readonly string[]
  readonly subject_prefix?: string | null
}

export interface RateLimit {
  readonly id: string
  readonly model: string
  readonly max_requests_per_1_minute: number
  readonly max_tokens_per_1_minute: number
}

export interface AuditQuery {
  /** Unix seconds. */
  readonly effective_at?: {
    readonly gt?: number
    readonly gte?: number
    readonly lt?: number
    readonly lte?: number
  }
  readonly project_ids?: readonly string[]
  readonly event_types?: readonly string[]
  readonly actor_ids?: readonly string[]
  readonly actor_emails?: readonly string[]
  /** Ids of what was acted on, such as a key's. */
  readonly resource_ids?: readonly string[]
}

/** One event; its details stand under the name of its type. */
export interface AuditEvent {
  readonly id: string
  readonly type: string
  readonly effective_at: number
  readonly project?: { readonly id?: string; readonly name?: string }
  readonly actor?: AuditActor
  readonly [detail: string]: unknown
}

export interface AuditActor {
  readonly type?: 'session' | 'api_key'
  readonly session?: {
    readonly user?: { readonly id?: string; readonly email?: string }
    readonly ip_address?: string
  }
  readonly api_key?: {
    readonly id?: string
    readonly type?: 'user' | 'service_account'
    readonly user?: { readonly id?: string; readonly email?: string }
    readonly service_account?: { readonly id?: string }
  }
}
