// A request's answer: who may call what, and which route it takes.
import { type DemoAccount, type DemoKey, unixNow } from './account.ts'
import { holderRoutes } from './holder-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { redactedValue } from './make.ts'
import { ownRoutes } from './own-routes.ts'
import { spendingRoutes } from './spending-routes.ts'
import { type DemoAnswer, refusal, TROUBLES, wrongRegion } from './troubles.ts'

const ROUTES = [...ownRoutes, ...keyRoutes, ...holderRoutes, ...spendingRoutes]

const PATTERNS = ROUTES.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}))

export interface DemoRequest {
  readonly method: string
  /** Below the version: `/models`. */
  readonly path: string
  readonly query: URLSearchParams
  /** As the client named it. */
  readonly host: string
  readonly authorization: string | undefined
  readonly organization: string | undefined
  readonly body: Readonly<Record<string, unknown>>
}

/** The account's answer to a request. */
export function answer(account: DemoAccount, request: DemoRequest): DemoAnswer {
  const value = /^Bearer (\S+)$/.exec(request.authorization ?? '')?.[1]
  if (value === undefined) return refusal(401, null, "You didn't provide an API key.")
  const caller = account.keys.find((key) => key.value === value)
  const denied = deny(account, caller, value, request)
  if (denied) return denied
  for (const { route, pattern } of PATTERNS) {
    const params = route.method === request.method ? pattern.exec(request.path)?.groups : undefined
    if (route.method !== request.method || !pattern.test(request.path)) continue
    const call = { account, caller: caller!, params: params ?? {}, query: request.query, body: request.body }
    const made = route.handle({ ...call, now: unixNow(account) })
    return 'status' in made && 'body' in made ? (made as DemoAnswer) : { status: 200, body: made }
  }
  return refusal(404, null, `Invalid URL (${request.method} /v1${request.path})`)
}

/** Why this key may not make this call, as OpenAI says it. */
function deny(
  account: DemoAccount,
  key: DemoKey | undefined,
  value: string,
  request: DemoRequest,
): DemoAnswer | undefined {
  const now = account.now()
  if (
    key === undefined ||
    isRevoked(account, key) ||
    (key.expires_at !== null && key.expires_at * 1000 <= now)
  )
    return unknownKey(value)
  if (key.trouble) return TROUBLES[key.trouble]
  if (key.region && key.region !== request.host) return wrongRegion(key.region)
  if (request.organization && request.organization !== (key.organization ?? account.organization))
    return TROUBLES['other-organization']
  const project = account.projects.find((each) => each.id === key.project)
  if (project?.archived_at) return TROUBLES.archived
  if (key.ownerLeft) return TROUBLES['no-organization']
  key.last_used_at = unixNow(account)
  const missing = missingScope(key, request)
  if (missing === undefined) return undefined
  const message = `You have insufficient permissions for this operation. Missing scopes: ${missing}.`
  return refusal(request.method === 'GET' ? 403 : 401, null, message)
}

function isRevoked(account: DemoAccount, key: DemoKey): boolean {
  return key.revokedAt !== undefined && account.now() >= key.revokedAt * 1000 + account.revocationDelayMs
}

function unknownKey(value: string): DemoAnswer {
  const message = `Incorrect API key provided: ${redactedValue(value)}. You can find your API key at https://platform.openai.com/account/api-keys.`
  return refusal(401, 'invalid_api_key', message)
}

function missingScope(key: DemoKey, { method, path }: DemoRequest): string | undefined {
  const needed = path.startsWith('/organization/')
    ? `api.management.${method === 'GET' ? 'read' : 'write'}`
    : { '/models': 'api.model.read', '/responses': 'api.responses.write' }[path]
  if (needed === undefined) return undefined
  const own =
    key.kind === 'admin'
      ? ['api.management.read', 'api.management.write']
      : ['api.model.read', 'api.responses.write']
  const allowed = key.scopes === undefined || key.scopes.includes('api.all') ? own : expand(key.scopes, own)
  return allowed.includes(needed) ? undefined : needed
}

function expand(scopes: readonly string[], own: readonly string[]): readonly string[] {
  if (!scopes.includes('api.all.read')) return scopes
  return [...scopes, ...own.filter((scope) => scope.endsWith('.read'))]
}
