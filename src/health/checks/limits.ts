// Hard limit (stops), soft limit (mails): there, and within the recommended 10 to 50 dollars or the budget.
import { LINKS } from '../../openai/index.ts'
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
  const usd = limit.threshold_amount / 100
  const most = budget ?? RECOMMENDED.most
  const reached = limit.enforcement?.status === 'enforcing'
  if (reached) {
    const text = `${dollars(usd)} a month are reached: requests are being refused`
    return {
      subject,
      verdict: 'bad',
      text,
      todo: [{ text: 'See what it was spent on before you raise it.', url: LINKS.usage }],
    }
  }
  const isHigh = usd > most
  const whose =
    budget === undefined
      ? `the recommended ${dollars(RECOMMENDED.least)} to ${dollars(most)}; set your own with --budget`
      : `your budget of ${dollars(most)}`
  const text = `stops at ${dollars(usd)} a month${isHigh ? `, above ${whose}` : ''}`
  return { subject, verdict: isHigh ? 'attention' : 'well', text, ...(isHigh ? { todo: [FIX, PAGE] } : {}) }
}

/** Limits of all projects together are one too. */
function withoutLimit(
  subject: string,
  projectLimits: Account['projectLimits'],
  budget: number | undefined,
): Item {
  const limits = projectLimits.ok ? [...projectLimits.value] : []
  const open = limits.filter(([, usd]) => usd === null).map(([name]) => name)
  if (limits.length === 0 || open.length > 0) {
    const some = open.length < limits.length ? `, and the projects ${list(open)} have none of their own` : ''
    const text = `there is none${some}: a leaked key can spend as much as OpenAI lets you owe`
    return { subject, verdict: 'bad', text, todo: [FIX, PAGE] }
  }
  const sum = limits.reduce((total, [, usd]) => total + (usd ?? 0), 0)
  const isHigh = sum > (budget ?? RECOMMENDED.most)
  const text = `none for the organization, but each project has its own; together they stop at ${dollars(sum)} a month`
  return { subject, verdict: isHigh ? 'attention' : 'well', text, ...(isHigh ? { todo: [FIX, PAGE] } : {}) }
}

function softItem({ alerts, spendLimit }: Account, { budget }: HealthPolicy): Item {
  const subject = 'soft limit'
  if (!alerts.ok) return none(subject, alerts.why)
  const amounts = alerts.value.map((alert) => alert.threshold_amount / 100).sort((a, b) => a - b)
  if (amounts.length === 0)
    return { subject, verdict: 'bad', text: 'no mail is sent, whatever is spent', todo: [FIX] }
  const hard = spendLimit.ok && spendLimit.value ? spendLimit.value.threshold_amount / 100 : undefined
  const most = hard ?? budget ?? RECOMMENDED.most
  const isLate = amounts[0]! >= most
  const text = `a mail at ${list(amounts.map(dollars))} a month`
  return isLate
    ? {
        subject,
        verdict: 'attention',
        text: `${text}: too late to act before ${dollars(most)}`,
        todo: [FIX, PAGE],
      }
    : { subject, verdict: 'well', text }
}
