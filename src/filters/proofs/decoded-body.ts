// Tokens whose base64 holds text of a known form: what decodes to something else is not one of them.
import type { Proof } from '../candidate.ts'

interface DecodedBody {
  readonly name: string
  /** What the bytes must look like, as latin1 text. */
  readonly form: RegExp
  readonly evidence: string
  /** Part of the secret that is base64; the whole by default. */
  readonly part?: (secret: string) => string
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
  { name: 'atlassian-server-token', form: /^[0-9]{10,14}:[^]{19,22}$/, evidence: 'decodes to a number and a key' },
  {
    name: 'workos-key',
    form: /^key_[0-9A-Z]{20,30}[^]*$/,
    evidence: 'decodes to the id of a key',
    part: (secret) => secret.slice(secret.lastIndexOf('_') + 1),
  },
]

export const decodedBodies: readonly Proof[] = BODIES.map(({ name, form, evidence, part }) => ({
  name,
  check({ secret }) {
    const text = Buffer.from(part ? part(secret) : secret, 'base64').toString('latin1')
    if (!form.test(text)) return { verdict: 'refuted', reason: 'its base64 does not hold what it should' }
    return { verdict: 'proven', confidence: 'high', evidence: [evidence] }
  },
}))
