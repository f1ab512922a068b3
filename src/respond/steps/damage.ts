// What was done with the key since it got out: what it cost, what it was used for, what the audit log tells.
import {
  ApiError,
  type AuditEvent,
  costOf,
  KEY_USAGE_KINDS,
  LINKS,
  type OpenAI,
  sums,
} from '../../openai/index.ts'
import type { Case, Outcome, Run, Step } from '../model.ts'
import { spendLimitsOf } from '../spend-limits.ts'
import { costText, isoMinute, NOT_FOUND, sentence, todo } from '../words.ts'

const DAY_S = 86_400

const COSTS = 'Look for costs that you can not explain.'
const USAGE = 'Go through the usage since the leak.'
const AUDIT = 'Look for keys, people and invitations that are none of yours.'

const byHand = (line: string, what: string, url: string): Outcome => ({
  state: 'by-hand',
  lines: [line],
  todo: [todo(what, { url })],
})

/** Why in full stands above the plan; here it would be said in each step. */
const noAccount = ({ admin }: Case): string =>
  admin ? NOT_FOUND : 'there is no admin key (OPENAI_ADMIN_KEY)'

export const billing: Step = {
  id: 'billing',
  title: 'Check billing',
  plan: (incident) => ({
    lines: canAsk(incident)
      ? [`Add up what it cost since ${isoMinute(incident.leakedAt * 1000)} (${incident.leakedHow}).`]
      : [`By hand: ${noAccount(incident)}.`],
    ...(canAsk(incident) ? {} : { todo: [todo(COSTS, { url: billingUrl(incident) })] }),
    changes: false,
  }),
  apply: async (incident, run) => {
    if (!canAsk(incident)) return byHand(sentence(noAccount(incident)), COSTS, billingUrl(incident))
    return await guarded(() => costs(incident, incident.admin!, run), COSTS, LINKS.billing)
  },
}

const billingUrl = ({ finding }: Case) =>
  finding.response.find((step) => step.step === 'billing')?.url ?? LINKS.billing
const reviewUrl = ({ finding }: Case) =>
  finding.response.find((step) => step.step === 'review')?.url ?? LINKS.usage
const canAsk = ({ admin, owner }: Case) => admin !== undefined && owner.listed !== undefined

async function guarded(ask: () => Promise<Outcome>, what: string, url: string): Promise<Outcome> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return byHand(`${error.message}.`, what, url)
  }
}

/** The day from which on it can have been used by others: a commit's date may be wrong, the key's own is not. */
function firstDay({ owner, leakedAt }: Case): number {
  return Math.floor(Math.max(leakedAt, owner.listed?.createdAt ?? 0) / DAY_S) * DAY_S
}

async function costs(incident: Case, admin: OpenAI, run: Run): Promise<Outcome> {
  const { owner, clock } = incident
  const start_time = firstDay(incident)
  const end_time = Math.floor(clock.now() / 1000 / DAY_S) * DAY_S + DAY_S
  const buckets = await admin.costs({
    start_time,
    end_time,
    api_key_ids: [owner.listed!.id],
    group_by: ['line_item'],
  })
  const costs = sums(buckets.flatMap(({ results }) => results.map(({ amount }) => costOf(amount))))
  run.damage.costs = costs.map(({ amount, currency }) => ({
    amount: Math.round(amount * 100) / 100,
    currency,
  }))
  const days = Math.max(1, Math.round((end_time - start_time) / DAY_S))
  const limits = await spendLimitsOf(owner.listed!, admin)
  return {
    state: 'done',
    lines: [
      `It cost ${costText(costs)} ${days === 1 ? 'today' : `in the ${days} days since then`}; your own use is part of that.`,
      ...limits.lines,
    ],
    todo: [
      ...limits.todo,
      ...(costs.some(({ amount }) => amount > 0)
        ? [
            todo('What is not yours: write to OpenAI, with the time and the id of the key.', {
              url: LINKS.support,
            }),
          ]
        : []),
    ],
  }
}

export const review: Step = {
  id: 'review',
  title: 'Review usage and audit log',
  plan: (incident) => ({
    lines: canAsk(incident)
      ? ['List what it was used for, and who made keys, accounts and invitations since.']
      : [`By hand: ${noAccount(incident)}.`],
    ...(canAsk(incident) ? {} : { todo: [todo(USAGE, { url: reviewUrl(incident) })] }),
    changes: false,
  }),
  apply: async (incident, run) => {
    if (!canAsk(incident)) return byHand(sentence(noAccount(incident)), USAGE, reviewUrl(incident))
    const usage = incident.owner.listed!.isAdmin
      ? { state: 'done' as const, lines: ['An admin key calls no models.'] }
      : await guarded(() => usageOf(incident, incident.admin!, run), USAGE, LINKS.usage)
    const audit = await guarded(() => auditOf(incident, incident.admin!, run), AUDIT, LINKS.organization)
    const state = [usage, audit].find((outcome) => outcome.state !== 'done')?.state ?? 'done'
    return {
      state,
      lines: [...usage.lines, ...audit.lines],
      todo: [...(usage.todo ?? []), ...(audit.todo ?? [])],
    }
  },
}

async function usageOf(incident: Case, admin: OpenAI, run: Run): Promise<Outcome> {
  const query = {
    start_time: firstDay(incident),
    bucket_width: '1d',
    api_key_ids: [incident.owner.listed!.id],
    group_by: ['model'],
  } as const
  const answers = await Promise.all(KEY_USAGE_KINDS.map((kind) => admin.usage(kind, query)))
  const byModel: Record<string, number> = {}
  for (const { model, num_model_requests, num_requests } of answers
    .flat()
    .flatMap((bucket) => bucket.results)) {
    const name = model ?? 'other'
    byModel[name] = (byModel[name] ?? 0) + (num_model_requests ?? num_requests ?? 0)
  }
  const models = Object.entries(byModel)
    .filter(([, n]) => n > 0)
    .sort((a, b) => b[1] - a[1])
  const requests = models.reduce((sum, [, n]) => sum + n, 0)
  run.damage.requests = requests
  run.damage.byModel = Object.fromEntries(models)
  if (requests === 0) return { state: 'done', lines: ['Nobody used it since then.'] }
  const top = models
    .slice(0, 5)
    .map(([name, n]) => `${name} ${n.toLocaleString('en-US')}`)
    .join(', ')
  return {
    state: 'done',
    lines: [`${requests.toLocaleString('en-US')} requests since then: ${top}.`],
    todo: [todo('Compare with what your own programs send.', { url: LINKS.usage })],
  }
}

/** What lets somebody stay, or shows where they were. */
const TELLING: Readonly<Record<string, string>> = {
  'api_key.created': 'made the key',
  'api_key.updated': 'changed the key',
  'api_key.deleted': 'deleted the key',
  'tenant.project_api_key.created': 'made the key',
  'tenant.admin_api_key.created': 'made the admin key',
  'service_account.created': 'made the service account',
  'project.created': 'made the project',
  'user.added': 'added the person',
  'user.updated': 'changed the person',
  'invite.sent': 'invited',
  'invite.accepted': 'accepted the invitation',
  'role.assignment.created': 'gave a role',
  'ip_allowlist.deleted': 'removed the IP allowlist',
  'rate_limit.updated': 'changed a rate limit',
}

/** What this program does in the account, and the audit log notes. */
const CHANGES: ReadonlySet<string> = new Set(['contain', 'revoke'])

async function auditOf({ owner, leakedAt, journal }: Case, admin: OpenAI, run: Run): Promise<Outcome> {
  const since = { effective_at: { gte: Math.floor(leakedAt) } }
  const all = await admin.auditLogs(since)
  if (all.length === 0 && journal.entries.some(({ step, event }) => CHANGES.has(step) && event === 'done'))
    return byHand(
      'The audit log is empty, though this response itself belongs in it: it may be switched off, or late.',
      AUDIT,
      LINKS.organization,
    )
  const ours = new Set(
    journal.entries.flatMap(({ facts }) => [facts.newKeyId, facts.newKeyAccount]).filter(Boolean),
  )
  const keyId = owner.listed!.id
  const events = all
    .filter((event) => event.type in TELLING || event.actor?.api_key?.id === keyId)
    .filter((event) => !isOurs(event, ours, keyId))
    .sort((a, b) => a.effective_at - b.effective_at)
    .map((event) => ({
      at: event.effective_at,
      text: eventText(event),
      isByKey: event.actor?.api_key?.id === keyId,
    }))
  run.damage.events = events
  if (events.length === 0)
    return { state: 'done', lines: ['The audit log names no new key, account or person since then.'] }
  return {
    state: 'done',
    lines: [
      `The audit log since then, ${events.length === 1 ? 'one event' : `${events.length} events`}:`,
      ...events.slice(0, 12).map((event) => `${isoMinute(event.at * 1000)}: ${event.text}`),
      ...(events.length > 12 ? [`and ${events.length - 12} more in the incident report`] : []),
    ],
    todo: [
      todo('Whatever of this was none of you: take it back (keys, service accounts, people, invitations).', {
        url: LINKS.members,
      }),
      ...(owner.listed!.isAdmin
        ? [
            todo('An admin key was out: replace every other key of the organization too.', {
              url: LINKS.keys,
            }),
          ]
        : []),
    ],
  }
}

/** Our own doing: the new key, and the old one's end. */
function isOurs(event: AuditEvent, ours: ReadonlySet<unknown>, keyId: string): boolean {
  const detail = event[event.type] as { id?: unknown } | undefined
  if (ours.has(detail?.id)) return true
  return detail?.id === keyId && (event.type === 'api_key.deleted' || event.type === 'api_key.updated')
}

function eventText(event: AuditEvent): string {
  const detail = event[event.type] as { id?: string; data?: { email?: string; role?: string } } | undefined
  const what = detail?.data?.email ?? detail?.id ?? ''
  const role = detail?.data?.role ? ` as ${detail.data.role}` : ''
  const { actor } = event
  const email = actor?.session?.user?.email ?? actor?.api_key?.user?.email
  const ip = actor?.session?.ip_address
  const who = actor?.api_key?.id
    ? `the key ${actor.api_key.id}`
    : `${email ?? 'somebody'}${ip ? ` from ${ip}` : ''}`
  return `${who} ${TELLING[event.type] ?? event.type} ${what}${role}`.trim()
}
