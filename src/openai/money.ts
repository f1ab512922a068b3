// Amounts of money as OpenAI tells them: each in its own currency, and amounts of two currencies are never added.
import { ApiError } from './api-error.ts'
import type { CostResult } from './types.ts'

export interface Money {
  /** In units of the currency, not in cents. */
  readonly amount: number
  /** ISO 4217, in capitals. */
  readonly currency: string
}

/** The currency of OpenAI's prices and limits; budgets are in it. */
export const USD = 'USD'

/** What a result of `/organization/costs` cost; some answers write the number as text. Throws ApiError for neither. */
export function costOf(amount: CostResult['amount']): Money {
  const value = Number(amount?.value ?? 0)
  if (!Number.isFinite(value)) throw garbage(COSTS, 'an amount that is not a number')
  return { amount: value, currency: currencyOf(amount?.currency, COSTS) }
}

/** What a limit or an alert names in cents. Throws ApiError. */
export function limitMoney(limit: { readonly threshold_amount: number; readonly currency?: string }): Money {
  return { amount: limit.threshold_amount / 100, currency: currencyOf(limit.currency, LIMIT) }
}

/** Where an amount stood, for errors. */
const COSTS = 'GET /organization/costs'
const LIMIT = 'a spend limit or alert'

function currencyOf(text: string | undefined, where: string): string {
  const code = (text ?? USD).toUpperCase()
  if (/^[A-Z]{3}$/.test(code)) return code
  throw garbage(where, 'a currency that is none')
}

const garbage = (where: string, what: string) => new ApiError('garbage', `${where}: ${what}`)

/** One sum for each currency, the largest first; a currency in which nothing was spent is left out beside others. */
export function sums(all: readonly Money[]): Money[] {
  const totals = new Map<string, number>()
  for (const { amount, currency } of all) totals.set(currency, (totals.get(currency) ?? 0) + amount)
  const each = [...totals].map(([currency, amount]) => ({ amount, currency }))
  const spent = each.filter(({ amount }) => amount !== 0)
  if (spent.length > 0) return spent.sort((a, b) => b.amount - a.amount)
  return [{ amount: 0, currency: each[0]?.currency ?? USD }]
}

/** `$1,234.50`, or `1,234.50 EUR`; very small amounts to a hundredth of a cent. */
export function moneyText({ amount, currency }: Money): string {
  const digits = amount !== 0 && Math.abs(amount) < 0.1 ? 4 : 2
  const text = amount.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return currency === USD ? `$${text}` : `${text} ${currency}`
}
