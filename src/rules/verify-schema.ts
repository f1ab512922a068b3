// The `verify:` part of a rule, checked: fixed hosts, secrets out of queries, rows that can be told apart.
import { OUTCOMES, PROTOCOLS, type VerifyHttp, type VerifyRow } from '../model/index.ts'

/** What is wrong with a `verify:` block, and where in it; undefined: nothing. */
export function verifyMistake(value: unknown): { path: string; message: string } | undefined {
  if (!isMapping(value)) return { path: '', message: 'must be a mapping' }
  if ('protocol' in value) {
    if ((PROTOCOLS as readonly unknown[]).includes(value.protocol) && Object.keys(value).length === 1) return
    return { path: 'protocol', message: `must be one of ${PROTOCOLS.join(', ')}, and stand alone` }
  }
  const strange = Object.keys(value).find((key) => key !== 'request' && !OUTCOMES.includes(key as never))
  if (strange) return { path: strange, message: `is not a field; there are request, ${OUTCOMES.join(', ')}` }
  const request = requestMistake(value.request)
  if (request) return { path: 'request', message: request }
  const spec = value as unknown as VerifyHttp
  if (!spec.live?.length) return { path: 'live', message: 'is missing: what does a key that works answer?' }
  for (const outcome of OUTCOMES) {
    const mistake = rowsMistake(spec[outcome])
    if (mistake) return { path: outcome, message: mistake }
  }
  return undefined
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const URL_SHAPE = /^https:\/\/(?:(?:[a-z0-9-]+\.)+[a-z]{2,}|\{host\})\/[^\s#]*$/
const REQUEST_KEYS = ['method', 'url', 'host', 'near', 'headers', 'body']

function requestMistake(request: unknown): string | undefined {
  if (!isMapping(request)) return 'must be a mapping'
  const { method, url, host, near = {}, headers, body } = request
  const strange = Object.keys(request).find((key) => !REQUEST_KEYS.includes(key))
  if (strange) return `"${strange}" is not a field; there are ${REQUEST_KEYS.join(', ')}`
  if (method !== 'GET' && method !== 'POST') return '"method" must be GET or POST'
  if (typeof url !== 'string' || !URL_SHAPE.test(url))
    return '"url" must be https, with its host written out or {host}, and a path'
  if (/\?.*\{secret\}/.test(url)) return '"url" must not carry the secret in its query: servers log those'
  if (url.includes('{host}') !== (typeof host === 'string'))
    return '"host" goes with {host} in the url, and only with it'
  if (typeof host === 'string' && !isPattern(host)) return '"host" is not a regular expression'
  if (!isMapping(near) || !Object.values(near).every((each) => typeof each === 'string' && isPattern(each)))
    return '"near" must be a mapping of names to regular expressions'
  if (!isMapping(headers) || !Object.values(headers).every((text) => typeof text === 'string'))
    return '"headers" must be a mapping of texts'
  if (body !== undefined && typeof body !== 'string') return '"body" must be a text'
  const parts = [url, body ?? '', ...Object.values(headers)] as string[]
  return parts.some((part) => part.includes('{secret}')) ? undefined : 'nothing carries {secret}'
}

function isPattern(source: string): boolean {
  try {
    return Boolean(new RegExp(source))
  } catch {
    return false
  }
}

const JSON_TEST = /^[\w.]+(?: == [\w. -]+)?$/

function rowsMistake(rows: readonly VerifyRow[] | undefined): string | undefined {
  if (rows === undefined) return undefined
  if (!Array.isArray(rows)) return 'must be a list'
  for (const row of rows) {
    if (!isMapping(row) || !Number.isInteger(row.status)) return 'each row needs a "status"'
    const strange = Object.keys(row).find((key) => !['status', 'json', 'body', 'reason'].includes(key))
    if (strange) return `"${strange}" is not a field of a row; there are status, json, body, reason`
    if (row.json !== undefined && !(typeof row.json === 'string' && JSON_TEST.test(row.json)))
      return '"json" must be like "data.id" or "ok == true"'
    if (row.body !== undefined && !(typeof row.body === 'string' && isPattern(row.body)))
      return '"body" is not a regular expression'
  }
  return undefined
}
