// Generic rules only: does the name mean a secret, or only speak of one (`token_type`, `secretName`, `next_page_token`)?
import type { Filter } from './candidate.ts'
import { assignedName, wordsOf } from './value.ts'

const words = (list: string) => new Set(list.split(' '))

/** What a name must be about: its last word. */
const SECRETS = words(
  'secret secrets token password passwd passphrase passwort pwd pass apikey key credential credentials creds accesskey secretkey authkey authtoken accesstoken refreshtoken apitoken clientsecret apisecret privatekey connectionstring pat',
)
/** Last words that leave the meaning as it is. */
const TRAILERS = words(
  'value val str string text raw plain plaintext prod production dev development stage staging test testing live qa ci local default base hex b current old new backup primary secondary main s v id',
)
/** Words right ahead of `key` that make it a secret. */
const KEY_KINDS = words(
  'api access auth private secret encryption encrypt signing sign account master shared service app application deploy storage client license admin token master root jwt hmac cipher aes session cookie webhook server rest integration subscription',
)
/** Kinds of tokens and keys that are handed out to everybody, or are parts of a language. */
const HARMLESS = words(
  'page backward forward verification continuation continue cursor pagination sync pad padding eos bos unk sep cls mask stop special end start begin cancel cancellation design syntax lexer parser publishable injection di idempotency hashed hash hashes encrypted fingerprint integrity checksum digest translation ice upload resume change delta partition sort primary foreign max min num count total no without missing invalid expired wrong bad incorrect fake mock dummy example sample placeholder label title description message error query index object bucket cache s3 tokenizer model reset forgot show hide toggle is has regex pattern match expected',
)

/** The same, but only right ahead of the last word: `nextToken`, `csrfToken`. */
const HARMLESS_KINDS = words('next csrf xsrf authenticity id')
/** Names that are written as one word: PGPASSWORD, cookiesecret. */
const SECRET_ENDING =
  /(?:password|passwd|passphrase|secret|token|apikey|secretkey|accesskey|privatekey|authkey)$/

/** The name without its path: `config.auth.token` is `token`. */
function lastPart(name: string): string {
  const parts = name.split(/[.$]+/).filter((part) => part !== '')
  return parts.at(-1) ?? ''
}

/** True when the last word that counts is a secret, and nothing ahead of it makes it public. */
export function namesSecret(name: string): boolean {
  const parts = wordsOf(lastPart(name))
  while (parts.length > 1 && TRAILERS.has(parts.at(-1)!)) parts.pop()
  // `connectionString`, `connStr`
  if (/conn(?:ection)?[-_]?str(?:ing)?$/i.test(lastPart(name))) return true
  if (/key[-_]?id$/i.test(lastPart(name))) return false // names the key, is not the key
  const noun = parts.pop()
  if (noun === undefined || !(SECRETS.has(noun) || SECRET_ENDING.test(noun))) return false
  const kind = parts.at(-1)
  if (noun === 'key' && (kind === undefined || !KEY_KINDS.has(kind))) return false
  if (kind !== undefined && noun !== 'secret' && HARMLESS_KINDS.has(kind)) return false
  if (noun === 'token' && kind === 'device') return false // where pushed messages go
  if (parts.join(' ').includes('public key')) return false
  return !parts.some((word) => HARMLESS.has(word))
}

export const secretNameFilter: Filter = {
  reason: 'not the name of a secret',
  ruleOnly: true,
  drops(candidate) {
    if (candidate.rule.tier !== 0) return false
    const name = assignedName(candidate)
    return name !== undefined && !namesSecret(name)
  },
}
