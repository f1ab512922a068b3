// AWS: GetCallerIdentity, which every key may call. The secret signs the request and never travels.
import { sign } from 'aws4'
import type { HttpOutcome } from '../http/index.ts'
import type { Verdict } from '../model/index.ts'
import { type AskTools, type NoQuestion, type Question, type Subject, whyUseless } from './subject.ts'

const HOST = 'sts.amazonaws.com'
const PATH = '/?Action=GetCallerIdentity&Version=2011-06-15'

export function awsQuestion(subject: Subject): Question | NoQuestion {
  const [id] = subject.ids
  if (subject.isCanary) return { cannot: 'it belongs to a known canary account: asking would raise an alarm' }
  if (id === undefined)
    return { cannot: 'its access key id (AKIA…) is needed too, and was not found near it' }
  const keyId = id.reveal()
  const token = keyId.startsWith('ASIA') ? subject.tokens[0] : undefined
  if (keyId.startsWith('ASIA') && token === undefined)
    return { cannot: 'it is a temporary key, whose session token was not found near it' }
  return {
    method: 'GET',
    host: HOST,
    path: PATH,
    carries: 'the signature only: the secret itself is not sent',
    ask: (tools) => askAws(subject, keyId, token?.reveal(), tools),
  }
}

async function askAws(
  subject: Subject,
  accessKeyId: string,
  sessionToken: string | undefined,
  { http, now }: AskTools,
): Promise<Verdict> {
  const time = new Date(now()).toISOString()
  const secretAccessKey = subject.secret.reveal()
  const { headers } = sign(
    {
      host: HOST,
      path: PATH,
      service: 'sts',
      region: 'us-east-1',
      headers: { Accept: 'application/json', 'X-Amz-Date': time.replace(/[-:]|\.\d+/g, '') },
    },
    { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
  )
  const outcome = await http.send({ method: 'GET', url: `https://${HOST}${PATH}`, headers })
  return { ...judgeAws(outcome), checkedAt: time }
}

const DEAD: Readonly<Record<string, string>> = {
  InvalidClientTokenId: 'AWS does not know its key id, or it has been made inactive',
  ExpiredToken: 'it was temporary, and has expired',
  ExpiredTokenException: 'it was temporary, and has expired',
}

const UNKNOWN: Readonly<Record<string, string>> = {
  SignatureDoesNotMatch: 'it does not belong to the key id that stands near it; that id exists',
  RequestExpired: "this computer's clock is wrong, so the signature did not hold",
}

function judgeAws(outcome: HttpOutcome): Pick<Verdict, 'state' | 'reason'> {
  const useless = whyUseless(outcome)
  if (useless || outcome.kind === 'failure') return { state: 'unknown', reason: useless ?? 'no answer' }
  const { status, body } = outcome
  const account = /"Account":\s*"(\d{12})"|<Account>(\d{12})<\/Account>/.exec(body)
  if (status === 200 && account)
    return { state: 'live', reason: `AWS account ${account[1] ?? account[2]} accepted it` }
  const code = /"Code":\s*"(\w{1,40})"|<Code>(\w{1,40})<\/Code>/.exec(body)
  const name = code?.[1] ?? code?.[2] ?? ''
  if (status === 403 && DEAD[name]) return { state: 'dead', reason: DEAD[name] }
  return {
    state: 'unknown',
    reason: UNKNOWN[name] ?? `an answer that this version does not know (status ${status})`,
  }
}
