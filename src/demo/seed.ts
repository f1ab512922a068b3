// The account of the tour: a small company that has put off its housekeeping, and has just had a key stolen.
import { createAccount, type DemoAccount, type DemoKey, type DemoUsage, unixNow } from './account.ts'
import { addEvent, sessionActor } from './events.ts'
import { addKey, addProject, addServiceAccount, addUser, numbers } from './make.ts'

const DAY = 86_400

/** What is wrong in the seeded account, by name. */
export interface SeededAccount extends DemoAccount {
  readonly named: {
    /** Leaked two days ago, and abused since. */
    readonly leaked: DemoKey
    /** The second key of the same service account, never used. */
    readonly backup: DemoKey
    readonly staging: DemoKey
    /** Out of money: its project has reached its limit. */
    readonly development: DemoKey
    /** 400 days old, and unused for 200. */
    readonly old: DemoKey
    /** A person's key in the production project. */
    readonly personal: DemoKey
    /** Of the first kind: in no list, deleted only by its owner. */
    readonly legacy: DemoKey
    readonly admin: DemoKey
    /** An admin key that may only read. */
    readonly readOnlyAdmin: DemoKey
    /** In a project that was archived. */
    readonly archived: DemoKey
  }
}

/** The same account for the same clock. `now` in milliseconds. */
export function seedAccount(now: () => number = Date.now): SeededAccount {
  const account = createAccount(now)
  const ago = (days: number) => unixNow(account) - Math.round(days * DAY)
  const ada = addUser(account, 'Ada', 'ada@example.com', { role: 'owner', added_at: ago(900) })
  const ben = addUser(account, 'Ben', 'ben@example.com', { added_at: ago(500) })
  seedModels(account, ago)
  const home = addProject(account, 'Default project', { isDefault: true, created_at: ago(900) })
  const production = addProject(account, 'production', { created_at: ago(400) })
  const staging = addProject(account, 'staging', { created_at: ago(400) })
  const development = addProject(account, 'development', { created_at: ago(400), spendLimit: 100 })
  const attic = addProject(account, 'old experiments', { created_at: ago(800), archived_at: ago(90) })
  const web = addServiceAccount(account, production, 'web', { created_at: ago(200) })
  const tests = addServiceAccount(account, staging, 'staging', { created_at: ago(100) })
  const local = addServiceAccount(account, development, 'local', { created_at: ago(60) })
  const key = (days: number, used: number | null) => ({
    created_at: ago(days),
    last_used_at: used === null ? null : ago(used),
  })
  const named = {
    leaked: addKey(account, { serviceAccount: web }, 'web-production', key(132, 0.01)),
    backup: addKey(account, { serviceAccount: web }, 'web-backup', key(132, null)),
    staging: addKey(account, { serviceAccount: tests }, 'staging', key(20, 0.2)),
    development: addKey(account, { serviceAccount: local }, 'local', {
      ...key(45, 0.5),
      spendTrouble: 'project-limit',
    }),
    old: addKey(account, { user: ben, project: home }, "ben's laptop", key(400, 200)),
    personal: addKey(account, { user: ada, project: production }, 'ada quick fix', key(210, 5)),
    legacy: addKey(account, { user: ada }, 'first key', key(880, 30)),
    admin: addKey(account, { user: ada, isAdmin: true }, 'admin', key(300, 1)),
    readOnlyAdmin: addKey(account, { user: ada, isAdmin: true }, 'weekly check', {
      ...key(30, 7),
      scopes: ['api.management.read'],
    }),
    archived: addKey(account, { user: ben, project: attic }, 'experiment', key(700, 95)),
  }
  seedUsage(account, named, ago)
  seedEvents(account, { ada, ben }, named, ago)
  return Object.assign(account, { named })
}

type Ago = (days: number) => number

function seedModels(account: DemoAccount, ago: Ago): void {
  const soon = new Date(ago(-30) * 1000).toISOString().slice(0, 10)
  account.models.push(
    { id: 'gpt-5', created: ago(450), owned_by: 'openai' },
    { id: 'gpt-5-mini', created: ago(450), owned_by: 'openai' },
    { id: 'gpt-4o-mini', created: ago(850), owned_by: 'openai', shutdown_date: soon },
    { id: 'text-embedding-3-small', created: ago(1000), owned_by: 'openai' },
  )
}

/** Sixty days of ordinary work, then two of somebody else's. */
function seedUsage(account: DemoAccount, named: SeededAccount['named'], ago: Ago): void {
  const random = numbers(42)
  const use = (
    key: DemoKey,
    days: number,
    model: string,
    requests: number,
    cost: number,
    kind = 'completions',
  ) => {
    const usage: DemoUsage = {
      time: ago(days),
      kind,
      key: key.id,
      project: key.project ?? '',
      ...('user' in key.owner ? { user: key.owner.user } : {}),
      model,
      requests,
      inputTokens: requests * 900,
      outputTokens: requests * 250,
      cost: Math.round(cost * 10_000) / 10_000,
    }
    account.usage.push(usage)
  }
  for (let day = 60; day >= 1; day--) {
    use(named.leaked, day - 0.4, 'gpt-5-mini', 400 + Math.floor(random() * 120), 0.7 + random() * 0.3)
    use(named.leaked, day - 0.5, 'text-embedding-3-small', 200, 0.02, 'embeddings')
    use(named.staging, day - 0.6, 'gpt-4o-mini', 40 + Math.floor(random() * 20), 0.05 + random() * 0.02)
    use(named.development, day - 0.3, 'gpt-5', 30, 0.4 + random() * 0.2)
  }
  for (let hour = 0; hour < 47; hour++)
    use(named.leaked, hour / 24 + 0.02, 'gpt-5', 900 + Math.floor(random() * 300), 3 + random() * 2)
}

function seedEvents(
  account: DemoAccount,
  { ada, ben }: Record<'ada' | 'ben', { id: string; email: string }>,
  named: SeededAccount['named'],
  ago: Ago,
): void {
  const office = '203.0.113.10'
  const strange = '198.51.100.77'
  const event = (type: string, days: number, actor: object, details: object, project?: string) =>
    addEvent(account, type, { actor, details, effective_at: ago(days), ...(project ? { project } : {}) })
  event('login.succeeded', 20.1, sessionActor(ada, office), {})
  const made = { id: named.staging.id, data: { scopes: ['api.all'] } }
  event('api_key.created', 20, sessionActor(ada, office), made, named.staging.project)
  event('login.failed', 1.8, sessionActor(ben, strange), { error_code: 'invalid_credentials' })
  event('login.succeeded', 1.7, sessionActor(ben, strange), {})
  const invite = { id: 'invite-demo', data: { email: 'mallory@example.net', role: 'owner' } }
  event('invite.sent', 1.6, sessionActor(ben, strange), invite)
}
