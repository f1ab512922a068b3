// The account as an admin key sees it: each part read for itself, so that one refusal does not hide the rest.
import {
  ApiError,
  costOf,
  isArchived,
  keysOf,
  limitMoney,
  type Money,
  type OpenAI,
  sums,
} from '../openai/index.ts'
import type { Account, AccountKey, Costs, Reading } from './model.ts'

const DAY_S = 86_400
/** Costs of this month, the last, and the past that "unusual" is measured against. */
const COST_DAYS = 92
const USAGE_DAYS = 30
const EVENT_DAYS = 90

export async function readAccount(admin: OpenAI, now: Date): Promise<Account> {
  const today = Math.floor(now.getTime() / 1000 / DAY_S) * DAY_S
  const start_time = today - COST_DAYS * DAY_S
  const projects = await reading(() => admin.projects.list({ includeArchived: true }))
  const [keys, adminKeys, costs, models, spendLimit, projectLimits, alerts, events] = await Promise.all([
    reading(() => readKeys(admin, projects)),
    reading(() => admin.adminKeys.list()),
    reading(() => readCosts(admin, start_time, today)),
    reading(() => readModels(admin, today - USAGE_DAYS * DAY_S)),
    reading(() => orNull(admin.spendLimit.get('organization'))),
    reading(() => readProjectLimits(admin, projects)),
    reading(() => admin.spendAlerts.list('organization')),
    reading(() => admin.auditLogs({ effective_at: { gte: today - EVENT_DAYS * DAY_S } })),
  ])
  return { projects, keys, adminKeys, costs, models, spendLimit, projectLimits, alerts, events }
}

async function reading<T>(read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { ok: true, value: await read() }
  } catch (error) {
    if (error instanceof ApiError) return { ok: false, why: error.message }
    throw error
  }
}

/** 404: there is no limit. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

async function readKeys(admin: OpenAI, projects: Account['projects']): Promise<AccountKey[]> {
  if (!projects.ok) throw new ApiError('no-answer', projects.why)
  const lists = await Promise.all(
    projects.value.map(async (project) => (await keysOf(admin, project)).map((key) => ({ ...key, project }))),
  )
  return lists.flat()
}

async function readProjectLimits(
  admin: OpenAI,
  projects: Account['projects'],
): Promise<Map<string, Money | null>> {
  if (!projects.ok) throw new ApiError('no-answer', projects.why)
  const active = projects.value.filter((project) => !isArchived(project))
  const limits = await Promise.all(
    active.map(async ({ id, name }) => {
      const limit = await orNull(admin.spendLimit.get({ project: id }))
      return [name ?? id, limit && limitMoney(limit)] as const
    }),
  )
  return new Map(limits)
}

async function readCosts(admin: OpenAI, from: number, today: number): Promise<Costs[]> {
  const buckets = await admin.costs({
    start_time: from,
    end_time: today + DAY_S,
    group_by: ['api_key_id', 'line_item'],
  })
  const entries = buckets.flatMap(({ start_time, results }) =>
    results.map(({ amount, api_key_id, line_item }) => ({
      day: dayOf(start_time),
      key: api_key_id,
      item: line_item,
      ...costOf(amount),
    })),
  )
  const days = Array.from({ length: (today - from) / DAY_S + 1 }, (_, i) => dayOf(from + i * DAY_S))
  return sums(entries).map(({ currency }) => ({
    currency,
    days: byDay(
      days,
      entries.filter((entry) => entry.currency === currency),
    ),
  }))
}

interface CostEntry {
  readonly day: string
  readonly key: string | null | undefined
  readonly item: string | null | undefined
  readonly amount: number
}

/** One entry for each day, those without costs too. */
function byDay(days: readonly string[], entries: readonly CostEntry[]): Costs['days'] {
  const sumsOf = new Map(
    days.map((day) => [day, { amount: 0, byKey: {}, byItem: {} } as MutableDay] as const),
  )
  for (const { day, key, item, amount } of entries) {
    const sum = sumsOf.get(day)
    if (!sum) continue
    sum.amount += amount
    if (key) sum.byKey[key] = (sum.byKey[key] ?? 0) + amount
    if (item) sum.byItem[item] = (sum.byItem[item] ?? 0) + amount
  }
  return [...sumsOf].map(([day, sum]) => ({ day, ...sum }))
}

interface MutableDay {
  amount: number
  byKey: Record<string, number>
  byItem: Record<string, number>
}

async function readModels(admin: OpenAI, from: number): Promise<Record<string, number>> {
  const kinds = ['completions', 'embeddings', 'images', 'audio_speeches', 'audio_transcriptions'] as const
  const models: Record<string, number> = {}
  const answers = await Promise.all(
    kinds.map((kind) => admin.usage(kind, { start_time: from, bucket_width: '1d', group_by: ['model'] })),
  )
  for (const { model, num_model_requests } of answers.flat().flatMap((bucket) => bucket.results))
    if (model) models[model] = (models[model] ?? 0) + (num_model_requests ?? 0)
  return models
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}
