// What the journal of a case tells the steps: facts of earlier runs, in words the steps share.

import type { Facts } from '../state/journal.ts'
import type { Case, ListedKey } from './model.ts'

/** Facts of the last `done` entry of a step. */
export function doneFacts({ journal }: Case, step: string): Facts | undefined {
  return journal.last(step, 'done')?.facts
}

export const textFact = (facts: Facts | undefined, name: string): string | undefined => {
  const value = facts?.[name]
  return typeof value === 'string' ? value : undefined
}

export const listFact = (facts: Facts | undefined, name: string): readonly string[] => {
  const value = facts?.[name]
  return Array.isArray(value) ? value : []
}

/** A listed key as facts: ids and names, nothing secret. */
export function keyFacts(key: ListedKey): Facts {
  return {
    keyId: key.id,
    keyName: key.name,
    projectId: key.project?.id ?? null,
    projectName: key.project?.name ?? null,
    projectArchived: key.project?.isArchived ?? false,
    accountId: key.serviceAccount?.id ?? null,
    accountName: key.serviceAccount?.name ?? null,
    user: key.user ?? null,
    isAdmin: key.isAdmin,
    createdAt: key.createdAt,
    lastUsedAt: key.lastUsedAt,
  }
}

export function keyFromFacts(facts: Facts | undefined): ListedKey | undefined {
  const id = textFact(facts, 'keyId')
  if (facts === undefined || id === undefined) return undefined
  const projectId = textFact(facts, 'projectId')
  const accountId = textFact(facts, 'accountId')
  return {
    id,
    name: textFact(facts, 'keyName') ?? id,
    project: projectId
      ? {
          id: projectId,
          name: textFact(facts, 'projectName') ?? projectId,
          isArchived: facts.projectArchived === true,
        }
      : undefined,
    serviceAccount: accountId
      ? { id: accountId, name: textFact(facts, 'accountName') ?? accountId }
      : undefined,
    user: textFact(facts, 'user'),
    isAdmin: facts.isAdmin === true,
    createdAt: Number(facts.createdAt ?? 0),
    lastUsedAt: typeof facts.lastUsedAt === 'number' ? facts.lastUsedAt : null,
  }
}
