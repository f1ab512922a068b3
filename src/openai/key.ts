// What a key says of itself: its kind, and the redacted form under which OpenAI lists it.
import type { Secret } from '../model/index.ts'

/**
 * `project`, `service-account`: bound to a project; `admin`: opens the whole organization and no model;
 * `user`: of the first kinds, belongs to a person and can only be deleted by them in the dashboard.
 */
export type KeyKind = 'project' | 'service-account' | 'admin' | 'user' | 'not-openai'

export function kindOfKey(key: Secret): KeyKind {
  const value = key.reveal()
  if (!value.startsWith('sk-') || value.startsWith('sk-ant-') || value.startsWith('sk-or-'))
    return 'not-openai'
  if (value.startsWith('sk-admin-')) return 'admin'
  if (value.startsWith('sk-proj-')) return 'project'
  if (/^sk-(?:svcacct|svcaat|service)-/.test(value)) return 'service-account'
  if (/^sk-(?:None-)?[A-Za-z0-9]{40,}$/.test(value) || value.startsWith('sk-None-')) return 'user'
  return 'service-account' // early service accounts carry their name
}

const HEAD = 8
const TAIL = 4

/** The form in which OpenAI's answers show a key: first 8 and last 4 characters, stars between, length kept. */
export function redactedValueOf(key: Secret): string {
  const value = key.reveal()
  if (value.length < HEAD + TAIL) return '*'.repeat(value.length)
  return value.slice(0, HEAD) + '*'.repeat(value.length - HEAD - TAIL) + value.slice(-TAIL)
}

/**
 * True when a `redacted_value` of OpenAI's lists can be that of `key`. Little of a key shows (the beginning is the
 * same for all, the last character nearly so): more than one listed key may match, and then people must choose.
 */
export function matchesRedacted(key: Secret, redactedValue: string): boolean {
  const keepsLength = /\*{4,}/.test(redactedValue)
  return startsAndEndsLike(key, redactedValue) && (!keepsLength || redactedValue.length === key.length)
}

/** True when what a redacted form shows of its beginning and end is that of `key`. */
export function startsAndEndsLike(key: Secret, redactedValue: string): boolean {
  const [, head = '', tail = ''] = /^([^*.…]*)(?:\*+|\.{2,}|…)([^*.…]*)$/.exec(redactedValue) ?? []
  const value = key.reveal()
  if (head === '' || tail === '' || head.length + tail.length > value.length) return false
  return value.startsWith(head) && value.endsWith(tail)
}
