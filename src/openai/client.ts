// OpenAI's API as this tool uses it: the calls of a key about itself, and those of an admin key about the account.
// Projects are never archived and empty scopes never sent: see transport.ts, which every call goes through.
import { adminKeyCalls, projectCalls, projectKeyCalls, serviceAccountCalls } from './keys.ts'
import { rateLimitCalls, spendAlertCalls, spendLimitCalls } from './limits.ts'
import { buckets, collect, items } from './pages.ts'
import { type OpenAIOptions, openTransport, type Transport } from './transport.ts'
import type {
  AuditEvent,
  AuditQuery,
  Bucket,
  CostQuery,
  CostResult,
  Me,
  Model,
  UsageKind,
  UsageQuery,
  UsageResult,
  User,
} from './types.ts'

export type OpenAI = ReturnType<typeof createOpenAI>

/** A client for one key. Its calls throw ApiError; whole lists are read to their last page. */
export function createOpenAI(options: OpenAIOptions) {
  const transport = openTransport(options)
  return {
    baseUrl: transport.baseUrl,
    transport,
    ...ownCalls(transport),
    projects: projectCalls(transport),
    projectKeys: projectKeyCalls(transport),
    adminKeys: adminKeyCalls(transport),
    serviceAccounts: serviceAccountCalls(transport),
    spendLimit: spendLimitCalls(transport),
    spendAlerts: spendAlertCalls(transport),
    rateLimits: rateLimitCalls(transport),
    ...historyCalls(transport),
  }
}

/** What any key but an admin key may ask. */
function ownCalls({ get }: Transport) {
  return {
    models: async () =>
      (await get<{ data: readonly Model[] }>({ method: 'GET', path: '/models' }, 'list')).data,
    /** Whose key it is. Personal data. */
    me: () => get<Me>({ method: 'GET', path: '/me' }, 'user'),
    /** The only sure test that a key can spend; costs less than a hundredth of a cent. For one's own keys. */
    spendTest: (model: string) =>
      get<{ id: string }>(
        { method: 'POST', path: '/responses', body: { model, input: 'ping', max_output_tokens: 16 } },
        'response',
      ),
  }
}

/** Most buckets a page of costs or usage may have. */
const COST_PAGE = 180
const USAGE_PAGE = { '1m': 1440, '1h': 168, '1d': 31 } as const

function historyCalls(transport: Transport) {
  return {
    /** By day. */
    costs: (query: CostQuery) =>
      collect(
        buckets<Bucket<CostResult>>(transport, '/organization/costs', {
          bucket_width: '1d',
          limit: COST_PAGE,
          ...query,
        }),
      ),
    usage: (kind: UsageKind, query: UsageQuery) =>
      collect(
        buckets<Bucket<UsageResult>>(transport, `/organization/usage/${kind}`, {
          limit: USAGE_PAGE[query.bucket_width ?? '1d'],
          ...query,
        }),
      ),
    /** Newest first. An organization must have switched its audit log on. */
    auditLogs: (query: AuditQuery = {}) =>
      collect(items<AuditEvent>(transport, '/organization/audit_logs', { ...query })),
    users: () => collect(items<User>(transport, '/organization/users')),
  }
}
