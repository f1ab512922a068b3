// A check that says something of each key that the account lists, or why it could not.
import { LINKS } from '../openai/index.ts'
import { type ListedKey, livingKeys } from './join.ts'
import type { Check, HealthFacts, Item } from './model.ts'

export interface KeyCheck {
  readonly id: string
  readonly title: string
  /** What a person finds on the pages of the keys when this check could not look. */
  readonly byHand: string
  readonly looked: (keys: readonly ListedKey[], facts: HealthFacts) => string
  readonly itemOf: (key: ListedKey, facts: HealthFacts) => Item
}

export function checkOfKeys({ id, title, byHand, looked, itemOf }: KeyCheck): Check {
  const todo = [{ text: byHand, url: LINKS.keys }]
  const none = (text: string) => ({
    looked: 'nothing',
    items: [{ subject: 'keys', verdict: 'not-checked', text, todo } satisfies Item],
  })
  return {
    id,
    title,
    needs: 'account',
    run: (facts) => {
      const { account } = facts
      if (!account.ok) return none(account.why)
      if (!account.value.keys.ok) return none(account.value.keys.why)
      const keys = livingKeys(account.value, facts.now)
      const items: Item[] =
        keys.length === 0
          ? [{ subject: 'keys', verdict: 'well', text: 'the account has no keys' }]
          : keys.map((key) => itemOf(key, facts))
      return { looked: looked(keys, facts), items }
    },
  }
}
