// Different keys for different environments, service accounts for production, and the gateway that the policy asks for.
import { LINKS } from '../../openai/index.ts'
import type { Environment } from '../../places/env-file.ts'
import { listedAs } from '../join.ts'
import type { Check, HealthFacts, Item, KnownKey } from '../model.ts'
import { holderText, keyText, list } from '../words.ts'

export const separation: Check = {
  id: 'separation',
  title: 'Separate keys for each environment',
  needs: 'disk',
  run: (facts) => {
    const looked =
      'which key stands in which env file; with an admin key also in which project, and who owns it'
    const items = [
      ...facts.keys.flatMap((key) => keyItems(key, facts)),
      ...sameProject(facts),
      ...gatewayItems(facts),
    ]
    if (items.length > 0) return { looked, items }
    const text = facts.keys.length === 0 ? 'there is no key to look at' : 'no key serves two environments'
    return {
      looked,
      items: [{ subject: 'keys', verdict: facts.keys.length === 0 ? 'not-checked' : 'well', text }],
    }
  },
}

function keyItems(key: KnownKey, facts: HealthFacts): Item[] {
  const subject = keyText(key)
  const named = new Set(key.holders.map((holder) => holder.environment).filter((each) => each !== 'unnamed'))
  const items: Item[] = []
  if (key.isAdmin) {
    const text = `an admin key, which opens the whole organization, as ${list(key.holders.map(holderText))}`
    const todo = [
      {
        text: 'Give the application a key of a project; keep the admin key out of files.',
        url: LINKS.projectKeys,
      },
    ]
    items.push({ subject, verdict: 'bad', text, todo })
  }
  if (named.size > 1) items.push(sharedItem(subject, key, named))
  else if (foldersOf(key).size > 1) items.push(manyFoldersItem(subject, key))
  const production = productionItem(subject, key, facts)
  return production ? [...items, production] : items
}

function sharedItem(subject: string, key: KnownKey, named: ReadonlySet<Environment>): Item {
  const inProduction = named.has('production')
  const text = `the same key in ${list([...named])}: ${list(key.holders.map(holderText))}`
  const todo = [
    { text: 'Make one key for each environment, best in a project of its own.', url: LINKS.projectKeys },
  ]
  return { subject, verdict: inProduction ? 'bad' : 'attention', text, todo }
}

const foldersOf = (key: KnownKey): Set<string> =>
  new Set(
    key.holders.flatMap(({ path }) => (path === undefined ? [] : path.split('/').slice(0, -1).join('/'))),
  )

function manyFoldersItem(subject: string, key: KnownKey): Item {
  const text = `one key for several programs: ${list(key.holders.map(holderText))}`
  const todo = [
    { text: 'Make one key for each, so that one can be revoked without the others.', url: LINKS.projectKeys },
  ]
  return { subject, verdict: 'attention', text, todo }
}

/** Keys of different environments that share a project of OpenAI share its limits and its data. */
function sameProject({ keys, account }: HealthFacts): Item[] {
  if (!account.ok) return []
  const users = new Map<string, { name: string; environments: Set<Environment> }>()
  for (const key of keys) {
    const listed = listedAs(key, account.value)
    const project = listed.length === 1 ? listed[0]!.project : undefined
    if (!project) continue
    const entry = users.get(project.id) ?? { name: project.name ?? project.id, environments: new Set() }
    for (const { environment } of key.holders)
      if (environment !== 'unnamed') entry.environments.add(environment)
    users.set(project.id, entry)
  }
  return [...users.values()]
    .filter(({ environments }) => environments.has('production') && environments.size > 1)
    .map(({ name, environments }) => ({
      subject: `project ${name}`,
      verdict: 'attention',
      text: `keys for ${list([...environments])} are of the same project, so they share its limits and its data`,
      todo: [{ text: 'Make a project for each environment.', url: LINKS.projects }],
    }))
}

/** Whose key production uses; only the account knows. */
function productionItem(subject: string, key: KnownKey, { account }: HealthFacts): Item | undefined {
  if (!key.holders.some((holder) => holder.environment === 'production') || key.isAdmin) return undefined
  const isAccount = key.secret.redacted.startsWith('sk-svcacct-')
  if (isAccount) return { subject, verdict: 'well', text: 'production uses a service account' }
  const todo = [
    {
      text: 'Make a service account in the project, and use its key: it does not leave with a person.',
      url: LINKS.keys,
    },
  ]
  if (!account.ok || !account.value.keys.ok) {
    const why = account.ok ? 'the keys could not be listed' : account.why
    return {
      subject,
      verdict: 'not-checked',
      text: `production uses it; whether a person owns it is not known: ${why}`,
    }
  }
  const owners = listedAs(key, account.value).map((listed) => listed.owner)
  if (owners.length === 0 || owners.some((owner) => owner.type === 'service_account')) return undefined
  const who = owners[0]?.user?.email ?? 'a person'
  return {
    subject,
    verdict: 'attention',
    text: `production uses a key of ${who}, not of a service account`,
    todo,
  }
}

/** Only where the policy names a gateway. */
function gatewayItems({ policy, baseUrls }: HealthFacts): Item[] {
  const { gateway } = policy
  if (gateway === undefined) return []
  const todo = [{ text: `Set OPENAI_BASE_URL to the address of ${gateway}.` }]
  if (baseUrls.length === 0)
    return [
      {
        subject: 'gateway',
        verdict: 'attention',
        text: `the policy asks for ${gateway}, and no base URL is set`,
        todo,
      },
    ]
  return baseUrls.map(({ where, host }) => ({
    subject: 'gateway',
    verdict: host === gateway ? 'well' : 'bad',
    text: host === gateway ? `${where} goes through it` : `${where} goes to ${host}, not to ${gateway}`,
    ...(host === gateway ? {} : { todo }),
  }))
}
