// What the audit log says of the last week: keys, accounts and people that somebody added.
import type { AuditEvent } from '../../openai/index.ts'
import { LINKS } from '../../openai/index.ts'
import type { Check, Item } from '../model.ts'
import { day, plural } from '../words.ts'

const WEEK_DAYS = 7

/** Events that widen who can get in; each ought to be known to somebody. */
export const WIDENING: Readonly<Record<string, string>> = {
  'api_key.created': 'a key was made',
  'tenant.project_api_key.created': 'a key was made',
  'tenant.admin_api_key.created': 'an admin key was made',
  'service_account.created': 'a service account was made',
  'user.added': 'a person was added',
  'invite.sent': 'a person was invited',
  'role.assignment.created': 'a role was given',
  'ip_allowlist.deleted': 'the IP allowlist was removed',
  'ip_allowlist.config.deactivated': 'the IP allowlist was switched off',
  'spend_limit.deleted': 'a spending limit was removed',
}

export const activity: Check = {
  id: 'activity',
  title: 'Suspicious activity',
  needs: 'account',
  run: ({ account, now, madeHere }) => {
    if (!account.ok) return { looked: 'nothing', items: [none(account.why)] }
    const { events } = account.value
    if (!events.ok) return { looked: 'nothing', items: [none(events.why)] }
    if (events.value.length === 0)
      return { looked: 'an empty audit log', items: [none('it is empty: it may be switched off')] }
    const since = now.getTime() / 1000 - WEEK_DAYS * 86_400
    const recent = events.value.filter((event) => event.effective_at >= since)
    const looked = `${plural(recent.length, 'event')} of the audit log in ${WEEK_DAYS} days`
    const failed = recent.filter((event) => event.type === 'login.failed')
    const items = [
      ...recent.flatMap((event) => widening(event, madeHere)),
      ...strangers(events.value, since),
      ...(failed.length >= 5 ? [logins(failed)] : []),
    ]
    const text = 'nobody widened who can get in'
    return { looked, items: items.length > 0 ? items : [{ subject: 'audit log', verdict: 'well', text }] }
  },
}

const none = (text: string): Item => ({
  subject: 'audit log',
  verdict: 'not-checked',
  text,
  todo: [{ text: 'Switch the audit log on in the settings of the organization.', url: LINKS.organization }],
})

/** By a key: somebody, or a thief, does it with a program. By a person: told, and well if it was one of you. */
function widening(event: AuditEvent, madeHere: ReadonlySet<string>): Item[] {
  const what = WIDENING[event.type]
  if (what === undefined) return []
  const { id } = (event[event.type] ?? {}) as { readonly id?: string }
  if (id !== undefined && madeHere.has(id)) {
    const text = `${what} on ${day(event.effective_at)} by unleak, from here (${id})`
    return [{ subject: event.type, verdict: 'well', text }]
  }
  const who = actorText(event)
  const isByKey = event.actor?.api_key?.id !== undefined
  const text = `${what} on ${day(event.effective_at)} by ${who}`
  const todo = [
    {
      text: 'Ask whether it was one of you; if not, take it back and change what let them in.',
      url: LINKS.members,
    },
  ]
  const isWide = isByKey || !/^(?:tenant\.project_)?api_key|^service_account/.test(event.type)
  return [{ subject: event.type, verdict: isWide ? 'attention' : 'well', text, ...(isWide ? { todo } : {}) }]
}

/** Addresses that signed in this week and never in the weeks before. */
function strangers(events: readonly AuditEvent[], since: number): Item[] {
  const signIns = events.filter((event) => event.type === 'login.succeeded')
  const address = (event: AuditEvent) => event.actor?.session?.ip_address
  const known = new Set(signIns.filter((event) => event.effective_at < since).map(address))
  if (known.size === 0) return []
  return signIns
    .filter(
      (event) => event.effective_at >= since && address(event) !== undefined && !known.has(address(event)),
    )
    .map((event) => ({
      subject: event.type,
      verdict: 'attention',
      text: `${actorText(event)} signed in on ${day(event.effective_at)}, from an address not seen in the weeks before`,
      todo: [
        {
          text: 'Ask whether it was them; if not, sign them out everywhere and change their password.',
          url: LINKS.members,
        },
      ],
    }))
}

function logins(failed: readonly AuditEvent[]): Item {
  const text = `${plural(failed.length, 'sign-in')} failed`
  return {
    subject: 'login.failed',
    verdict: 'attention',
    text,
    todo: [{ text: 'Ask whether it was one of you.', url: LINKS.members }],
  }
}

/** Who did it, as the audit log names them. */
export function actorText({ actor }: AuditEvent): string {
  const ip = actor?.session?.ip_address
  const email = actor?.session?.user?.email ?? actor?.api_key?.user?.email
  if (actor?.api_key?.id) return `the key ${actor.api_key.id}${email ? ` of ${email}` : ''}`
  return `${email ?? 'somebody'}${ip ? ` from ${ip}` : ''}`
}
