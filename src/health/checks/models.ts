// Models in use that OpenAI takes away: calls fail on that day, with a key that works.
import { LINKS } from '../../openai/index.ts'
import type { Check, HealthFacts, Item } from '../model.ts'
import { days, plural } from '../words.ts'

const SOON_DAYS = 60
const DAY_MS = 86_400_000

export const models: Check = {
  id: 'models',
  title: 'Models in use',
  needs: 'account',
  run: (facts) => {
    const { account, listedModels } = facts
    if (!listedModels.ok) return { looked: 'nothing', items: [none(listedModels.why)] }
    if (!account.ok) return { looked: 'nothing', items: [none(account.why)] }
    if (!account.value.models.ok) return { looked: 'nothing', items: [none(account.value.models.why)] }
    const used = Object.keys(account.value.models.value)
    const looked = `${plural(used.length, 'model')} used in 30 days, against those that OpenAI lists`
    const items = used.flatMap((model) => itemOf(model, listedModels.value, facts))
    return {
      looked,
      items:
        items.length > 0
          ? items
          : [{ subject: 'models', verdict: 'well', text: 'none of them goes away soon' }],
    }
  },
}

const none = (text: string): Item => ({ subject: 'models', verdict: 'not-checked', text })

type Listed = Extract<HealthFacts['listedModels'], { ok: true }>['value']

function itemOf(model: string, listed: Listed, { now }: HealthFacts): Item[] {
  const end = listed.find((each) => each.id === model)?.shutdown_date
  const at = end ? Date.parse(end) : Number.NaN
  if (Number.isNaN(at)) return []
  const left = Math.ceil((at - now.getTime()) / DAY_MS)
  if (left > SOON_DAYS) return []
  const todo = [{ text: 'Change to its successor.', url: LINKS.deprecations }]
  return left <= 0
    ? [{ subject: model, verdict: 'bad', text: `went away on ${end}`, todo }]
    : [{ subject: model, verdict: 'attention', text: `goes away on ${end}, in ${days(left)}`, todo }]
}
