// The account's audit log: who did what, newest first.
import { type DemoAccount, type DemoEvent, type DemoKey, newId, unixNow } from './account.ts'

/** Notes an event; its details stand under the name of its type. */
export function addEvent(
  account: DemoAccount,
  type: string,
  event: { actor: object; details: object; project?: string; effective_at?: number },
): DemoEvent {
  const project = account.projects.find(({ id }) => id === event.project)
  const made: DemoEvent = {
    object: 'organization.audit_log',
    id: newId(account, 'audit_log'),
    type,
    effective_at: event.effective_at ?? unixNow(account),
    ...(project ? { project: { id: project.id, name: project.name } } : {}),
    actor: event.actor,
    [type]: event.details,
  }
  account.events.push(made)
  account.events.sort((a, b) => b.effective_at - a.effective_at)
  return made
}

/** The key that made a call, as an actor. */
export function keyActor(account: DemoAccount, key: DemoKey): object {
  const { owner } = key
  if ('serviceAccount' in owner)
    return {
      type: 'api_key',
      api_key: { id: key.id, type: 'service_account', service_account: { id: owner.serviceAccount } },
    }
  const email = account.users.find(({ id }) => id === owner.user)?.email
  return { type: 'api_key', api_key: { id: key.id, type: 'user', user: { id: owner.user, email } } }
}

/** A person in a browser, as an actor. */
export function sessionActor(user: { id: string; email: string }, address: string): object {
  return { type: 'session', session: { user: { id: user.id, email: user.email }, ip_address: address } }
}
