// OpenAI's account: one client for a key, what its answers mean, how keys are told apart, where the pages are.
export { ApiError, type ApiErrorKind } from './api-error.ts'
export { BASE_URL_VARIABLE, baseUrlFrom, checkBaseUrl, OPENAI_URL } from './base-url.ts'
export { createOpenAI, type OpenAI } from './client.ts'
export { type KeyKind, kindOfKey, matchesRedacted, redactedValueOf } from './key.ts'
export { LINKS } from './links.ts'
export { type OpenAIOptions, queryString } from './transport.ts'
export type * from './types.ts'
export { KEY_USAGE_KINDS, USAGE_KINDS } from './types.ts'
