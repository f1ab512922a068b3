// Cuts OpenAI's own API document down to the paths that this tool calls, for the contract test.
//   node scripts/trim-openapi.mjs openapi.json > test/openai/openapi.json
// The document is https://github.com/openai/openai-openapi, MIT licence, copyright OpenAI.
import { readFileSync } from 'node:fs'

const PATHS =
  /^\/models$|^\/organization\/(admin_api_keys(\/\{key_id\})?|costs|audit_logs|users|usage\/\w+|spend_(limit|alerts(\/\{alert_id\})?)|projects(\/\{project_id\}\/(api_keys(\/\{api_key_id\})?|service_accounts(\/\{service_account_id\}(\/api_keys)?)?|rate_limits(\/\{rate_limit_id\})?|spend_(limit|alerts(\/\{alert_id\})?)))?)$/

/** What explains and what generators need; the shapes stay. */
const LEFT_OUT = new Set(['description', 'example', 'examples', 'summary', 'tags', 'deprecated'])

const document = JSON.parse(readFileSync(process.argv[2], 'utf8'))

/** `isNames`: the keys are names of fields or paths, not words of the document. */
function bare(value, isNames = false) {
  if (Array.isArray(value)) return value.map((item) => bare(item))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([key]) => isNames || !(LEFT_OUT.has(key) || key.startsWith('x-')),
  )
  return Object.fromEntries(
    kept.map(([key, item]) => [key, bare(item, !isNames && (key === 'properties' || key === 'schemas'))]),
  )
}

const paths = Object.fromEntries(
  Object.entries(document.paths)
    .filter(([path]) => PATHS.test(path))
    .map(([path, item]) => [path, bare(item)]),
)

const schemas = {}
function follow(value) {
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Object.entries(value)) {
    const name = key === '$ref' && typeof item === 'string' ? item.split('/').at(-1) : undefined
    if (name && !schemas[name]) {
      schemas[name] = bare(document.components.schemas[name])
      follow(schemas[name])
    }
    follow(item)
  }
}
follow(paths)

const { title, version } = document.info
const licence = 'MIT, copyright OpenAI (https://openai.com); a part of github.com/openai/openai-openapi'
process.stdout.write(
  `${JSON.stringify({ openapi: document.openapi, info: { title, version, 'x-licence': licence }, paths, components: { schemas } })}\n`,
)
