// Projects, their keys and service accounts, and the organization's admin keys.
import { Secret } from '../model/index.ts'
import { ApiError } from './api-error.ts'
import type { OpenAI } from './client.ts'
import { collect, items } from './pages.ts'
import type { Transport } from './transport.ts'
import type {
  AdminKey,
  CreatedKey,
  CreatedServiceAccount,
  Deleted,
  Project,
  ProjectKey,
  ServiceAccount,
} from './types.ts'

const id = encodeURIComponent
const projectPath = (project: string) => `/organization/projects/${id(project)}`

export function projectCalls(transport: Transport) {
  return {
    list: ({ includeArchived = false } = {}) =>
      collect(
        items<Project>(
          transport,
          '/organization/projects',
          includeArchived ? { include_archived: true } : {},
        ),
      ),
    create: (name: string) =>
      transport.get<Project>(
        { method: 'POST', path: '/organization/projects', body: { name } },
        'organization.project',
      ),
  }
}

/** No key of an archived project works, and it never comes back. */
export function isArchived({ status, archived_at }: Project): boolean {
  return status === 'archived' || Boolean(archived_at)
}

/** The keys of a project; none where it is archived and OpenAI does not list them. Throws ApiError. */
export async function keysOf({ projectKeys }: OpenAI, project: Project): Promise<ProjectKey[]> {
  try {
    return await projectKeys.list(project.id)
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'refused' && isArchived(project)) return []
    throw error
  }
}

export function projectKeyCalls(transport: Transport) {
  const path = (project: string, key: string) => `${projectPath(project)}/api_keys/${id(key)}`
  return {
    /** Every key, also those whose owner has left the project. */
    list: (project: string) =>
      collect(
        items<ProjectKey>(transport, `${projectPath(project)}/api_keys`, { owner_project_access: 'any' }),
      ),
    get: (project: string, key: string) =>
      transport.get<ProjectKey>({ method: 'GET', path: path(project, key) }, 'organization.project.api_key'),
    /** Narrows a key or lets it expire; takes up to 15 minutes to hold. Newer than the OpenAPI document. */
    update: (
      project: string,
      key: string,
      change: { scopes?: readonly string[]; expires_in_seconds?: number },
    ) =>
      transport.get<ProjectKey>(
        { method: 'POST', path: path(project, key), body: { ...change } },
        'organization.project.api_key',
      ),
    /** Revokes. Holds within seconds. Some accounts answer 400 for keys of service accounts: delete the account then. */
    delete: (project: string, key: string) =>
      transport.get<Deleted>(
        { method: 'DELETE', path: path(project, key) },
        'organization.project.api_key.deleted',
      ),
  }
}

export function adminKeyCalls(transport: Transport) {
  const path = '/organization/admin_api_keys'
  return {
    list: () => collect(items<AdminKey>(transport, path)),
    create: async (key: { name: string; expires_in_seconds?: number }) =>
      sealed(
        await transport.get<WireKey>({ method: 'POST', path, body: key }, 'organization.admin_api_key'),
        'sk-admin-',
      ),
    delete: (key: string) =>
      transport.get<Deleted>(
        { method: 'DELETE', path: `${path}/${id(key)}` },
        'organization.admin_api_key.deleted',
      ),
  }
}

interface WireKey {
  readonly id: string
  readonly name?: string | null
  readonly created_at: number
  readonly expires_at?: number | null
  readonly value: string
}

/** A new key's value is sealed before anybody sees it. */
function sealed({ id, name, created_at, expires_at, value }: WireKey, prefix: string): CreatedKey {
  return {
    id,
    name: name ?? null,
    created_at,
    expires_at: expires_at ?? null,
    secret: new Secret(value, prefix),
  }
}

export function serviceAccountCalls(transport: Transport) {
  const path = (project: string) => `${projectPath(project)}/service_accounts`
  const prefix = 'sk-svcacct-'
  return {
    list: (project: string) => collect(items<ServiceAccount>(transport, path(project))),
    /** A new account with its first key. The default project can't hold any: that is refused with 400. */
    create: async (
      project: string,
      account: { name: string; create_service_account_only?: boolean; expires_in_seconds?: number },
    ): Promise<CreatedServiceAccount> => {
      const call = { method: 'POST', path: path(project), body: account } as const
      const made = await transport.get<ServiceAccount & { api_key: WireKey | null }>(
        call,
        'organization.project.service_account',
      )
      const { id, name, role, created_at, api_key } = made
      return { id, name, role, created_at, key: api_key ? sealed(api_key, prefix) : null }
    },
    /** One more key on the same account: its role and id stay. */
    createKey: async (
      project: string,
      account: string,
      key: { name?: string; scopes?: readonly string[]; expires_in_seconds?: number } = {},
    ): Promise<CreatedKey> => {
      const call = { method: 'POST', path: `${path(project)}/${id(account)}/api_keys`, body: key } as const
      return sealed(
        await transport.get<WireKey>(call, 'organization.project.service_account.api_key'),
        prefix,
      )
    },
    /** Takes all its keys with it. */
    delete: (project: string, account: string) =>
      transport.get<Deleted>(
        { method: 'DELETE', path: `${path(project)}/${id(account)}` },
        'organization.project.service_account.deleted',
      ),
  }
}
