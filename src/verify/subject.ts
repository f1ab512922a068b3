// What is to be asked about, and what comes of it.
import type { Http, HttpOutcome } from '../http/index.ts'
import type { Secret, Verdict } from '../model/index.ts'

/** One secret, and what stands beside it where that is needed to ask. */
export interface Subject {
  readonly rule: string
  readonly secret: Secret
  /** Ids that this secret may belong to, such as AWS access key ids; the nearest first. */
  readonly ids: readonly Secret[]
  /** Session tokens that may belong to it. */
  readonly tokens: readonly Secret[]
  /** What the user named, and the text around it: for services that need a host or a public half beside it. */
  readonly texts: readonly string[]
  /** Laid out as an alarm: asking about it would ring. */
  readonly isCanary?: boolean
}

export interface AskTools {
  readonly http: Http
  /** OpenAI's address, or that of its stand-in. */
  readonly openaiUrl: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What will be sent, for people: nothing has been sent yet. */
export interface Question {
  readonly method: string
  readonly host: string
  /** Path and query, without the secret. */
  readonly path: string
  /** Where the secret goes: `the Authorization header`. */
  readonly carries: string
  /** Where else it goes, and when. */
  readonly maybe?: string
  readonly ask: (tools: AskTools) => Promise<Verdict>
}

/** Why nothing can be asked. */
export interface NoQuestion {
  readonly cannot: string
}

/** Why an outcome tells nothing about the secret; undefined: it may. The same for every service. */
export function whyUseless(outcome: HttpOutcome): string | undefined {
  if (outcome.kind === 'failure') return `no answer: ${outcome.reason}`
  const { status, headers, body } = outcome
  if (status >= 300 && status < 400) return 'the answer leads to another place, where secrets are not sent'
  if (status === 407) return 'a proxy asks for a password'
  if (status === 429) return 'it was asked too often, and did not say'
  if (status >= 500) return `the service is out of order (status ${status})`
  if (/\bhtml\b/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype|html)/i.test(body))
    return `a web page came back (status ${status}): a proxy or gateway may have sent it`
  return undefined
}
