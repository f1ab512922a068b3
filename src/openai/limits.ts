// What stops or slows spending: hard limits, alerts, rate limits; of a project or of the organization.
import { collect, items } from './pages.ts'
import type { Transport } from './transport.ts'
import type { Deleted, NotificationChannel, RateLimit, SpendAlert, SpendLimit, SpendScope } from './types.ts'

const id = encodeURIComponent
const projectPath = (project: string) => `/organization/projects/${id(project)}`
const scopePath = (scope: SpendScope) =>
  scope === 'organization' ? '/organization' : projectPath(scope.project)
const scopeObject = (scope: SpendScope) => (scope === 'organization' ? 'organization' : 'project')

export function spendLimitCalls({ get }: Transport) {
  const path = (scope: SpendScope) => `${scopePath(scope)}/spend_limit`
  const object = (scope: SpendScope) => `${scopeObject(scope)}.spend_limit`
  return {
    /** Refused with 404 when there is none. */
    get: (scope: SpendScope) => get<SpendLimit>({ method: 'GET', path: path(scope) }, object(scope)),
    /** In cents a month. */
    set: (scope: SpendScope, cents: number) =>
      get<SpendLimit>(
        {
          method: 'POST',
          path: path(scope),
          body: { threshold_amount: cents, currency: 'USD', interval: 'month' },
        },
        object(scope),
      ),
    delete: (scope: SpendScope) =>
      get<Deleted>({ method: 'DELETE', path: path(scope) }, `${object(scope)}.deleted`),
  }
}

export function spendAlertCalls(transport: Transport) {
  const path = (scope: SpendScope) => `${scopePath(scope)}/spend_alerts`
  const object = (scope: SpendScope) => `${scopeObject(scope)}.spend_alert`
  const body = (cents: number, channel: NotificationChannel) => ({
    threshold_amount: cents,
    currency: 'USD',
    interval: 'month',
    notification_channel: channel,
  })
  return {
    list: (scope: SpendScope) => collect(items<SpendAlert>(transport, path(scope))),
    create: (scope: SpendScope, cents: number, channel: NotificationChannel) =>
      transport.get<SpendAlert>(
        { method: 'POST', path: path(scope), body: body(cents, channel) },
        object(scope),
      ),
    update: (scope: SpendScope, alert: string, cents: number, channel: NotificationChannel) =>
      transport.get<SpendAlert>(
        { method: 'POST', path: `${path(scope)}/${id(alert)}`, body: body(cents, channel) },
        object(scope),
      ),
    delete: (scope: SpendScope, alert: string) =>
      transport.get<Deleted>(
        { method: 'DELETE', path: `${path(scope)}/${id(alert)}` },
        `${object(scope)}.deleted`,
      ),
  }
}

export function rateLimitCalls(transport: Transport) {
  const path = (project: string) => `${projectPath(project)}/rate_limits`
  return {
    list: (project: string) => collect(items<RateLimit>(transport, path(project))),
    update: (
      project: string,
      limit: string,
      change: { max_requests_per_1_minute?: number; max_tokens_per_1_minute?: number },
    ) =>
      transport.get<RateLimit>(
        { method: 'POST', path: `${path(project)}/${id(limit)}`, body: change },
        'project.rate_limit',
      ),
  }
}
