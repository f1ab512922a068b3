// What looks like a key of OpenAI: only that is ever sent there, whatever a file or a variable calls it.
import { Secret } from '../model/index.ts'

const PREFIX = /^sk-(?:(?:proj|svcacct|svcaat|service|admin|None)-)?/
// The halves of a key stand around this marker; keys without it are told by their prefix and length.
const MARKED = /^sk-[A-Za-z0-9_-]{20,200}T3BlbkFJ[A-Za-z0-9_-]{20,130}$/
const UNMARKED = /^sk-(?:proj|svcacct|svcaat|admin|None)-[A-Za-z0-9_-]{40,240}$/

/** Under this name a key is sealed and told apart from others; no rule has it. */
const FINGERPRINT = 'openai-key'

export function looksLikeOpenAIKey(value: string): boolean {
  return MARKED.test(value) || UNMARKED.test(value)
}

export function isAdminKey(secret: Secret): boolean {
  return secret.redacted.startsWith('sk-admin-')
}

/** Seals a key; its public prefix stays visible. */
export function sealKey(value: string): Secret {
  return new Secret(value, PREFIX.exec(value)?.[0] ?? '')
}

/** The same for the same key, wherever it stands: 16 hex digits that say nothing about it. */
export function fingerprintOf(secret: Secret): string {
  return secret.id(FINGERPRINT)
}
