// Sets the hard limit and the alerts of the organization: shown first, done after a yes.
import { ApiError, LINKS, limitMoney, type Money, moneyText, type OpenAI, USD } from '../openai/index.ts'
import { RECOMMENDED } from './checks/limits.ts'
import type { Account } from './model.ts'
import { dollars } from './words.ts'

export interface LimitPlan {
  readonly hardUsd: number | undefined
  readonly alertsUsd: readonly number[]
  readonly recipients: readonly string[]
  /** What would be done, a line each; empty: nothing is left to do. */
  readonly lines: readonly string[]
  /** Why a part can't be done. */
  readonly obstacles: readonly string[]
}

const SOFT_SHARES = [0.5, 0.8]

/** Limits that are there and tight enough stay. */
export function planLimits(
  { spendLimit, alerts }: Account,
  budget: number | undefined,
  recipients: readonly string[],
): LimitPlan {
  const target = budget ?? RECOMMENDED.most
  const cap = spendLimit.ok && spendLimit.value ? limitMoney(spendLimit.value) : undefined
  if (cap && cap.currency !== USD) return foreign(cap)
  const current = cap?.amount
  const needsHard = spendLimit.ok && (current === undefined || current > target)
  const effective = needsHard ? target : (current ?? target)
  const amounts = alerts.ok ? alerts.value.map((alert) => alert.threshold_amount / 100) : []
  const needsSoft = alerts.ok && !amounts.some((amount) => amount < effective)
  const alertsUsd =
    needsSoft && recipients.length > 0
      ? SOFT_SHARES.map((share) => Math.round(effective * share * 100) / 100)
      : []
  const from = current === undefined ? 'there is none now' : `now ${dollars(current)}`
  return {
    hardUsd: needsHard ? target : undefined,
    alertsUsd,
    recipients,
    lines: [
      ...(needsHard ? [`hard limit: requests stop at ${dollars(target)} a month (${from})`] : []),
      ...alertsUsd.map((usd) => `soft limit: a mail to ${recipients.join(', ')} at ${dollars(usd)} a month`),
    ],
    obstacles: [
      ...(spendLimit.ok ? [] : [spendLimit.why]),
      ...(alerts.ok ? [] : [alerts.why]),
      ...(needsSoft && recipients.length === 0
        ? ['no mail address for the alerts: name one with --mail ADDRESS']
        : []),
    ],
  }
}

/** A budget is in dollars: what that is in another currency is for a person to say. */
const foreign = (cap: Money): LimitPlan => ({
  hardUsd: undefined,
  alertsUsd: [],
  recipients: [],
  lines: [],
  obstacles: [
    `the hard limit is ${moneyText(cap)} a month, and the budget is in dollars: set both by hand at ${LINKS.limits}`,
  ],
})

/** Returns what was done; throws ApiError. */
export async function applyLimits(admin: OpenAI, plan: LimitPlan): Promise<string[]> {
  const done: string[] = []
  if (plan.hardUsd !== undefined) {
    await admin.spendLimit.set('organization', Math.round(plan.hardUsd * 100))
    done.push(`hard limit set to ${dollars(plan.hardUsd)} a month`)
  }
  for (const usd of plan.alertsUsd) {
    const channel = { type: 'email', recipients: plan.recipients } as const
    await admin.spendAlerts.create('organization', Math.round(usd * 100), channel)
    done.push(`mail at ${dollars(usd)} a month`)
  }
  return done
}

export function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError
}
