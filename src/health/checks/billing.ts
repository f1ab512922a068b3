// Can the account pay: no key may be refused for money. OpenAI has no call that tells the balance.
import { LINKS } from '../../openai/index.ts'
import { canSpend, isAccepted } from '../join.ts'
import type { Check, Item } from '../model.ts'
import { keyText, plural } from '../words.ts'

export const billing: Check = {
  id: 'billing',
  title: 'Billing',
  needs: 'keys',
  run: ({ keys, answers }) => {
    const looked = 'what the keys were answered; OpenAI tells nobody the balance'
    if (!answers.ok) return { looked: 'nothing', items: [none(answers.why)] }
    const refused = keys.flatMap((key): Item[] => {
      const answer = answers.value.get(key.fingerprint)
      const money = [answer, answer?.spending].find((each) => each?.cause === 'billing')
      if (!money) return []
      const todo = [
        { text: 'Pay, replace the card, add credit or raise the limit.', url: LINKS.billing },
        { text: 'See the limits.', url: LINKS.limits },
      ]
      return [{ subject: keyText(key), verdict: 'bad', text: money.reason, todo }]
    })
    if (refused.length > 0) return { looked, items: refused }
    const spent = keys.filter((key) => {
      const spending = answers.value.get(key.fingerprint)?.spending
      return spending !== undefined && canSpend(spending)
    })
    if (spent.length > 0)
      return {
        looked,
        items: [{ subject: 'billing', verdict: 'well', text: `${plural(spent.length, 'key')} could spend` }],
      }
    const alive = keys.filter((key) => {
      const answer = answers.value.get(key.fingerprint)
      return answer !== undefined && isAccepted(answer)
    })
    if (alive.length === 0) return { looked, items: [none('no key is alive that could tell')] }
    const text = 'no key was refused for money; whether one can spend, only a request that costs shows'
    const todo = [
      {
        text: 'Let the backup key make one request, for less than a hundredth of a cent.',
        command: 'unleak health --spend-test',
      },
      { text: 'Look at the balance and the payment method.', url: LINKS.billing },
    ]
    return { looked, items: [{ subject: 'billing', verdict: 'well', text, todo }] }
  },
}

const none = (text: string): Item => ({
  subject: 'billing',
  verdict: 'not-checked',
  text,
  todo: [{ text: 'Look at the balance and the payment method.', url: LINKS.billing }],
})
