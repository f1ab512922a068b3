// Whose key is it: its own answer, and the listed keys whose redacted form fits.

import type { Secret } from '../model/index.ts'
import {
  type AdminKey,
  ApiError,
  isArchived,
  type KeyCheck,
  keysOf,
  matchesRedacted,
  type OpenAI,
  type Project,
  type ProjectKey,
} from '../openai/index.ts'
import type { ListedKey, Owner } from './model.ts'

export interface IdentifyOptions {
  readonly admin: OpenAI | undefined
  /** Its own answer; undefined: it was not asked. */
  readonly answer: KeyCheck | undefined
  /** The id that a person chose. */
  readonly keyId: string | undefined
  /** What a run before this one found; the key may be gone from the list since. */
  readonly known: ListedKey | undefined
  /** The organization that the admin key opens, as OpenAI names it. */
  readonly homeOf: () => Promise<string | undefined>
}

export async function identify(key: Secret, options: IdentifyOptions): Promise<Owner> {
  const { admin, answer, keyId, known } = options
  if (known) return { answer, listed: known, candidates: [], obstacle: undefined }
  if (!admin) return { answer, listed: undefined, candidates: [], obstacle: NO_ADMIN }
  try {
    const fitting = await listFitting(key, admin)
    const chosen = keyId === undefined ? fitting : fitting.filter((each) => each.id === keyId)
    if (keyId !== undefined && chosen.length === 0)
      return {
        answer,
        listed: undefined,
        candidates: fitting,
        obstacle: `no key of the account that looks like it has the id ${keyId}`,
      }
    const elsewhere = chosen.length > 0 ? await otherHome(options) : undefined
    if (elsewhere) return { answer, listed: undefined, candidates: [], obstacle: elsewhere }
    if (chosen.length === 1) return { answer, listed: chosen[0], candidates: [], obstacle: undefined }
    const obstacle = chosen.length === 0 ? NOT_LISTED : undefined
    return { answer, listed: undefined, candidates: chosen, obstacle }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { answer, listed: undefined, candidates: [], obstacle: error.message }
  }
}

/** Little of a key shows in a list: one that looks the same in another organization is not this one. */
async function otherHome({ answer, homeOf }: IdentifyOptions): Promise<string | undefined> {
  const own = answer?.organization
  const home = own === undefined ? undefined : await homeOf()
  if (own === undefined || home === undefined || own === home) return undefined
  return `it belongs to the organization ${own}, and OPENAI_ADMIN_KEY opens ${home}; a key there only looks like it`
}

const NO_ADMIN = 'OPENAI_ADMIN_KEY is not set, so the account could not be asked'
const NOT_LISTED =
  'no key of this account looks like it: it was deleted, belongs to another organization, or to a person (first kind)'

async function listFitting(key: Secret, admin: OpenAI): Promise<ListedKey[]> {
  const fits = ({ redacted_value }: { redacted_value: string }) => matchesRedacted(key, redacted_value)
  if (key.redacted.startsWith('sk-admin-')) return (await admin.adminKeys.list()).filter(fits).map(adminKey)
  const projects = await admin.projects.list({ includeArchived: true })
  const lists = await Promise.all(
    projects.map(async (project) =>
      (await keysOf(admin, project)).filter(fits).map((each) => projectKey(each, project)),
    ),
  )
  return lists.flat()
}

function adminKey({ id, name, owner, created_at, last_used_at }: AdminKey): ListedKey {
  return {
    id,
    name: name ?? id,
    project: undefined,
    serviceAccount: undefined,
    user: owner.name ?? owner.id,
    isAdmin: true,
    createdAt: created_at,
    lastUsedAt: last_used_at ?? null,
  }
}

export function projectKey(key: ProjectKey, project: Project): ListedKey {
  const { user, service_account } = key.owner
  return {
    id: key.id,
    name: key.name || key.id,
    project: {
      id: project.id,
      name: project.name ?? project.id,
      isArchived: isArchived(project),
    },
    serviceAccount: service_account && { id: service_account.id, name: service_account.name },
    user: user?.email,
    isAdmin: false,
    createdAt: key.created_at,
    lastUsedAt: key.last_used_at,
  }
}

export function listedText({ name, id, project, serviceAccount, user, isAdmin }: ListedKey): string {
  const owner = serviceAccount ? `service account "${serviceAccount.name}"` : (user ?? 'a person')
  return `"${name}" (${id}), ${isAdmin ? 'an admin key' : `project "${project?.name ?? '?'}"`}, of ${owner}`
}
