// How old each key of the account is, and when it expires.
import { LINKS } from '../../openai/index.ts'
import { type ListedKey, listedText, livingKeys } from '../join.ts'
import type { Check, HealthFacts, Item, Todo } from '../model.ts'
import { day, days, daysSince, plural } from '../words.ts'

const EXPIRES_SOON_DAYS = 14

export const rotation: Check = {
  id: 'rotation',
  title: 'Rotation and expiry',
  needs: 'account',
  run: (facts) => {
    const { account, policy } = facts
    if (!account.ok) return { looked: 'nothing', items: [none(account.why)] }
    if (!account.value.keys.ok) return { looked: 'nothing', items: [none(account.value.keys.why)] }
    const keys = livingKeys(account.value, facts.now)
    const looked = `${plural(keys.length, 'key')} of the account; attention after ${days(policy.rotateAfterDays)}, bad after ${days(policy.expireAfterDays)}`
    if (keys.length === 0)
      return { looked, items: [{ subject: 'keys', verdict: 'well', text: 'the account has no keys' }] }
    return { looked, items: keys.map((key) => itemOf(key, facts)) }
  },
}

const none = (text: string): Item => ({
  subject: 'keys',
  verdict: 'not-checked',
  text,
  todo: [{ text: 'The pages of the keys tell when each was made.', url: LINKS.keys }],
})

function itemOf(key: ListedKey, { now, policy }: HealthFacts): Item {
  const subject = listedText(key)
  const age = daysSince(key.createdAt, now)
  const rotate: Todo = key.isAdmin
    ? { text: 'Make a new admin key, then delete this one.', url: LINKS.adminKeys }
    : key.isPersonal
      ? {
          text: 'Let a new key of a service account take its place, then delete it: nobody but its owner can renew it.',
          url: LINKS.keys,
        }
      : { text: 'Replace it with a new one of the same service account.', command: `unleak rotate ${key.id}` }
  const left = key.expiresAt === null ? undefined : -daysSince(key.expiresAt, now)
  if (left !== undefined && left <= EXPIRES_SOON_DAYS) {
    const text = `${days(age)} old; it expires on ${day(key.expiresAt!)}, in ${days(Math.max(0, left))}`
    return { subject, verdict: 'attention', text, todo: [rotate] }
  }
  const end = key.expiresAt === null ? '' : `; it expires on ${day(key.expiresAt)}`
  if (age >= policy.expireAfterDays)
    return { subject, verdict: 'bad', text: `${days(age)} old${end}`, todo: [rotate] }
  if (age >= policy.rotateAfterDays)
    return { subject, verdict: 'attention', text: `${days(age)} old${end}`, todo: [rotate] }
  if (key.isAdmin && key.expiresAt === null) {
    const text = `${days(age)} old, and it never expires: an admin key opens the whole organization`
    return {
      subject,
      verdict: 'attention',
      text,
      todo: [{ text: 'Make one that expires, then delete this one.', url: LINKS.adminKeys }],
    }
  }
  return { subject, verdict: 'well', text: `${days(age)} old${end}` }
}
