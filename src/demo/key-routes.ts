// Keys: those of projects and the organization's admin keys.
import type { DemoAccount, DemoKey, DemoProject } from './account.ts'
import { type DemoCall, type DemoRoute, inProject, note, notFound } from './call.ts'
import { page } from './lists.ts'
import { addKey, redactedValue } from './make.ts'
import { type DemoAnswer, refusal } from './troubles.ts'

const KEYS = '/organization/projects/{project_id}/api_keys'
const ADMIN_KEYS = '/organization/admin_api_keys'

export const keyRoutes: readonly DemoRoute[] = [
  { method: 'GET', path: KEYS, handle: inProject(listKeys) },
  { method: 'GET', path: `${KEYS}/{api_key_id}`, handle: inProject(getKey) },
  { method: 'POST', path: `${KEYS}/{api_key_id}`, handle: inProject(updateKey) },
  { method: 'DELETE', path: `${KEYS}/{api_key_id}`, handle: inProject(deleteKey) },
  { method: 'GET', path: ADMIN_KEYS, handle: listAdminKeys },
  { method: 'POST', path: ADMIN_KEYS, handle: createAdminKey },
  { method: 'DELETE', path: `${ADMIN_KEYS}/{key_id}`, handle: deleteAdminKey },
]

/** Revoked keys leave the lists at once. */
function keysOf(account: DemoAccount, project: DemoProject): DemoKey[] {
  return account.keys.filter((key) => key.project === project.id && key.revokedAt === undefined)
}

function keyJson(account: DemoAccount, key: DemoKey): object {
  const { owner } = key
  const service = account.serviceAccounts.find(
    ({ id }) => 'serviceAccount' in owner && id === owner.serviceAccount,
  )
  const user = account.users.find(({ id }) => 'user' in owner && id === owner.user)
  return {
    object: 'organization.project.api_key',
    id: key.id,
    name: key.name,
    redacted_value: redactedValue(key.value),
    created_at: key.created_at,
    last_used_at: key.last_used_at,
    expires_at: key.expires_at,
    owner_project_access: key.ownerLeft ? 'inactive' : 'active',
    owner: service
      ? {
          type: 'service_account',
          service_account: {
            id: service.id,
            name: service.name,
            created_at: service.created_at,
            role: 'member',
          },
        }
      : { type: 'user', user: { ...userJson(user!), created_at: user!.added_at } },
  }
}

const userJson = ({ id, email, name, role, added_at }: DemoAccount['users'][number]) => ({
  object: 'organization.project.user',
  id,
  email,
  name,
  role,
  added_at,
})

function listKeys({ account, query }: DemoCall, project: DemoProject): object {
  const all = keysOf(account, project).filter(
    (k) => query.get('owner_project_access') === 'any' || !k.ownerLeft,
  )
  return page(all, query, (key) => keyJson(account, key))
}

function findKey({ account, params }: DemoCall, project: DemoProject): DemoKey | undefined {
  return keysOf(account, project).find(({ id }) => id === params.api_key_id)
}

function getKey(call: DemoCall, project: DemoProject): DemoAnswer | object {
  const key = findKey(call, project)
  return key ? keyJson(call.account, key) : notFound('API key')
}

function updateKey(call: DemoCall, project: DemoProject): DemoAnswer | object {
  const key = findKey(call, project)
  const { account, body, now } = call
  if (!key) return notFound('API key')
  if (Array.isArray(body.scopes)) {
    if (body.scopes.length === 0) account.misdeeds.push(`gave ${key.id} every permission`)
    key.scopes = body.scopes.length === 0 ? ['api.all'] : (body.scopes as string[])
  }
  if (typeof body.expires_in_seconds === 'number') key.expires_at = now + body.expires_in_seconds
  note(call, 'api_key.updated', { id: key.id, changes_requested: { scopes: key.scopes } }, project)
  return keyJson(account, key)
}

function deleteKey(call: DemoCall, project: DemoProject): DemoAnswer | object {
  const key = findKey(call, project)
  if (!key) return notFound('API key')
  if ('serviceAccount' in key.owner && call.account.refusesServiceKeyDeletion)
    return refusal(
      400,
      null,
      'API keys of service accounts cannot be deleted. Delete the service account instead.',
    )
  key.revokedAt = call.now
  note(call, 'api_key.deleted', { id: key.id }, project)
  return { object: 'organization.project.api_key.deleted', id: key.id, deleted: true }
}

function adminKeyJson(account: DemoAccount, key: DemoKey): object {
  const { owner } = key
  const user = account.users.find(({ id }) => 'user' in owner && id === owner.user)
  return {
    object: 'organization.admin_api_key',
    id: key.id,
    name: key.name,
    redacted_value: redactedValue(key.value),
    created_at: key.created_at,
    expires_at: key.expires_at,
    last_used_at: key.last_used_at,
    owner: {
      type: 'user',
      object: 'organization.user',
      id: user?.id,
      name: user?.name,
      created_at: user?.added_at,
      role: user?.role,
    },
  }
}

function listAdminKeys({ account, query }: DemoCall): object {
  const all = account.keys.filter((key) => key.kind === 'admin' && key.revokedAt === undefined)
  return page(all, query, (key) => adminKeyJson(account, key))
}

function createAdminKey(call: DemoCall): DemoAnswer | object {
  const { account, caller, body, now } = call
  const { owner } = caller
  const user = account.users.find(({ id }) => 'user' in owner && id === owner.user)
  if (!user) return refusal(400, null, 'Only people can own admin keys.')
  const expires_at = typeof body.expires_in_seconds === 'number' ? now + body.expires_in_seconds : null
  const key = addKey(account, { user, isAdmin: true }, String(body.name), { expires_at })
  note(call, 'api_key.created', { id: key.id, data: { scopes: ['api.management'] } })
  return { ...adminKeyJson(account, key), value: key.value }
}

function deleteAdminKey(call: DemoCall): DemoAnswer | object {
  const { account, params, now } = call
  const key = account.keys.find(
    (k) => k.kind === 'admin' && k.id === params.key_id && k.revokedAt === undefined,
  )
  if (!key) return notFound('admin API key')
  key.revokedAt = now
  note(call, 'api_key.deleted', { id: key.id })
  return { object: 'organization.admin_api_key.deleted', id: key.id, deleted: true }
}
