// The hard limits that stood between a leaked key and the bill: of its project, and of the organization.
import { ApiError, LINKS, limitMoney, type Money, moneyText, type OpenAI } from '../openai/index.ts'
import type { ListedKey, Outcome } from './model.ts'
import { todo } from './words.ts'

/** What spending stops at, and what to do where nothing stops it. Throws ApiError. */
export async function spendLimitsOf(
  { project }: ListedKey,
  admin: OpenAI,
): Promise<Required<Pick<Outcome, 'lines' | 'todo'>>> {
  const [whole, own] = await Promise.all([
    limitOf(admin, 'organization'),
    project ? limitOf(admin, { project: project.id }) : null,
  ])
  const lines = [
    ...(own === null ? [] : [`Its project "${project!.name}" stops at ${monthly(own)}.`]),
    ...(whole === null ? [] : [`The organization stops at ${monthly(whole)}.`]),
  ]
  if (lines.length > 0) return { lines, todo: [] }
  return {
    lines: ['Nothing stops spending: neither its project nor the organization has a hard limit.'],
    todo: [
      todo('Set a hard limit for the organization; one for each project is set on its page.', {
        command: 'unleak health --fix limits',
        url: LINKS.limits,
      }),
    ],
  }
}

/** A month; null: there is none. */
async function limitOf(
  admin: OpenAI,
  scope: Parameters<OpenAI['spendLimit']['get']>[0],
): Promise<Money | null> {
  try {
    return limitMoney(await admin.spendLimit.get(scope))
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

const monthly = (money: Money): string => `${moneyText(money)} a month`
