// Tokens whose base64 holds text of a known form: what decodes to something else is not one of them.
import type { Proof } from '../candidate.ts'

interface DecodedBody {
  readonly name: string
  /** What the bytes must look like, as latin1 text. */
  readonly form: RegExp
  readonly evidence: string
}

const BODIES: readonly DecodedBody[] = [
  {
    name: 'nx-cloud',
    form: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\|(?:read|read-write)$/,
    evidence: 'decodes to an id and its access',
  },
  {
    name: 'elastic-api-key',
    form: /^[A-Za-z0-9_-]{20}:[A-Za-z0-9_-]{22}$/,
    evidence: 'decodes to an id and a key',
  },
  { name: 'intercom-token', form: /^tok:[\w-]{20,60}/, evidence: 'decodes to "tok:" and a token' },
  {
    name: 'atlassian-server-token',
    form: /^[0-9]{10,14}:[\s\S]{19,22}$/,
    evidence: 'decodes to a number and a key',
  },
]

export const decodedBodies: readonly Proof[] = BODIES.map(({ name, form, evidence }) => ({
  name,
  check({ secret }) {
    const text = Buffer.from(secret, 'base64').toString('latin1')
    if (!form.test(text)) return { verdict: 'foreign', reason: 'its base64 does not hold what it should' }
    return { verdict: 'proven', confidence: 'high', evidence: [evidence] }
  },
}))
