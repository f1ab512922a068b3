// Costs and usage over time, spend limits, alerts, rate limits, and the audit log.
import type { DemoAccount, DemoAlert, DemoProject } from './account.ts'
import { newId } from './account.ts'
import { type DemoCall, type DemoRoute, inProject, note, notFound } from './call.ts'
import { listOf, page } from './lists.ts'
import { isReached } from './own-routes.ts'
import { type DemoAnswer, refusal } from './troubles.ts'
import { costs, usage } from './usage.ts'

type Scoped = (call: DemoCall, project: DemoProject | undefined) => DemoAnswer | object

/** The same routes for the organization and for a project. */
function limitRoutes(base: string, scoped: (handle: Scoped) => DemoRoute['handle']): readonly DemoRoute[] {
  return [
    { method: 'GET', path: `${base}/spend_limit`, handle: scoped(getLimit) },
    { method: 'POST', path: `${base}/spend_limit`, handle: scoped(setLimit) },
    { method: 'DELETE', path: `${base}/spend_limit`, handle: scoped(deleteLimit) },
    { method: 'GET', path: `${base}/spend_alerts`, handle: scoped(listAlerts) },
    { method: 'POST', path: `${base}/spend_alerts`, handle: scoped(createAlert) },
    { method: 'POST', path: `${base}/spend_alerts/{alert_id}`, handle: scoped(updateAlert) },
    { method: 'DELETE', path: `${base}/spend_alerts/{alert_id}`, handle: scoped(deleteAlert) },
  ]
}

const scopeName = (project: DemoProject | undefined) => (project ? 'project' : 'organization')

function limitJson(account: DemoAccount, project: DemoProject | undefined): object | undefined {
  const holder = project ?? account
  if (holder.spendLimit === undefined) return undefined
  const status = isReached(account, holder.spendLimit, project?.id) ? 'enforcing' : 'inactive'
  return {
    object: `${scopeName(project)}.spend_limit`,
    threshold_amount: holder.spendLimit,
    currency: 'USD',
    interval: 'month',
    enforcement: { status },
  }
}

const getLimit: Scoped = ({ account }, project) => limitJson(account, project) ?? notFound('spend limit')

const setLimit: Scoped = (call, project) => {
  const { threshold_amount, currency, interval } = call.body
  if (
    !Number.isInteger(threshold_amount) ||
    (threshold_amount as number) < 1 ||
    currency !== 'USD' ||
    interval !== 'month'
  )
    return refusal(400, null, 'Invalid spend limit.')
  const holder = project ?? call.account
  holder.spendLimit = threshold_amount as number
  note(call, 'organization.updated', { id: call.account.organization }, project)
  return limitJson(call.account, project)!
}

const deleteLimit: Scoped = ({ account }, project) => {
  const holder = project ?? account
  if (holder.spendLimit === undefined) return notFound('spend limit')
  holder.spendLimit = undefined
  return { object: `${scopeName(project)}.spend_limit.deleted`, deleted: true }
}

function alertJson({ id, scope, threshold_amount, notification_channel }: DemoAlert): object {
  const object = `${scope === 'organization' ? 'organization' : 'project'}.spend_alert`
  return { id, object, threshold_amount, currency: 'USD', interval: 'month', notification_channel }
}

const alertsOf = (account: DemoAccount, project: DemoProject | undefined) =>
  account.alerts.filter(({ scope }) => scope === (project?.id ?? 'organization'))

const findAlert = ({ account, params }: DemoCall, project: DemoProject | undefined) =>
  alertsOf(account, project).find(({ id }) => id === params.alert_id)

const listAlerts: Scoped = ({ account, query }, project) => page(alertsOf(account, project), query, alertJson)

const createAlert: Scoped = ({ account, body }, project) => {
  const { threshold_amount, notification_channel } = body as unknown as DemoAlert
  if (!Number.isInteger(threshold_amount) || !notification_channel?.recipients?.length)
    return refusal(400, null, 'Invalid spend alert.')
  const scope = project?.id ?? 'organization'
  const alert = { id: newId(account, 'alert'), scope, threshold_amount, notification_channel }
  account.alerts.push(alert)
  return alertJson(alert)
}

const updateAlert: Scoped = (call, project) => {
  const alert = findAlert(call, project)
  if (!alert) return notFound('spend alert')
  const { threshold_amount, notification_channel } = call.body as unknown as DemoAlert
  return alertJson(Object.assign(alert, { threshold_amount, notification_channel }))
}

const deleteAlert: Scoped = (call, project) => {
  const alert = findAlert(call, project)
  if (!alert) return notFound('spend alert')
  call.account.alerts.splice(call.account.alerts.indexOf(alert), 1)
  return { id: alert.id, object: `${scopeName(project)}.spend_alert.deleted`, deleted: true }
}

const USUAL_RATE = { max_requests_per_1_minute: 500, max_tokens_per_1_minute: 200_000 }

function rateJson(project: DemoProject, model: string): { id: string } {
  const rate = { model, ...USUAL_RATE, ...project.rateLimits.get(model) }
  return { object: 'project.rate_limit', id: `rl-${model}`, ...rate } as { id: string }
}

function listRateLimits({ account, query }: DemoCall, project: DemoProject): object {
  return page(
    account.models.map(({ id }) => rateJson(project, id)),
    query,
  )
}

function updateRateLimit({ account, params, body }: DemoCall, project: DemoProject): DemoAnswer | object {
  const model = account.models.find(({ id }) => `rl-${id}` === params.rate_limit_id)
  if (!model) return notFound('rate limit')
  project.rateLimits.set(model.id, { ...USUAL_RATE, ...project.rateLimits.get(model.id), ...body })
  return rateJson(project, model.id)
}

function listEvents({ account, query }: DemoCall): object {
  const within = (name: string, test: (time: number, bound: number) => boolean) => {
    const bound = query.get(`effective_at[${name}]`)
    return (time: number) => bound === null || test(time, Number(bound))
  }
  const times = [
    within('gt', (t, b) => t > b),
    within('gte', (t, b) => t >= b),
    within('lt', (t, b) => t < b),
    within('lte', (t, b) => t <= b),
  ]
  const among = (name: string, value: string | undefined) => {
    const wanted = listOf(query, name)
    return wanted.length === 0 || (value !== undefined && wanted.includes(value))
  }
  const found = account.events.filter((event) => {
    const { session, api_key } = event.actor as Record<
      string,
      { id?: string; user?: { id?: string; email?: string } }
    >
    const { id } = (event[event.type] ?? {}) as { id?: string }
    return (
      times.every((test) => test(event.effective_at)) &&
      among('project_ids', event.project?.id) &&
      among('event_types', event.type) &&
      among('actor_ids', api_key?.id ?? session?.user?.id) &&
      among('actor_emails', (api_key ?? session)?.user?.email) &&
      among('resource_ids', id)
    )
  })
  return page(found, query)
}

const ORGANIZATION = '/organization'
const PROJECT = '/organization/projects/{project_id}'

export const spendingRoutes: readonly DemoRoute[] = [
  { method: 'GET', path: '/organization/costs', handle: costs },
  { method: 'GET', path: '/organization/usage/{kind}', handle: usage },
  { method: 'GET', path: '/organization/audit_logs', handle: listEvents },
  ...limitRoutes(ORGANIZATION, (handle) => (call) => handle(call, undefined)),
  ...limitRoutes(PROJECT, (handle) => inProject(handle)),
  { method: 'GET', path: `${PROJECT}/rate_limits`, handle: inProject(listRateLimits) },
  { method: 'POST', path: `${PROJECT}/rate_limits/{rate_limit_id}`, handle: inProject(updateRateLimit) },
]
