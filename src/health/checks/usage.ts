// What is spent: this month, against the last and the budget, by key and by model; and days unlike their past.
import { LINKS, moneyText, USD } from '../../openai/index.ts'
import { listedAs, livingKeys } from '../join.ts'
import type { Account, Check, Costs, DayCost, HealthFacts, Item } from '../model.ts'
import { type Unusual, unusual } from '../statistics.ts'
import { dollars, list } from '../words.ts'

/** Days that are held against those before them. */
const RECENT = 7
/** Units of the currency a day below which nothing is unusual. */
const FLOOR = 1
const UPPER_RECOMMENDED = 50

export const usage: Check = {
  id: 'usage',
  title: 'Usage and costs',
  needs: 'account',
  run: (facts) => {
    if (!facts.account.ok) return { looked: 'nothing', items: [notChecked(facts.account.why)] }
    const account = facts.account.value
    if (!account.costs.ok) return { looked: 'nothing', items: [notChecked(account.costs.why)] }
    const all = account.costs.value
    return {
      looked: `costs of ${all[0]?.days.length} days, by day, key and model`,
      items: all.flatMap((costs) => {
        const names = namesFor(costs, all.length > 1)
        return [monthItem(costs, names, facts, account), ...unusualItems(costs, names, account, facts)]
      }),
    }
  },
}

interface Names {
  /** What an item is about, told apart where there is more than one currency. */
  readonly subject: (text: string) => string
  readonly money: (amount: number) => string
}

const namesFor = ({ currency }: Costs, isOneOfMany: boolean): Names => ({
  subject: (text) => (isOneOfMany ? `${text} in ${currency}` : text),
  money: (amount) => moneyText({ amount, currency }),
})

const notChecked = (text: string): Item => ({
  subject: 'costs',
  verdict: 'not-checked',
  text,
  todo: [{ text: 'Look at the usage page.', url: LINKS.usage }],
})

function monthItem(
  { days: costs, currency }: Costs,
  { subject, money }: Names,
  { now, policy }: HealthFacts,
  account: Account,
): Item {
  const month = now.toISOString().slice(0, 7)
  const date = now.getUTCDate()
  const inMonth = costs.filter(({ day }) => day.startsWith(month))
  const spent = sum(inMonth)
  const before = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7)
  const sameDays = sum(costs.filter(({ day }) => day.startsWith(before) && Number(day.slice(8)) <= date))
  const length = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate()
  const expected = (spent / Math.max(1, date)) * length
  const budget = policy.budget ?? UPPER_RECOMMENDED
  const isOver = spent > budget
  const isHeading = !isOver && expected > budget && date >= 3
  const parts = [
    `${money(spent)} this month, ${money(sameDays)} in the same days of the last; ${money(expected)} expected by its end`,
    ...topText(
      'By key',
      inMonth.map((each) => each.byKey),
      (id) => keyName(id, account, now),
      money,
    ),
    ...topText(
      'By model',
      inMonth.map((each) => each.byItem),
      (name) => name,
      money,
    ),
  ]
  if (currency !== USD) {
    const text = `${parts.join('. ')}. The budget is in dollars, so that is not held against it.`
    const todo = [{ text: `Compare it with what you want to spend in ${currency}.`, url: LINKS.usage }]
    return { subject: subject('this month'), verdict: 'not-checked', text, todo }
  }
  const over = isOver ? `over the budget of ${dollars(budget)}` : `more than the budget of ${dollars(budget)}`
  return {
    subject: subject('this month'),
    verdict: isOver ? 'bad' : isHeading ? 'attention' : 'well',
    text: `${parts.join('. ')}.${isOver || isHeading ? ` That is ${over}${policy.budget === undefined ? ' (the recommended 10 to 50 dollars; yours is set with --budget)' : ''}.` : ''}`,
    ...(isOver || isHeading ? { todo: [{ text: 'See what it was spent on.', url: LINKS.usage }] } : {}),
  }
}

function unusualItems(
  { days: costs }: Costs,
  { subject, money }: Names,
  account: Account,
  facts: HealthFacts,
): Item[] {
  const { now } = facts
  const whole = costs.slice(0, -1).slice(-6 * RECENT) // today is not over yet
  const today = costs.at(-1)
  const days = today ? [...whole, today] : whole
  const found = unusual(
    days.map((each) => each.amount),
    RECENT + 1,
    FLOOR,
  )
  if (found.length === 0) {
    const verdict = days.length > RECENT + 7 ? 'well' : 'not-checked'
    const text =
      verdict === 'well'
        ? `no day of the last ${RECENT} stands out against the weeks before`
        : 'there is too little past to compare with'
    return [{ subject: subject('unusual days'), verdict, text }]
  }
  const causes = new Set(found.map((each) => leadingKey(days, each)).filter((id) => id !== undefined))
  const names = [...causes].map((id) => keyName(id, account, now))
  const text = found
    .slice(0, 4)
    .map(({ index, value, usual }) => `${days[index]!.day} cost ${money(value)}; usual are ${money(usual)}`)
    .join('. ')
  const by = names.length > 0 ? ` Most of it by ${list(names)}.` : ''
  const todo = [
    { text: 'See what it was spent on, by key and by hour.', url: LINKS.usage },
    {
      text: 'If it was none of you, the key is in other hands.',
      command: respondCommand([...causes], account, facts),
    },
  ]
  return [{ subject: subject('unusual days'), verdict: 'bad', text: `${text}.${by}`, todo }]
}

/** The response to the first of these keys, by the name that it has here. */
function respondCommand(ids: readonly string[], account: Account, { keys }: HealthFacts): string {
  const holder = keys.find((key) => listedAs(key, account).some((listed) => ids.includes(listed.id)))
    ?.holders[0]
  if (!holder) return 'unleak respond -'
  return `unleak respond --env ${holder.name}${holder.path === undefined ? '' : ` --env-file ${holder.path}`}`
}

/** The key that grew most on an unusual day, against its own median share. */
function leadingKey(days: readonly DayCost[], { index }: Unusual): string | undefined {
  const { byKey } = days[index]!
  return Object.entries(byKey).sort((a, b) => b[1] - a[1])[0]?.[0]
}

function keyName(id: string, account: Account, now: Date): string {
  const key = livingKeys(account, now).find((each) => each.id === id)
  return key ? `"${key.name}"` : `a key that is no longer there (${id})`
}

function topText(
  label: string,
  shares: readonly Readonly<Record<string, number>>[],
  nameOf: (id: string) => string,
  money: (amount: number) => string,
): string[] {
  const totals = new Map<string, number>()
  for (const [id, amount] of shares.flatMap((share) => Object.entries(share)))
    totals.set(id, (totals.get(id) ?? 0) + amount)
  const top = [...totals].filter(([, amount]) => amount > 0).sort((a, b) => b[1] - a[1])
  if (top.length === 0) return []
  return [
    `${label}: ${top
      .slice(0, 3)
      .map(([id, amount]) => `${nameOf(id)} ${money(amount)}`)
      .join('; ')}`,
  ]
}

const sum = (costs: readonly DayCost[]): number => costs.reduce((total, { amount }) => total + amount, 0)
