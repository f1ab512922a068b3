// How OpenAI refuses a key: an answer for every case that the verdict table knows, and some that it doesn't.

export interface DemoAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON. */
  readonly body: object | string
}

/** OpenAI's error body. */
export function refusal(
  status: number,
  code: string | null,
  message: string,
  more: { type?: string; param?: string | null } = {},
): DemoAnswer {
  const { type = 'invalid_request_error', param = null } = more
  return { status, body: { error: { message, type, param, code } } }
}

/** The key works at another of OpenAI's addresses. */
export const wrongRegion = (host: string): DemoAnswer =>
  refusal(
    401,
    'incorrect_hostname',
    `Your API key belongs to another region: you have used an incorrect regional hostname. Use ${host} instead.`,
  )

const quota = (code: string | null, message: string, type = 'insufficient_quota') =>
  refusal(429, code, message, { type })

export const TROUBLES = {
  'missing-scopes': refusal(
    403,
    null,
    'You have insufficient permissions for this operation. Missing scopes: api.model.read. Check that you have the correct role in your organization.',
  ),
  'missing-scopes-401': refusal(
    401,
    null,
    'You have insufficient permissions for this operation. Missing scopes: model.request, api.responses.write.',
  ),
  'wrong-region': wrongRegion('us.api.openai.com'),
  'ip-allowlist': refusal(401, 'ip_not_authorized', 'Your request was rejected: the IP is not authorized.'),
  'client-certificate': refusal(401, null, 'A client certificate is required for this organization (mTLS).'),
  'other-organization': refusal(
    401,
    'mismatched_organization',
    'OpenAI-Organization header should match organization for API key.',
  ),
  'other-project': refusal(
    401,
    'mismatched_project',
    'OpenAI-Project header should match project for API key.',
  ),
  'no-organization': refusal(401, null, 'You must be a member of an organization to use the API.'),
  'unknown-organization': refusal(400, null, 'No such organization: org-gone.'),
  deactivated: refusal(
    401,
    'account_deactivated',
    'The OpenAI account associated with this API key has been deactivated.',
  ),
  archived: refusal(
    401,
    null,
    'The project you are requesting has been archived and is no longer accessible.',
  ),
  'organization-disabled': refusal(403, null, 'This organization has been disabled.'),
  expired: refusal(401, null, 'This API key has expired.'),
  country: refusal(
    403,
    'unsupported_country_region_territory',
    'Country, region, or territory not supported',
    { type: 'request_forbidden' },
  ),
  cloudflare: {
    status: 403,
    headers: { 'content-type': 'text/html' },
    body: '<!DOCTYPE html><html><title>Access denied</title><body>Error 1020</body></html>',
  },
  'model-gone': refusal(
    404,
    'model_not_found',
    'The model `gpt-x` does not exist or you do not have access to it.',
  ),
  'rate-limit': quota('rate_limit_exceeded', 'Rate limit reached for requests.', 'requests'),
  'slow-down': quota('slow_down', 'Please slow down your requests.', 'rate_limit_error'),
  quota: quota(
    'insufficient_quota',
    'You exceeded your current quota, please check your plan and billing details.',
  ),
  'no-credit': quota('credit_balance_exhausted', 'Your prepaid credits are used up.'),
  'organization-limit': quota(
    'organization_spend_limit_exceeded',
    'Your organization has reached its spend limit.',
  ),
  'project-limit': quota('project_spend_limit_exceeded', 'Your project has reached its spend limit.'),
  'usage-limit': quota('organization_usage_limit_exceeded', 'Your organization has reached its usage limit.'),
  'billing-inactive': quota(
    'billing_not_active',
    'Your account is not active, please check your billing details on our website.',
    'billing_not_active',
  ),
  'billing-inactive-old': quota(
    null,
    'Your account is not active, please check your billing details on our website.',
    'billing_not_active',
  ),
  'hard-limit': refusal(400, 'billing_hard_limit_reached', 'Billing hard limit has been reached'),
  'service-tier': refusal(400, null, 'Invalid service_tier argument: not allowed for this project.', {
    param: 'service_tier',
  }),
  'server-error': refusal(500, 'server_error', 'The server had an error while processing your request.', {
    type: 'server_error',
  }),
  overloaded: refusal(503, 'server_is_overloaded', 'The engine is currently overloaded.', {
    type: 'service_unavailable_error',
  }),
  'never-seen': refusal(401, 'something_new', 'A sentence nobody has read before.'),
} as const satisfies Record<string, DemoAnswer>

export type TroubleName = keyof typeof TROUBLES
