// What holds keys: projects, service accounts, users.
import type { DemoProject, DemoServiceAccount } from './account.ts'
import { type DemoCall, type DemoRoute, inProject, note, notFound } from './call.ts'
import { page } from './lists.ts'
import { addKey, addProject, addServiceAccount } from './make.ts'
import { type DemoAnswer, refusal } from './troubles.ts'

const PROJECTS = '/organization/projects'
const SERVICE_ACCOUNTS = `${PROJECTS}/{project_id}/service_accounts`
const SERVICE_ACCOUNT = `${SERVICE_ACCOUNTS}/{service_account_id}`

export const holderRoutes: readonly DemoRoute[] = [
  { method: 'GET', path: PROJECTS, handle: listProjects },
  { method: 'POST', path: PROJECTS, handle: createProject },
  { method: 'POST', path: `${PROJECTS}/{project_id}/archive`, handle: archiveProject },
  { method: 'GET', path: '/organization/users', handle: listUsers },
  { method: 'GET', path: SERVICE_ACCOUNTS, handle: inProject(listServiceAccounts) },
  { method: 'POST', path: SERVICE_ACCOUNTS, handle: inProject(createServiceAccount) },
  { method: 'DELETE', path: SERVICE_ACCOUNT, handle: inProject(deleteServiceAccount) },
  { method: 'POST', path: `${SERVICE_ACCOUNT}/api_keys`, handle: inProject(createServiceKey) },
]

function projectJson({ id, name, created_at, archived_at }: DemoProject): object {
  const status = archived_at ? 'archived' : 'active'
  return { object: 'organization.project', id, name, created_at, archived_at, status }
}

function listProjects({ account, query }: DemoCall): object {
  const all = account.projects.filter((p) => query.get('include_archived') === 'true' || !p.archived_at)
  return page(all, query, projectJson)
}

function createProject({ account, body }: DemoCall): object {
  return projectJson(addProject(account, String(body.name)))
}

function archiveProject({ account, params, now }: DemoCall): DemoAnswer | object {
  const project = account.projects.find(({ id }) => id === params.project_id)
  if (!project) return notFound('project')
  account.misdeeds.push(`archived ${project.id}`)
  project.archived_at = now
  return projectJson(project)
}

function listUsers({ account, query }: DemoCall): object {
  return page(account.users, query, (user) => ({
    object: 'organization.user',
    is_service_account: false,
    ...user,
  }))
}

function serviceJson({ id, name, created_at }: DemoServiceAccount): object {
  return { object: 'organization.project.service_account', id, name, role: 'member', created_at }
}

function listServiceAccounts({ account, query }: DemoCall, project: DemoProject): object {
  return page(
    account.serviceAccounts.filter((each) => each.project === project.id),
    query,
    serviceJson,
  )
}

function createServiceAccount(call: DemoCall, project: DemoProject): DemoAnswer | object {
  const { account, body } = call
  if (project.isDefault)
    return refusal(400, null, 'Service accounts cannot be created in the default project.')
  const made = addServiceAccount(account, project, String(body.name))
  note(call, 'service_account.created', { id: made.id, data: { role: 'member' } }, project)
  const key = body.create_service_account_only ? null : newServiceKey(call, project, made, 'Secret Key')
  return { ...serviceJson(made), api_key: key }
}

function newServiceKey(
  call: DemoCall,
  project: DemoProject,
  owner: DemoServiceAccount,
  name: string,
): object {
  const { account, body, now } = call
  const expires_at = typeof body.expires_in_seconds === 'number' ? now + body.expires_in_seconds : null
  if (Array.isArray(body.scopes) && body.scopes.length === 0)
    account.misdeeds.push('made a key with every permission')
  const key = addKey(account, { serviceAccount: owner }, name, { expires_at })
  if (Array.isArray(body.scopes) && body.scopes.length > 0) key.scopes = body.scopes as string[]
  note(call, 'api_key.created', { id: key.id, data: { scopes: key.scopes ?? ['api.all'] } }, project)
  const { id, value, created_at } = key
  return { object: 'organization.project.service_account.api_key', id, value, name, created_at, expires_at }
}

function findService({ account, params }: DemoCall, project: DemoProject): DemoServiceAccount | undefined {
  return account.serviceAccounts.find((s) => s.id === params.service_account_id && s.project === project.id)
}

function createServiceKey(call: DemoCall, project: DemoProject): DemoAnswer | object {
  const owner = findService(call, project)
  if (!owner) return notFound('service account')
  return newServiceKey(
    call,
    project,
    owner,
    typeof call.body.name === 'string' ? call.body.name : 'Secret Key',
  )
}

function deleteServiceAccount(call: DemoCall, project: DemoProject): DemoAnswer | object {
  const { account, now } = call
  const found = findService(call, project)
  if (!found) return notFound('service account')
  account.serviceAccounts.splice(account.serviceAccounts.indexOf(found), 1)
  for (const key of account.keys)
    if ('serviceAccount' in key.owner && key.owner.serviceAccount === found.id) key.revokedAt ??= now
  note(call, 'service_account.deleted', { id: found.id }, project)
  return { object: 'organization.project.service_account.deleted', id: found.id, deleted: true }
}
