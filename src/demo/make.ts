// Puts things into an account: users, projects, service accounts, keys. Keys are made at run time from parts.
import {
  type DemoAccount,
  type DemoKey,
  type DemoProject,
  type DemoServiceAccount,
  type DemoUser,
  newId,
  unixNow,
} from './account.ts'

/** What stands between the halves of OpenAI's keys. */
const MARKER = ['T3Blb', 'kFJ'].join('')

/** The shapes of today's keys, and of the first ones: prefix, and characters on each side of the marker. */
const SHAPES = {
  project: ['sk-proj-', 74],
  'service-account': ['sk-svcacct-', 74],
  admin: ['sk-admin-', 58],
  user: ['sk-', 20],
} as const
export type KeyShape = keyof typeof SHAPES

/** A key that looks genuine and opens nothing: the same for the same seed. */
export function demoKeyValue(shape: KeyShape, seed: number): string {
  const [prefix, half] = SHAPES[shape]
  const random = numbers(seed)
  if (shape === 'user') {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
    const text = Array.from({ length: 2 * half }, () => letters[Math.floor(random() * letters.length)]).join(
      '',
    )
    return prefix + text.slice(0, half) + MARKER + text.slice(half)
  }
  const bytes = Buffer.from(Array.from({ length: (half * 2 * 3) / 4 }, () => Math.floor(random() * 256)))
  bytes[bytes.length - 1] = 0 // as in every genuine key
  const text = bytes.toString('base64url')
  return prefix + text.slice(0, half) + MARKER + text.slice(half)
}

/** Redacted as OpenAI does it: first 8, last 4, length kept. */
export function redactedValue(value: string): string {
  return value.slice(0, 8) + '*'.repeat(Math.max(0, value.length - 12)) + value.slice(-4)
}

/** Numbers in [0, 1) that look random and are always the same (mulberry32). */
export function numbers(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function addUser(
  account: DemoAccount,
  name: string,
  email: string,
  more: Partial<Omit<DemoUser, 'name' | 'email'>> = {},
): DemoUser {
  const user = {
    id: newId(account, 'user'),
    name,
    email,
    role: 'reader',
    added_at: unixNow(account),
    ...more,
  } as const
  account.users.push(user)
  return user
}

export function addProject(
  account: DemoAccount,
  name: string,
  more: Partial<Omit<DemoProject, 'name'>> = {},
): DemoProject {
  const project: DemoProject = {
    id: newId(account, 'proj'),
    name,
    created_at: unixNow(account),
    archived_at: null,
    isDefault: false,
    spendLimit: undefined,
    rateLimits: new Map(),
    ...more,
  }
  account.projects.push(project)
  return project
}

export function addServiceAccount(
  account: DemoAccount,
  project: DemoProject,
  name: string,
  more: Partial<Pick<DemoServiceAccount, 'id' | 'created_at'>> = {},
): DemoServiceAccount {
  const made = {
    id: newId(account, 'svc_acct'),
    project: project.id,
    name,
    created_at: unixNow(account),
    ...more,
  }
  account.serviceAccounts.push(made)
  return made
}

/** A key of a service account, of a user in a project, of a user alone (the first kind), or an admin key. */
export function addKey(
  account: DemoAccount,
  holder:
    | { readonly serviceAccount: DemoServiceAccount }
    | { readonly user: DemoUser; readonly project?: DemoProject; readonly isAdmin?: boolean },
  name: string,
  more: Partial<Omit<DemoKey, 'name' | 'owner' | 'kind'>> = {},
): DemoKey {
  const seed = account.next
  const key: DemoKey = {
    id: newId(account, 'key'),
    name,
    ...holding(holder, seed),
    created_at: unixNow(account),
    last_used_at: null,
    expires_at: null,
    ...more,
  }
  account.keys.push(key)
  return key
}

function holding(
  holder: Parameters<typeof addKey>[1],
  seed: number,
): Pick<DemoKey, 'kind' | 'owner' | 'value' | 'project'> {
  if ('serviceAccount' in holder) {
    const { id, project } = holder.serviceAccount
    const value = demoKeyValue('service-account', seed)
    return { kind: 'project', owner: { serviceAccount: id }, value, project }
  }
  const owner = { user: holder.user.id }
  if (holder.isAdmin) return { kind: 'admin', owner, value: demoKeyValue('admin', seed) }
  if (holder.project === undefined) return { kind: 'user', owner, value: demoKeyValue('user', seed) }
  return { kind: 'project', owner, value: demoKeyValue('project', seed), project: holder.project.id }
}
