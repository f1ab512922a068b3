// Holds requests and answers against OpenAI's own API document (trimmed: scripts/trim-openapi.mjs).
import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Http, HttpOutcome, HttpRequest } from '../../src/http/index.ts'

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: object }[]
  readonly requestBody?: { content: { 'application/json': { schema: object } } }
  readonly responses: Record<string, { content?: { 'application/json'?: { schema: object } } }>
}

const document = JSON.parse(readFileSync(new URL('./openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation> & { parameters?: Operation['parameters'] }>
  components: object
}

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
ajv.addSchema({ $id: 'https://openai.test/api', ...document })

const validators = new Map<string, ValidateFunction>()
function validate(schema: object, value: unknown, what: string): string[] {
  const text = JSON.stringify(schema).replaceAll('"#/', '"https://openai.test/api#/')
  const check = validators.get(text) ?? ajv.compile(JSON.parse(text))
  validators.set(text, check)
  if (check(value)) return []
  return check.errors!.map((error) => `${what}${error.instancePath} ${error.message}`)
}

/** Not in the document: the calls and fields that OpenAI's SDK has and its document has not yet. */
const NEWER = [/^GET \/me$/, /^POST \/responses$/, /^POST \/organization\/projects\/[^/]+\/api_keys\/[^/]+$/]

/** Wraps a client: what goes out and what comes back is checked, mistakes are collected. */
export function underContract(http: Http, baseUrl: string) {
  const mistakes: string[] = []
  const seen = new Set<string>()
  const checked: Http = {
    send: async (request) => {
      const outcome = await http.send(request)
      mistakes.push(...check(request, outcome, baseUrl, seen))
      return outcome
    },
  }
  /** `seen`: the document's operations that were called. */
  return { http: checked, mistakes, seen }
}

function check(request: HttpRequest, outcome: HttpOutcome, baseUrl: string, seen: Set<string>): string[] {
  const url = new URL(request.url)
  const path = url.href.slice(baseUrl.length).replace(/\?.*$/, '')
  const name = `${request.method} ${path}`
  if (NEWER.some((each) => each.test(name))) return []
  const template = Object.keys(document.paths).find((each) =>
    new RegExp(`^${each.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  )
  const item = template === undefined ? undefined : document.paths[template]
  const operation = item?.[request.method.toLowerCase()]
  if (!item || !operation) return [`${name} is not in the document`]
  seen.add(`${request.method} ${template}`)
  return [
    ...checkQuery(name, url, [...(operation.parameters ?? []), ...(item.parameters ?? [])]),
    ...checkBody(name, request, operation),
    ...(outcome.kind === 'answer' ? checkAnswer(name, outcome.status, outcome.body, operation) : []),
  ]
}

function checkQuery(name: string, url: URL, parameters: NonNullable<Operation['parameters']>): string[] {
  const declared = parameters
    .filter((each) => each.in === 'query')
    .map((each) => each.name.replace(/\[\]$/, ''))
  const given = [...url.searchParams.keys()].map((key) => key.replace(/\[.*$/, ''))
  const missing = parameters.filter(
    (each) => each.in === 'query' && each.required && !given.includes(each.name),
  )
  return [
    ...given.filter((key) => !declared.includes(key)).map((key) => `${name}: "${key}" is not a parameter`),
    ...missing.map((each) => `${name}: "${each.name}" is missing`),
  ]
}

function checkBody(name: string, request: HttpRequest, operation: Operation): string[] {
  const schema = operation.requestBody?.content['application/json'].schema
  if (schema === undefined) return request.body === undefined ? [] : [`${name}: takes no body`]
  return validate(schema, JSON.parse(request.body ?? 'null'), `${name}: body`)
}

function checkAnswer(name: string, status: number, body: string, operation: Operation): string[] {
  const schema = operation.responses[status]?.content?.['application/json']?.schema
  if (schema === undefined) return status === 200 ? [`${name}: no answer 200 in the document`] : []
  return validate(schema, JSON.parse(body), `${name}: answer`)
}
