// The part of a secret that somebody made up: without the public prefix, the armour or the address around it.
import type { Rule } from '../model/index.ts'
import type { Candidate } from './candidate.ts'

const ARMOUR = /^-----BEGIN [^-\n]{1,60}-----|-----END [^-\n]{1,60}-----\s*$/g
const URL_PASSWORD = /^[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:@/]{0,256}:([^\s@/]{1,512})@/i

/** What is left of `secret` when everything public is taken off. */
export function bodyOf(rule: Rule, secret: string): string {
  if (secret.startsWith('-----BEGIN')) return secret.replace(ARMOUR, '').replace(/\\n|\s+/g, '')
  const password = URL_PASSWORD.exec(secret)?.[1]
  if (password !== undefined) return password
  // The beginnings of a generic pattern are names, not parts of the value.
  if (rule.tier === 0) return secret
  let longest = ''
  for (const prefix of rule.prefixes)
    if (prefix.length > longest.length && secret.startsWith(prefix)) longest = prefix
  return secret.slice(longest.length)
}

/** The name an assignment gives its value, with the part of it that stands ahead of the match. */
export function assignedName(candidate: Candidate): string | undefined {
  const { name } = candidate.groups
  if (name === undefined) return undefined
  const both = candidate.around(64, 0)
  const before = both.slice(0, both.length - candidate.text.length)
  return (/[\w$.-]{0,64}$/.exec(before)?.[0] ?? '') + name
}

/** Words of a name in any spelling: `dbPassword2`, `DB_PASSWORD`, `db-password` are db and password. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
}
