// The pages of OpenAI's dashboard and help, as they are called today: the one table that texts take them from.

export const LINKS = {
  /** Keys of all projects of the organization. */
  keys: 'https://platform.openai.com/settings/organization/api-keys',
  /** Keys of the project the browser has open; new ones are made here. */
  projectKeys: 'https://platform.openai.com/api-keys',
  /** Keys of the first kind, which belong to a person. */
  userKeys: 'https://platform.openai.com/settings/profile/api-keys',
  adminKeys: 'https://platform.openai.com/settings/organization/admin-keys',
  projects: 'https://platform.openai.com/settings/organization/projects',
  billing: 'https://platform.openai.com/settings/organization/billing/overview',
  limits: 'https://platform.openai.com/settings/organization/limits',
  usage: 'https://platform.openai.com/usage',
  organization: 'https://platform.openai.com/settings/organization/general',
  members: 'https://platform.openai.com/settings/organization/members',
  status: 'https://status.openai.com',
  support: 'https://help.openai.com',
  deprecations: 'https://developers.openai.com/api/docs/deprecations',
  errorCodes: 'https://developers.openai.com/api/docs/guides/error-codes',
  spendLimits: 'https://developers.openai.com/api/docs/guides/spend-limits',
  ipAllowlist: 'https://developers.openai.com/api/docs/guides/ip-allowlist',
  mutualTls: 'https://developers.openai.com/api/docs/guides/mutual-tls',
  permissions: 'https://developers.openai.com/api/docs/guides/rbac',
  workloadIdentity: 'https://developers.openai.com/api/docs/guides/workload-identity-federation',
  production: 'https://developers.openai.com/api/docs/guides/production-best-practices',
} as const
