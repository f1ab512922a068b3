// Verdicts by a rule's own data: one request, and rows that say what its answers mean.
import type { HttpAnswer, HttpOutcome } from '../http/index.ts'
import { OUTCOMES, type Outcome, type Verdict, type VerifyHttp, type VerifyRow } from '../model/index.ts'
import { fill } from './fill.ts'
import { type NoQuestion, type Question, type Subject, whyUseless } from './subject.ts'

export function declaredQuestion(spec: VerifyHttp, subject: Subject): Question | NoQuestion {
  const filled = fill(spec.request, subject)
  if ('cannot' in filled) return filled
  const { request, shown, carries } = filled
  return {
    method: request.method,
    host: shown.host,
    path: decodeURI(shown.pathname + shown.search),
    carries,
    ask: async ({ http, now }) => {
      const isFinal = (answer: HttpAnswer) => rowFor(spec, answer) !== undefined
      const outcome = await http.send({ ...request, isFinal })
      return { ...judgeDeclared(spec, outcome), checkedAt: new Date(now()).toISOString() }
    },
  }
}

const STATES = {
  restricted: 'live-restricted',
  unusable: 'live-unusable',
  dead: 'dead',
  live: 'live',
} as const

const WORDS: Readonly<Record<Outcome, string>> = {
  restricted: 'it works, but is not allowed to do what was asked',
  unusable: 'it is accepted, but blocked or out of credit',
  dead: 'the service does not accept it',
  live: 'the service accepted it',
}

/** The verdict by the first row that fits. Rows that ask something of the body go before those that do not. */
export function judgeDeclared(spec: VerifyHttp, outcome: HttpOutcome): Pick<Verdict, 'state' | 'reason'> {
  const found = outcome.kind === 'answer' ? rowFor(spec, outcome) : undefined
  if (found) return { state: STATES[found.outcome], reason: found.row.reason ?? WORDS[found.outcome] }
  const useless = whyUseless(outcome)
  if (useless) return { state: 'unknown', reason: useless }
  const status = outcome.kind === 'answer' ? outcome.status : 0
  return { state: 'unknown', reason: `an answer that this version does not know (status ${status})` }
}

function rowFor(spec: VerifyHttp, answer: HttpAnswer): { outcome: Outcome; row: VerifyRow } | undefined {
  const rows = OUTCOMES.flatMap((outcome) => (spec[outcome] ?? []).map((row) => ({ outcome, row })))
  const picky = rows.filter(({ row }) => row.json !== undefined || row.body !== undefined)
  const plain = rows.filter(({ row }) => row.json === undefined && row.body === undefined)
  const content = parse(answer.body)
  const told = picky.find(({ row }) => fits(row, answer, content))
  if (told || whyUseless(answer)) return told
  return plain.find(({ row, outcome }) => {
    // Success without a word of JSON is not the service's: each of them speaks it.
    if (outcome === 'live' && content === undefined) return false
    return row.status === answer.status
  })
}

function fits(row: VerifyRow, { status, body }: HttpAnswer, content: unknown): boolean {
  return (
    row.status === status &&
    (row.json === undefined || holds(row.json, content)) &&
    (row.body === undefined || new RegExp(row.body).test(body))
  )
}

/** `data.id`: the field is there and not null. `ok == true`: it has this value. */
function holds(test: string, content: unknown): boolean {
  const [path = '', value] = test.split(' == ')
  let field: unknown = content
  for (const name of path.split('.')) field = (field as Record<string, unknown> | null | undefined)?.[name]
  if (value === undefined) return field !== undefined && field !== null
  return ['string', 'number', 'boolean'].includes(typeof field) && String(field) === value
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
