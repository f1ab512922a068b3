// Values that are filled in later: variables, template holes, lookups in a vault, calls.
import type { Candidate, Filter } from './candidate.ts'
import { randomness } from './randomness.ts'
import { bodyOf } from './value.ts'

/** A hole with both its ends, anywhere in the value. */
const HOLE =
  /\$\{[^}]{0,200}\}|\{\{.{0,200}?\}\}|\$\([^)]{0,200}\)|<%.{0,200}?%>|#\{[^}]{0,200}\}|%\([^)]{1,80}\)[sd]|\$\{\{|\[\[[^\]]{1,80}\]\]|\{[A-Za-z_][\w.]{0,40}(?:[:(][^{}]{0,80})?\}/

/** The whole value is a name in brackets: `<key>`, `{key}`, `[key]`, `%KEY%`, `@key@`, `__KEY__`. */
const BRACKETED =
  /^(?:<[^>]{1,120}>|\{[\w .:-]{1,120}\}|\[[\w .:-]{1,120}\]|%[A-Za-z_][\w.-]{0,80}%|@[A-Za-z_][\w.-]{0,80}@|__[A-Za-z][\w-]{0,80}__)$/

/** Lookups that every language spells its own way. */
const LOOKUP =
  /^(?:process\.env|import\.meta\.env|os\.environ|os\.getenv|getenv|environ|System\.getenv|Deno\.env|Bun\.env|ENV\[|env[.:[(]|\$env:|secrets?\.|vars?\.|local\.|data\.|module\.|inputs?\.|params?\.|config\.|settings\.|self\.|this\.|ctx\.|context\.|github\.|steps\.|needs\.|Ref\b|!Ref|!Sub|!GetAtt|Fn::|!vault|ENC\[|\{cipher\}|AQICAH)/

/** References to a place that holds the secret. */
const REFERENCE =
  /^(?:vault|op|ssm|sm|secretsmanager|aws-sm|aws-ssm|gcp-sm|azkv|akv|keyvault|keyring|keychain|doppler|bws|infisical|conjur|chamber|sops|awssecret|gsm|env|file|ref|ref\+\w{1,20}|k8s|secret):(?:\/\/|[\w/])|^arn:aws[\w-]{0,10}:(?:secretsmanager|ssm|kms):|^projects\/[^/]{1,80}\/secrets\//i

const VARIABLE = /^[$%&@]{1,2}([A-Za-z_][\w.]{0,80})$/
/** A name that only the environment has. */
const ENVIRONMENT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/
const CALL = /^[A-Za-z_$][\w$.:]{0,80}\(|^(?:await|new|typeof|return|lambda|function)\b/

function isExpression(candidate: Candidate): boolean {
  const { rule, secret } = candidate
  const body = bodyOf(rule, secret)
  if (HOLE.test(body) || BRACKETED.test(body) || HOLE.test(secret)) return true
  const variable = VARIABLE.exec(body)?.[1]
  if (variable !== undefined && (ENVIRONMENT.test(variable) || randomness(variable) < 0.8)) return true
  if (rule.tier === 2) return false
  if (LOOKUP.test(secret) || REFERENCE.test(secret) || CALL.test(secret)) return true
  // The match may stop where the expression goes on: `token = readToken` and then `(`.
  const after = candidate.around(0, 2).slice(candidate.text.length)
  return /^[([{]|^\?\./.test(after) && /^[\w$.]+$/.test(secret)
}

export const templateExpressionFilter: Filter = {
  reason: 'template expression',
  drops: isExpression,
}
