// Base64 of user:password, as HTTP Basic, .npmrc and Docker write it: it has to read as one.
import type { Proof } from '../candidate.ts'
import { urlCredentials } from './url-credentials.ts'

export const basicAuth: Proof = {
  name: 'basic-auth',
  check(candidate) {
    const text = Buffer.from(candidate.secret, 'base64').toString('latin1')
    const [, user, password] = /^([\x20-\x39\x3b-\x7e]{0,128}):([\x20-\x7e]{3,512})$/.exec(text) ?? []
    if (user === undefined || password === undefined) {
      return { verdict: 'refuted', reason: 'not base64 of user:password' }
    }
    if (PUBLISHED.has(text.toLowerCase())) return { verdict: 'refuted', reason: 'a published example' }
    const pair = urlCredentials.check({ ...candidate, secret: password, groups: { user, host: 'a.host' } })
    if (pair.verdict === 'refuted' || pair.verdict === 'doubtful') return pair
    return { verdict: 'proven', evidence: ['reads as user and password'] }
  },
}

/** Pairs of documents and RFCs. */
const PUBLISHED = new Set([
  'aladdin:open sesame',
  'aladdin:opensesame',
  'user:pass',
  'user:passwd',
  'foo:bar',
  'bx:bx',
  'admin:admin',
  'cf:',
])
