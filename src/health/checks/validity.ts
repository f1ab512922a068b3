// Is each key alive, and if not, why: its own answer joined with the account's list and audit log.
import { isArchived, LINKS } from '../../openai/index.ts'
import { listedAs } from '../join.ts'
import type { Account, Check, HealthFacts, Item, KeyAnswer, KnownKey, Todo } from '../model.ts'
import { day, keyText, plural } from '../words.ts'

export const validity: Check = {
  id: 'validity',
  title: 'Keys work',
  needs: 'keys',
  run: (facts) => {
    const looked = `${plural(facts.keys.length, 'key')} of OpenAI, each by its own answer`
    const { answers } = facts
    if (!answers.ok) return { looked: 'no key was asked', items: [notChecked('keys', answers.why)] }
    if (facts.keys.length === 0) return { looked: 'the environment and the env files', items: [noKeys()] }
    return { looked, items: facts.keys.map((key) => itemOf(key, answers.value.get(key.fingerprint), facts)) }
  },
}

function noKeys(): Item {
  const text = 'no key of OpenAI in the environment or in an env file'
  const todo = [{ text: 'Name the variable that holds it.', command: 'unleak health --key NAME' }]
  return { subject: 'keys', verdict: 'not-checked', text, todo }
}

const notChecked = (subject: string, text: string): Item => ({ subject, verdict: 'not-checked', text })

function itemOf(key: KnownKey, answer: KeyAnswer | undefined, facts: HealthFacts): Item {
  const subject = keyText(key)
  if (!answer) return notChecked(subject, 'it was not asked')
  if (answer.state === 'unknown') return { ...notChecked(subject, answer.reason), todo: unknownTodo(answer) }
  if (answer.state === 'live') {
    const isPaced = answer.cause !== undefined
    return {
      subject,
      verdict: isPaced ? 'attention' : 'well',
      text: isPaced ? answer.reason : 'alive',
      ...(isPaced ? { todo: [causeTodo(answer)] } : {}),
    }
  }
  if (answer.state === 'live-restricted') return { subject, verdict: 'well', text: `alive; ${answer.reason}` }
  if (answer.state === 'dead') return deadItem(subject, key, answer, facts)
  return { subject, verdict: 'bad', text: `${groupText(answer)}${answer.reason}`, todo: [causeTodo(answer)] }
}

const GROUPS: Readonly<Record<string, string>> = {
  billing: 'billing: ',
  account: 'account: ',
  security: 'security: ',
  openai: 'change at OpenAI: ',
}

const groupText = ({ cause }: KeyAnswer): string => GROUPS[cause ?? ''] ?? ''

function causeTodo({ cause }: KeyAnswer): Todo {
  if (cause === 'billing')
    return { text: 'Look at the payment method, the credit and the limits.', url: LINKS.billing }
  if (cause === 'account')
    return { text: 'Look for mail from OpenAI, then ask its support.', url: LINKS.support }
  if (cause === 'openai')
    return { text: 'Look whether OpenAI has trouble or changed something.', url: LINKS.status }
  if (cause === 'pace')
    return { text: 'Send requests more slowly, or ask for a higher limit.', url: LINKS.limits }
  return { text: 'Look at the key on its page.', url: LINKS.keys }
}

function unknownTodo(answer: KeyAnswer): Todo[] {
  return answer.cause === 'openai'
    ? [{ text: 'Wait, and look whether OpenAI has trouble.', url: LINKS.status }]
    : [{ text: 'Try again from a network that reaches api.openai.com.' }]
}

/** The API does not say why it refuses a key; the account may. */
function deadItem(subject: string, key: KnownKey, answer: KeyAnswer, facts: HealthFacts): Item {
  const told = facts.account.ok ? whyDead(key, facts.account.value, facts) : undefined
  const todo = told?.todo ?? [
    { text: 'Make a new key, and put it where this one is used.', url: LINKS.projectKeys },
    { text: `Set OPENAI_ADMIN_KEY (read-only is enough) to learn why.`, url: LINKS.adminKeys },
  ]
  return { subject, verdict: 'bad', text: `dead. ${told?.text ?? sentence(answer.reason)}`, todo }
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

interface Why {
  readonly text: string
  readonly todo: readonly Todo[]
}

function whyDead(key: KnownKey, account: Account, facts: HealthFacts): Why | undefined {
  const [listed, ...others] = listedAs(key, account)
  const renew: Todo = { text: 'Make a new key, and put it where this one is used.', url: LINKS.projectKeys }
  if (listed && others.length === 0) {
    const { project } = listed
    if (isArchived(project))
      return { text: `Account: its project "${project.name ?? project.id}" was archived.`, todo: [renew] }
    if (listed.expires_at && listed.expires_at * 1000 <= facts.now.getTime())
      return { text: `Security: it expired on ${day(listed.expires_at)}.`, todo: [renew] }
    if (listed.owner_project_access === 'inactive')
      return {
        text: 'Account: its owner has left the project, so it has no effect.',
        todo: [{ text: 'Use a key of a service account: it does not leave with a person.', url: LINKS.keys }],
      }
    return undefined
  }
  if (listed || !account.keys.ok) return undefined
  return deletedWhy(account, key, renew)
}

/** Deleted by a person, which the audit log tells; or by OpenAI, which it does not. */
function deletedWhy(account: Account, key: KnownKey, renew: Todo): Why | undefined {
  const respond = {
    text: 'If nobody of you deleted it, treat it as leaked: OpenAI disables keys that it finds in public.',
    command: `unleak respond --env ${key.holders[0]?.name ?? 'NAME'}`,
  }
  if (!account.events.ok)
    return {
      text: 'Security: it is no longer in the account, and the audit log could not be read.',
      todo: [respond, renew],
    }
  if (account.events.value.length === 0)
    return {
      text: 'Security: it is no longer in the account. The audit log is empty, so it may be switched off, and does not tell who deleted it.',
      todo: [respond, renew],
    }
  const deletions = account.events.value.filter((event) => event.type === 'api_key.deleted')
  if (deletions.length === 0) {
    return {
      text: 'Security: it is no longer in the account, and the audit log names nobody who deleted it. OpenAI may have disabled it as leaked.',
      todo: [respond, renew],
    }
  }
  const last = deletions[0]!
  const who = last.actor?.session?.user?.email ?? last.actor?.api_key?.id ?? 'somebody'
  return {
    text: `Security: it is no longer in the account. The audit log has ${plural(deletions.length, 'deleted key')} in 90 days, the last on ${day(last.effective_at)} by ${who}.`,
    todo: [respond, renew],
  }
}
