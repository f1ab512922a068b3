// Which listed key a known key is, by what OpenAI shows of it; and where a key that is not listed went.
import { isArchived, type KeyCheck, matchesRedacted } from '../openai/index.ts'
import type { Account, AccountKey, KnownKey } from './model.ts'

/** Keys of the account that can be this one: none, one, or several that look alike. */
export function listedAs(key: KnownKey, account: Account): readonly AccountKey[] {
  if (!account.keys.ok) return []
  return account.keys.value.filter((listed) => matchesRedacted(key.secret, listed.redacted_value))
}

export type KeyVerdict = Pick<KeyCheck, 'state' | 'cause' | 'reason'>

/** OpenAI knows the key; one that may not list the models may still do its work. */
export function isAccepted({ state }: KeyVerdict): boolean {
  return state === 'live' || state === 'live-restricted'
}

/** The request that costs was carried out; every cause is a reason why one was not. */
export function canSpend({ state, cause }: KeyVerdict): boolean {
  return state === 'live' && cause === undefined
}

export interface ListedKey {
  readonly id: string
  readonly name: string
  readonly where: string
  readonly redacted: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
  readonly expiresAt: number | null
  readonly isAdmin: boolean
  /** It belongs to a person, not to a service account. */
  readonly isPersonal: boolean
}

/** All keys of the account that are not expired, admin keys too. */
export function livingKeys(account: Account, now: Date): ListedKey[] {
  const projectKeys = account.keys.ok ? account.keys.value : []
  const adminKeys = account.adminKeys.ok ? account.adminKeys.value : []
  const listed = [
    ...projectKeys
      .filter((key) => !isArchived(key.project) && key.owner_project_access !== 'inactive')
      .map((key) => ({
        ...key,
        where: key.project.name ?? key.project.id,
        isAdmin: false,
        isPersonal: key.owner.type === 'user',
      })),
    ...adminKeys.map((key) => ({ ...key, where: 'the organization', isAdmin: true, isPersonal: true })),
  ]
  return listed
    .map((key) => ({
      id: key.id,
      name: key.name || key.id,
      where: key.where,
      redacted: shortRedacted(key.redacted_value),
      createdAt: key.created_at,
      lastUsedAt: key.last_used_at ?? null,
      expiresAt: key.expires_at ?? null,
      isAdmin: key.isAdmin,
      isPersonal: key.isPersonal,
    }))
    .filter((key) => key.expiresAt === null || key.expiresAt * 1000 > now.getTime())
}

/** `sk-proj-****…****21sA` as `sk-proj-…21sA`, and the longer prefixes, which OpenAI cuts, whole: as a key in a file is shown. */
export function shortRedacted(value: string): string {
  return value.replace(/\*+|\.{2,}/, '…').replace(/^sk-(svcac|admin)…/, (_, kind) => PREFIXES[kind] ?? _)
}

const PREFIXES: Readonly<Record<string, string>> = { svcac: 'sk-svcacct-…', admin: 'sk-admin-…' }

export function listedText(key: ListedKey): string {
  return `"${key.name}" (${key.redacted}, ${key.isAdmin ? 'admin key' : `project ${key.where}`})`
}
