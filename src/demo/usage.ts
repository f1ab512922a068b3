// Costs and usage: what was used, summed over stretches of time and grouped as asked.
import type { DemoUsage } from './account.ts'
import type { DemoCall } from './call.ts'
import { listOf } from './lists.ts'
import { type DemoAnswer, refusal } from './troubles.ts'

const WIDTHS = { '1m': [60, 60, 1440], '1h': [3600, 24, 168], '1d': [86_400, 7, 31] } as const

/** What each kind counts beside requests. */
const COUNTS: Readonly<Record<string, (uses: readonly DemoUsage[]) => object>> = {
  completions: (uses) => ({ ...tokens(uses), num_model_requests: sum(uses, 'requests') }),
  embeddings: (uses) => ({
    input_tokens: sum(uses, 'inputTokens'),
    num_model_requests: sum(uses, 'requests'),
  }),
  moderations: (uses) => ({
    input_tokens: sum(uses, 'inputTokens'),
    num_model_requests: sum(uses, 'requests'),
  }),
  images: (uses) => ({ images: sum(uses, 'requests'), num_model_requests: sum(uses, 'requests') }),
  audio_speeches: (uses) => ({
    characters: sum(uses, 'inputTokens'),
    num_model_requests: sum(uses, 'requests'),
  }),
  audio_transcriptions: (uses) => ({
    seconds: sum(uses, 'inputTokens'),
    num_model_requests: sum(uses, 'requests'),
  }),
  vector_stores: (uses) => ({ usage_bytes: sum(uses, 'inputTokens') }),
  code_interpreter_sessions: (uses) => ({ num_sessions: sum(uses, 'requests') }),
  file_search_calls: (uses) => ({ num_requests: sum(uses, 'requests') }),
  web_search_calls: (uses) => ({
    num_model_requests: sum(uses, 'requests'),
    num_requests: sum(uses, 'requests'),
  }),
}

type Amount = 'requests' | 'inputTokens' | 'outputTokens' | 'cost'
const sum = (uses: readonly DemoUsage[], name: Amount) => uses.reduce((total, use) => total + use[name], 0)
const tokens = (uses: readonly DemoUsage[]) => ({
  input_tokens: sum(uses, 'inputTokens'),
  output_tokens: sum(uses, 'outputTokens'),
})

const GROUPS: Readonly<Record<string, (use: DemoUsage) => string | null>> = {
  project_id: (use) => use.project,
  user_id: (use) => use.user ?? null,
  api_key_id: (use) => use.key,
  model: (use) => use.model,
  line_item: (use) => `${use.model}, ${use.kind}`,
  batch: () => null,
  service_tier: () => null,
}

const currencyOf = ({ currency = 'usd' }: DemoUsage) => currency

export function costs(call: DemoCall): DemoAnswer | object {
  return inBuckets(call, call.account.usage, '1d', 180, (uses, keys) => ({
    object: 'organization.costs.result',
    amount: { value: sum(uses, 'cost'), currency: currencyOf(uses[0]!) },
    line_item: null,
    project_id: null,
    api_key_id: null,
    quantity: null,
    ...keys,
  }))
}

export function usage(call: DemoCall): DemoAnswer | object {
  const { kind = '' } = call.params
  const count = COUNTS[kind]
  if (!count) return refusal(404, null, 'No such kind of usage.')
  const width = (call.query.get('bucket_width') ?? '1d') as keyof typeof WIDTHS
  const uses = call.account.usage.filter((use) => use.kind === kind)
  const ids = { project_id: null, user_id: null, api_key_id: null, model: null }
  const plain = kind === 'vector_stores' || kind === 'code_interpreter_sessions' ? { project_id: null } : ids
  const object = `organization.usage.${kind}.result`
  return inBuckets(call, uses, width, WIDTHS[width][2], (found, keys) => ({
    object,
    ...count(found),
    ...plain,
    ...keys,
  }))
}

function inBuckets(
  { query, now }: DemoCall,
  all: readonly DemoUsage[],
  width: keyof typeof WIDTHS,
  most: number,
  show: (uses: readonly DemoUsage[], keys: Readonly<Record<string, string | null>>) => object,
): DemoAnswer | object {
  const start = Number(query.get('start_time'))
  if (!query.get('start_time') || Number.isNaN(start))
    return refusal(400, null, "Missing parameter: 'start_time'.")
  const limit = Number(query.get('limit') ?? WIDTHS[width][1])
  if (!(limit >= 1 && limit <= most)) return refusal(400, null, `'limit' must be between 1 and ${most}.`)
  const [seconds] = WIDTHS[width]
  const end = Number(query.get('end_time') ?? now)
  const first = Math.floor(start / seconds) * seconds + Number(query.get('page')?.slice(5) ?? 0) * seconds
  const uses = all.filter((use) => isWanted(use, query))
  const data: object[] = []
  let time = first
  for (; time < end && data.length < limit; time += seconds) {
    const inside = uses.filter((use) => use.time >= time && use.time < time + seconds)
    data.push({
      object: 'bucket',
      start_time: time,
      end_time: time + seconds,
      results: grouped(inside, query, show),
    })
  }
  const read = (time - Math.floor(start / seconds) * seconds) / seconds
  const has_more = time < end
  return { object: 'page', data, has_more, next_page: has_more ? `page_${read}` : null }
}

function isWanted(use: DemoUsage, query: URLSearchParams): boolean {
  const among = (name: string, value: string) => {
    const wanted = listOf(query, name)
    return wanted.length === 0 || wanted.includes(value)
  }
  return (
    among('project_ids', use.project) &&
    among('api_key_ids', use.key) &&
    among('models', use.model) &&
    among('user_ids', use.user ?? '')
  )
}

function grouped(
  uses: readonly DemoUsage[],
  query: URLSearchParams,
  show: Parameters<typeof inBuckets>[4],
): object[] {
  const names = listOf(query, 'group_by')
  const groups = new Map<string, { keys: Record<string, string | null>; uses: DemoUsage[] }>()
  for (const use of uses) {
    const keys = Object.fromEntries(names.map((name) => [name, GROUPS[name]?.(use) ?? null]))
    const id = JSON.stringify([keys, currencyOf(use)])
    const group = groups.get(id) ?? { keys, uses: [] }
    group.uses.push(use)
    groups.set(id, group)
  }
  return [...groups.values()].map((group) => show(group.uses, group.keys))
}
