// What an answer of OpenAI says about the key that asked: one row a case, the first that fits holds.
// A row fits when the status does, and one of code, type and words if it names any.
// Sources: OpenAI's error-code and spend-limit guides, its SDK, and answers that people have published.
import type { VerdictState } from '../model/index.ts'

/** Why a key is not simply alive: the four groups of causes, and what lies on our side. */
export type Cause =
  | 'billing'
  | 'account'
  | 'security'
  | 'openai'
  | 'permission'
  | 'settings'
  | 'pace'
  | 'network'

export interface Row {
  readonly status: readonly number[]
  /** Matches the error's code. */
  readonly code?: RegExp
  /** Matches the error's type. */
  readonly type?: RegExp
  /** Matches the error's message. */
  readonly says?: RegExp
  readonly state: Exclude<VerdictState, 'unchecked'>
  readonly cause: Cause
  readonly reason: string
}

const AUTH = [401, 403]

export const ROWS: readonly Row[] = [
  {
    status: AUTH,
    says: /missing scopes|insufficient permissions/i,
    state: 'live-restricted',
    cause: 'permission',
    reason: 'it works, but is not allowed to do what was asked',
  },
  {
    status: AUTH,
    code: /^incorrect_hostname$/,
    says: /incorrect regional hostname/i,
    state: 'live',
    cause: 'openai',
    reason: "it works, at its region's own address only",
  },
  {
    status: AUTH,
    code: /^ip_not_(?:authorized|allowed)$/,
    says: /\bIP\b.{0,40}not (?:authorized|allowed)/i,
    state: 'live',
    cause: 'security',
    reason: "it works, but not from this network: its organization's IP allowlist keeps us out",
  },
  {
    status: AUTH,
    says: /\bmtls\b|mutual tls|client certificate/i,
    state: 'live',
    cause: 'security',
    reason: 'it works, but only together with a client certificate',
  },
  {
    status: [400, ...AUTH],
    code: /^mismatched_(?:organization|project)$/,
    says: /(?:organization|project) header should match/i,
    state: 'live',
    cause: 'settings',
    reason: 'it works, but belongs to another organization or project than the one asked for',
  },
  {
    status: [400, ...AUTH],
    says: /no such organization|must be a member of an organization/i,
    state: 'live-unusable',
    cause: 'account',
    reason: 'its owner is no longer a member of the organization',
  },
  {
    status: AUTH,
    code: /^account_deactivated$/,
    says: /deactivated/i,
    state: 'live-unusable',
    cause: 'account',
    reason: 'its account has been deactivated',
  },
  {
    status: [400, ...AUTH],
    says: /\b(?:organization|project)\b.{0,80}\b(?:disabled|archived|suspended|restricted)\b/i,
    state: 'live-unusable',
    cause: 'account',
    reason: 'its organization or project has been disabled, archived or restricted',
  },
  {
    status: [401],
    says: /\bkey\b.{0,40}\bexpired\b/i,
    state: 'dead',
    cause: 'security',
    reason: 'it has expired',
  },
  {
    status: [401],
    code: /^invalid_api_key$/,
    says: /^incorrect api key provided/i,
    state: 'dead',
    cause: 'security',
    reason: 'OpenAI does not know it: revoked, expired, disabled as leaked, or mistyped',
  },
  {
    status: [403],
    code: /^unsupported_country_region_territory$/,
    state: 'unknown',
    cause: 'network',
    reason: 'OpenAI answers nobody from this country or network, so nothing was learned about the key',
  },
  {
    status: [404],
    code: /^model_not_found$/,
    state: 'live',
    cause: 'openai',
    reason: 'it works, but the model is gone or not allowed for its project',
  },
  {
    status: [429],
    code: /^credit_balance_exhausted$/,
    state: 'live-unusable',
    cause: 'billing',
    reason: 'its account has no credit left',
  },
  {
    status: [429],
    code: /^organization_spend_limit_exceeded$/,
    state: 'live-unusable',
    cause: 'billing',
    reason: "the organization's hard spend limit is reached",
  },
  {
    status: [429],
    code: /^project_spend_limit_exceeded$/,
    state: 'live-unusable',
    cause: 'billing',
    reason: "the project's hard spend limit is reached",
  },
  {
    status: [429],
    code: /^(?:organization_)?usage_limit_exceeded$/,
    state: 'live-unusable',
    cause: 'billing',
    reason: 'the limit that OpenAI set for the organization is reached',
  },
  {
    status: [429],
    code: /^billing_not_active$/,
    type: /^billing_not_active$/,
    state: 'live-unusable',
    cause: 'billing',
    reason: 'billing is not active: a payment failed, or the plan was cancelled',
  },
  {
    status: [429],
    code: /^insufficient_quota$/,
    type: /^insufficient_quota$/,
    state: 'live-unusable',
    cause: 'billing',
    reason: 'no quota left: out of credit, or a spend limit is reached',
  },
  {
    status: [429],
    code: /^(?:rate_limit_exceeded|slow_down)$/,
    type: /^(?:requests|tokens|rate_limit_error)$/,
    state: 'live',
    cause: 'pace',
    reason: 'it works; it is being used faster than its rate limit allows',
  },
  {
    status: [400],
    code: /^billing_hard_limit_reached$/,
    state: 'live-unusable',
    cause: 'billing',
    reason: 'the hard spend limit is reached',
  },
  {
    status: [400],
    says: /service_tier/i,
    state: 'live',
    cause: 'settings',
    reason: 'it works, but not with the service tier that was asked for',
  },
  {
    status: [500, 502, 503, 504],
    state: 'unknown',
    cause: 'openai',
    reason: 'OpenAI is out of order at the moment',
  },
]
