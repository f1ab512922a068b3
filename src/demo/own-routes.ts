// What a key may ask without being an admin key: models, whose it is, and an answer that costs money.
import { type DemoAccount, newId } from './account.ts'
import type { DemoCall, DemoRoute } from './call.ts'
import { type DemoAnswer, TROUBLES } from './troubles.ts'

export const ownRoutes: readonly DemoRoute[] = [
  { method: 'GET', path: '/models', handle: listModels },
  { method: 'GET', path: '/me', handle: me },
  { method: 'POST', path: '/responses', handle: respond },
]

function listModels({ account }: DemoCall): object {
  return { object: 'list', data: account.models.map((model) => ({ object: 'model', ...model })) }
}

function me({ account, caller }: DemoCall): object {
  const { owner } = caller
  const user = 'user' in owner ? account.users.find(({ id }) => id === owner.user) : undefined
  const service = account.serviceAccounts.find(
    ({ id }) => 'serviceAccount' in owner && id === owner.serviceAccount,
  )
  const organization = {
    object: 'organization',
    id: account.organization,
    title: 'Acme (demo)',
    name: account.organization,
  }
  return {
    object: 'user',
    id: user?.id ?? service?.id,
    email: user?.email ?? null,
    name: user?.name ?? service?.name,
    orgs: {
      object: 'list',
      data: [{ ...organization, role: user?.role ?? 'member', is_default: true, personal: false }],
    },
  }
}

function respond({ account, caller, now, body }: DemoCall): DemoAnswer | object {
  if (caller.spendTrouble) return TROUBLES[caller.spendTrouble]
  const project = account.projects.find(({ id }) => id === caller.project)
  if (isReached(account, account.spendLimit)) return TROUBLES['organization-limit']
  if (project && isReached(account, project.spendLimit, project.id)) return TROUBLES['project-limit']
  if (!account.models.some(({ id }) => id === body.model)) return TROUBLES['model-gone']
  const counts = { requests: 1, inputTokens: 8, outputTokens: 16, cost: 0.00002 }
  const usage = {
    time: now,
    kind: 'completions',
    key: caller.id,
    project: caller.project ?? '',
    model: String(body.model),
  }
  account.usage.push({ ...usage, ...counts })
  return { object: 'response', id: newId(account, 'resp'), status: 'completed', model: body.model }
}

/** True when this month's spending has reached a limit in cents. */
export function isReached(account: DemoAccount, cents: number | undefined, project?: string): boolean {
  if (cents === undefined) return false
  const now = new Date(account.now())
  const month = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1) / 1000
  const spent = account.usage.filter((each) => each.time >= month && (!project || each.project === project))
  return spent.reduce((sum, { cost }) => sum + cost, 0) * 100 >= cents
}
