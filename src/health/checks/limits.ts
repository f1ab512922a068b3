// Hard limit (stops), soft limit (mails): there, and within the recommended 10 to 50 dollars or the budget.
import { LINKS, limitMoney, type Money, moneyText, sums, USD } from '../../openai/index.ts'
import type { Account, Check, HealthPolicy, Item, Todo } from '../model.ts'
import { dollars, list } from '../words.ts'

/** What the guide recommends, in dollars a month. */
export const RECOMMENDED = { least: 10, most: 50 } as const

const FIX: Todo = {
  text: 'Set both at once, after you confirm.',
  command: 'unleak health --fix limits --mail ADDRESS',
}
const PAGE: Todo = { text: 'Or set them by hand.', url: LINKS.limits }

export const limits: Check = {
  id: 'limits',
  title: 'Spending limits',
  needs: 'account',
  run: ({ account, policy }) => {
    if (!account.ok) return { looked: 'nothing', items: [none('limits', account.why)] }
    return {
      looked: "the organization's hard limit and its alerts",
      items: [hardItem(account.value, policy), softItem(account.value, policy)],
    }
  },
}

/** Budget and recommendation are in dollars. */
const foreign = (subject: string, { currency }: Money, text: string): Item => ({
  subject,
  verdict: 'not-checked',
  text: `${text}; the budget is in dollars, so that is not held against it`,
  todo: [{ text: `Compare it with what you want to spend in ${currency}.`, url: LINKS.limits }],
})

const none = (subject: string, text: string): Item => ({
  subject,
  verdict: 'not-checked',
  text,
  todo: [{ text: 'Look at the limits yourself.', url: LINKS.limits }],
})

function hardItem({ spendLimit, projectLimits }: Account, { budget }: HealthPolicy): Item {
  const subject = 'hard limit'
  if (!spendLimit.ok) return none(subject, spendLimit.why)
  const limit = spendLimit.value
  if (limit === null) return withoutLimit(subject, projectLimits, budget)
  const cap = limitMoney(limit)
  const stops = `stops at ${moneyText(cap)} a month`
  const most = budget ?? RECOMMENDED.most
  const reached = limit.enforcement?.status === 'enforcing'
  if (reached) {
    const text = `${moneyText(cap)} a month are reached: requests are being refused`
    return {
      subject,
      verdict: 'bad',
      text,
      todo: [{ text: 'See what it was spent on before you raise it.', url: LINKS.usage }],
    }
  }
  if (cap.currency !== USD) return foreign(subject, cap, stops)
  const isHigh = cap.amount > most
  const whose =
    budget === undefined
      ? `the recommended ${dollars(RECOMMENDED.least)} to ${dollars(most)}; set your own with --budget`
      : `your budget of ${dollars(most)}`
  const text = `${stops}${isHigh ? `, above ${whose}` : ''}`
  return { subject, verdict: isHigh ? 'attention' : 'well', text, ...(isHigh ? { todo: [FIX, PAGE] } : {}) }
}

/** Limits of all projects together are one too. */
function withoutLimit(
  subject: string,
  projectLimits: Account['projectLimits'],
  budget: number | undefined,
): Item {
  const limits = projectLimits.ok ? [...projectLimits.value] : []
  const open = limits.filter(([, limit]) => limit === null).map(([name]) => name)
  if (limits.length === 0 || open.length > 0) {
    const some = open.length < limits.length ? `, and the projects ${list(open)} have none of their own` : ''
    const text = `there is none${some}: a leaked key can spend as much as OpenAI lets you owe`
    return { subject, verdict: 'bad', text, todo: [FIX, PAGE] }
  }
  const together = sums(limits.flatMap(([, limit]) => limit ?? []))
  const text = `none for the organization, but each project has its own; together they stop at ${list(together.map(moneyText))} a month`
  const other = together.find(({ currency }) => currency !== USD)
  if (other) return foreign(subject, other, text)
  const isHigh = together[0]!.amount > (budget ?? RECOMMENDED.most)
  return { subject, verdict: isHigh ? 'attention' : 'well', text, ...(isHigh ? { todo: [FIX, PAGE] } : {}) }
}

function softItem({ alerts, spendLimit }: Account, { budget }: HealthPolicy): Item {
  const subject = 'soft limit'
  if (!alerts.ok) return none(subject, alerts.why)
  const all = alerts.value.map(limitMoney).sort((a, b) => a.amount - b.amount)
  if (all.length === 0)
    return { subject, verdict: 'bad', text: 'no mail is sent, whatever is spent', todo: [FIX] }
  const hard = spendLimit.ok && spendLimit.value ? limitMoney(spendLimit.value) : undefined
  const most = hard ?? { amount: budget ?? RECOMMENDED.most, currency: USD }
  const text = `a mail at ${list(all.map(moneyText))} a month`
  const first = all.find(({ currency }) => currency === most.currency)
  if (first === undefined) return foreign(subject, all[0]!, text)
  return first.amount >= most.amount
    ? {
        subject,
        verdict: 'attention',
        text: `${text}: too late to act before ${moneyText(most)}`,
        todo: [FIX, PAGE],
      }
    : { subject, verdict: 'well', text }
}
