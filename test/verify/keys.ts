// Accounts for tests: one key a trouble, of a given kind; what a command says of each.
import {
  addKey,
  addProject,
  addServiceAccount,
  addUser,
  createAccount,
  type DemoAccount,
  type DemoKey,
} from '../../src/demo/index.ts'
import type { JsonFinding, JsonReport } from '../helpers/cli.ts'

export const KINDS = ['project', 'service-account', 'admin', 'user'] as const
export type Kind = (typeof KINDS)[number]

export interface TestAccount {
  readonly account: DemoAccount
  readonly add: (kind: Kind, more?: Partial<DemoKey>) => DemoKey
}

export function testAccount(): TestAccount {
  const account = createAccount()
  const user = addUser(account, 'Ada', 'ada@example.com', { role: 'owner' })
  const project = addProject(account, 'production')
  const serviceAccount = addServiceAccount(account, project, 'web')
  account.models.push({ id: 'gpt-5-mini', created: 1, owned_by: 'openai' })
  const holders = {
    project: { user, project },
    'service-account': { serviceAccount },
    admin: { user, isAdmin: true },
    user: { user },
  } as const
  return { account, add: (kind, more = {}) => addKey(account, holders[kind], `${kind} key`, more) }
}

/** The finding about a secret, told by the end that reports show and its length. */
export function findingOf(report: JsonReport, secret: string): JsonFinding {
  const found = report.findings.filter(
    (each) => each.secret.length === secret.length && each.secret.redacted.endsWith(secret.slice(-4)),
  )
  if (found.length !== 1) throw new Error(`${found.length} findings end in ${secret.slice(-4)}`)
  return found[0]!
}
