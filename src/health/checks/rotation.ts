// How old each key of the account is, and when it expires.
import { LINKS } from '../../openai/index.ts'
import { checkOfKeys } from '../each-key.ts'
import { type ListedKey, listedText } from '../join.ts'
import type { HealthFacts, Item, Todo } from '../model.ts'
import { day, days, daysSince, plural } from '../words.ts'

const EXPIRES_SOON_DAYS = 14

export const rotation = checkOfKeys({
  id: 'rotation',
  title: 'Rotation and expiry',
  byHand: 'The pages of the keys tell when each was made.',
  looked: (keys, { policy }) =>
    `${plural(keys.length, 'key')} of the account; attention after ${days(policy.rotateAfterDays)}, bad after ${days(policy.expireAfterDays)}`,
  itemOf,
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
