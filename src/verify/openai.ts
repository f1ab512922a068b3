// OpenAI's keys: admin keys at an admin route, all others at the models.
import type { Protocol, Secret } from '../model/index.ts'
import { checkKey, kindOfKey, OPENAI_URL, REGION_HOSTS, routeOf } from '../openai/index.ts'
import type { NoQuestion, Question, Subject } from './subject.ts'

export function openaiQuestion(
  protocol: Protocol,
  { secret }: Subject,
  baseUrl = OPENAI_URL,
): Question | NoQuestion {
  if (!fitsKind(protocol, secret)) return { cannot: 'it does not look like the key its rule is about' }
  const { method, path, query = {} } = routeOf(kindOfKey(secret))
  const url = new URL(`${baseUrl}${path}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  return {
    method,
    host: url.host,
    path: url.pathname + url.search,
    carries: 'the Authorization header',
    ...(baseUrl === OPENAI_URL
      ? { maybe: `once more at ${REGION_HOSTS.join(' or ')}, if OpenAI says that it belongs there` }
      : {}),
    ask: async ({ http, openaiUrl, now }) => {
      const clock = { now, sleep: async () => {} }
      const { state, reason, checkedAt } = await checkKey(secret, { http, baseUrl: openaiUrl, clock })
      return { state, reason, checkedAt }
    },
  }
}

/** An admin key is never sent to a model route, nor another key to an admin route. */
function fitsKind(protocol: Protocol, secret: Secret): boolean {
  return (
    (kindOfKey(secret) === 'admin') === (protocol === 'openai-admin') && kindOfKey(secret) !== 'not-openai'
  )
}
