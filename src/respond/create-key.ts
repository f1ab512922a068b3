// Makes a key on the service account of another one, or on a new account, so that a crash can't lose or double it:
// its name carries the case, and what a killed run made is found by that name, kept if it was written, else deleted.

import type { Secret } from '../model/index.ts'
import { ApiError, type CreatedKey, matchesRedacted, type OpenAI, type ProjectKey } from '../openai/index.ts'
import { fingerprintOf } from '../places/key.ts'
import type { ListedKey } from './model.ts'

export interface NewKey {
  readonly id: string
  readonly name: string
  readonly serviceAccount: string
  readonly secret: Secret
}

/** Why no key can be made for this one by a program; undefined: it can. */
export function noNewKeyBecause(listed: ListedKey | undefined): string | undefined {
  if (!listed) return 'it is not known whose key it is'
  if (listed.isAdmin) return 'admin keys are made by people only'
  if (listed.project === undefined) return 'it belongs to no project'
  if (listed.project.isArchived) return 'its project is archived'
  return undefined
}

/** The name of the key that a case makes; nobody else gives such names. */
export function nameFor(caseId: string, listed: ListedKey): string {
  return `${listed.name.slice(0, 40)} (unleak ${caseId.slice(0, 8)})`
}

/**
 * What a killed run has left: the key it made, if one of `held` (the values in the targets) is it. A key that was
 * made and never written is deleted: nobody has its value.
 */
export async function findLeftover(
  admin: OpenAI,
  project: string,
  name: string,
  held: readonly Secret[],
): Promise<NewKey | undefined> {
  const made = (await admin.projectKeys.list(project)).filter(
    (key) => key.name === name || accountName(key) === name,
  )
  let kept: NewKey | undefined
  for (const key of made) {
    const secret = held.find((each) => matchesRedacted(each, key.redacted_value))
    const serviceAccount = key.owner.service_account?.id ?? ''
    if (secret && !kept) kept = { id: key.id, name, serviceAccount, secret }
    else await deleteKey(admin, project, key, name)
  }
  return kept
}

const accountName = (key: ProjectKey) => key.owner.service_account?.name

/** On its own account (made by us, told by the name) the account goes with it. */
async function deleteKey(admin: OpenAI, project: string, key: ProjectKey, name: string): Promise<void> {
  const account = key.owner.service_account
  if (account?.name === name) await unlessGone(() => admin.serviceAccounts.delete(project, account.id))
  else await deleteOrExpire(admin, project, key.id)
}

/** Older versions of the API don't delete keys of service accounts; there it expires at once. */
async function deleteOrExpire(admin: OpenAI, project: string, keyId: string): Promise<void> {
  try {
    await unlessGone(() => admin.projectKeys.delete(project, keyId))
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 400) throw error
    await unlessGone(() => admin.projectKeys.update(project, keyId, { expires_in_seconds: 1 }))
  }
}

/** What is gone already need not be deleted. Throws ApiError for every other refusal. */
export async function unlessGone(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove()
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error
  }
}

/** On the same service account where there is one: its role and id stay. Throws ApiError. */
export async function makeKey(admin: OpenAI, listed: ListedKey, name: string): Promise<NewKey> {
  const project = listed.project!.id
  if (listed.serviceAccount) {
    const made = await admin.serviceAccounts.createKey(project, listed.serviceAccount.id, { name })
    return toNewKey(made, name, listed.serviceAccount.id)
  }
  const account = await admin.serviceAccounts.create(project, { name })
  if (account.key === null) throw new ApiError('garbage', 'the new service account came without a key')
  return toNewKey(account.key, name, account.id)
}

function toNewKey({ id, secret }: CreatedKey, name: string, serviceAccount: string): NewKey {
  return { id, name, serviceAccount, secret }
}

/** Takes a new key back, when it could not be kept; again does no harm. Throws ApiError. */
export async function dropKey(
  admin: OpenAI,
  project: string,
  { id, serviceAccount }: Pick<NewKey, 'id' | 'serviceAccount'>,
  isOwnAccount: boolean,
): Promise<void> {
  if (isOwnAccount) await unlessGone(() => admin.serviceAccounts.delete(project, serviceAccount))
  else await deleteOrExpire(admin, project, id)
}

export const newKeyFacts = (key: NewKey) => ({
  newKeyId: key.id,
  newKeyName: key.name,
  newKeyAccount: key.serviceAccount,
  fingerprint: fingerprintOf(key.secret),
  redacted: key.secret.redacted,
})
