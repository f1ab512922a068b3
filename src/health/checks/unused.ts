// Keys that nobody uses: each is only a risk.
import { LINKS, matchesRedacted } from '../../openai/index.ts'
import { checkOfKeys } from '../each-key.ts'
import { type ListedKey, listedText } from '../join.ts'
import type { HealthFacts, Item } from '../model.ts'
import { days, daysSince, plural } from '../words.ts'

export const unused = checkOfKeys({
  id: 'unused',
  title: 'Unused keys',
  byHand: 'The pages of the keys tell when each was last used.',
  looked: (keys) => `when each of ${plural(keys.length, 'key')} was last used`,
  itemOf,
})

/** A new key is allowed a week before it counts as never used. */
const FIRST_USE_DAYS = 7

function itemOf(key: ListedKey, facts: HealthFacts): Item {
  const { now, policy } = facts
  const subject = listedText(key)
  const page = key.isAdmin ? LINKS.adminKeys : LINKS.keys
  const todo = [{ text: 'Delete it if nothing needs it.', url: page }]
  const isBackup = facts.keys.some(
    (known) => known.isBackup && facts.account.ok && isListed(known.secret, key.id, facts),
  )
  if (isBackup) return { subject, verdict: 'well', text: 'the backup key, which waits' }
  if (key.lastUsedAt === null) {
    const age = daysSince(key.createdAt, now)
    return age >= FIRST_USE_DAYS
      ? { subject, verdict: 'attention', text: `never used in ${days(age)}`, todo }
      : { subject, verdict: 'well', text: `new, not used yet` }
  }
  const idle = daysSince(key.lastUsedAt, now)
  return idle >= policy.unusedAfterDays
    ? { subject, verdict: 'attention', text: `not used for ${days(idle)}`, todo }
    : { subject, verdict: 'well', text: idle === 0 ? 'used today' : `last used ${days(idle)} ago` }
}

function isListed(
  secret: HealthFacts['keys'][number]['secret'],
  id: string,
  { account }: HealthFacts,
): boolean {
  if (!account.ok || !account.value.keys.ok) return false
  const listed = account.value.keys.value.find((key) => key.id === id)
  return listed !== undefined && matchesRedacted(secret, listed.redacted_value)
}
