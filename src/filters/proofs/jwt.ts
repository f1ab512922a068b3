// JSON Web Tokens: header and claims are JSON, the signature fits the algorithm, and `exp` says how long it lives.
import { createHmac } from 'node:crypto'
import type { Proof, ProofOutcome } from '../candidate.ts'

export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  readonly signature: Buffer
  /** What the signature is made over. */
  readonly signed: string
}

const TOKEN = /(ey[A-Za-z0-9_-]{8,}|ew[A-Za-z0-9_-]{8,})\.([A-Za-z0-9_-]{4,})\.([A-Za-z0-9_-]{0,})/

/** Signature lengths in bytes by algorithm; RSA depends on the key. */
const SIGNATURE_LENGTHS: Readonly<Record<string, readonly number[]>> = {
  HS256: [32],
  HS384: [48],
  HS512: [64],
  ES256: [64],
  ES256K: [64],
  ES384: [96],
  ES512: [132],
  EdDSA: [64, 114],
}
const RSA_LENGTHS = [128, 256, 384, 512]

export const jwt: Proof = {
  name: 'jwt',
  check({ secret }) {
    const token = readJwt(secret)
    return token
      ? checkJwt(token, Date.now())
      : { verdict: 'refuted', reason: 'header and claims are not JSON' }
  },
}

/** Reads the first token of `text`, or undefined when its parts are no JSON objects. */
export function readJwt(text: string): Jwt | undefined {
  const [, first, second, third] = TOKEN.exec(text) ?? []
  const header = first && readObject(first)
  const claims = second && readObject(second)
  if (!header || !claims) return undefined
  return { header, claims, signature: Buffer.from(third ?? '', 'base64url'), signed: `${first}.${second}` }
}

function readObject(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** Judges a token at the time `now` (milliseconds). */
export function checkJwt(token: Jwt, now: number): ProofOutcome {
  const { alg } = token.header
  if (typeof alg !== 'string') return { verdict: 'refuted', reason: 'the header names no algorithm' }
  if (alg.toLowerCase() === 'none') return { verdict: 'refuted', reason: 'an unsigned token' }
  if (isPublished(token)) return { verdict: 'refuted', reason: 'a published example token' }
  if (isSignedWithSample(alg, token)) {
    return { verdict: 'refuted', reason: 'signed with the secret of an example' }
  }
  const doubts = [
    issuerDoubt(token.claims),
    signatureDoubt(alg, token.signature.length),
    expiryDoubt(token.claims, now),
  ].filter((doubt) => doubt !== undefined)
  const evidence = [`signed with ${alg.slice(0, 12).replace(/[^A-Za-z0-9-]/g, '?')}`, ...issuer(token)]
  if (doubts.length > 0) return { verdict: 'doubtful', confidence: 'low', evidence: [...doubts, ...evidence] }
  return { verdict: 'proven', evidence: [...evidence, lifetime(token.claims)] }
}

/** The samples of jwt.io, of the RFCs and of Supabase's self-hosting guide. */
function isPublished({ claims }: Jwt): boolean {
  if (claims.iss === 'joe' || claims.iss === 'supabase-demo') return true
  return claims.sub === '1234567890' && (claims.name === 'John Doe' || claims.iat === 1516239022)
}

/** Secrets that guides and libraries sign their examples with. */
const SAMPLE_SECRETS = [
  'secret',
  'your-256-bit-secret',
  'your-384-bit-secret',
  'your-512-bit-secret',
  'a-string-secret-at-least-256-bits-long',
  'password',
  'test',
  'key',
  'shhhhh',
  'secret_key',
  'super-secret',
  'mysecret',
  'my_secret',
  'changeme',
]

function isSignedWithSample(alg: string, { signed, signature }: Jwt): boolean {
  const hash = /^HS(256|384|512)$/.exec(alg)?.[1]
  if (!hash) return false
  return SAMPLE_SECRETS.some((secret) =>
    createHmac(`sha${hash}`, secret).update(signed).digest().equals(signature),
  )
}

function signatureDoubt(alg: string, bytes: number): string | undefined {
  const lengths = SIGNATURE_LENGTHS[alg] ?? (/^[RP]S\d{3}$/.test(alg) ? RSA_LENGTHS : undefined)
  if (!lengths || lengths.includes(bytes)) return undefined
  return `a signature of ${bytes} bytes does not fit its algorithm`
}

function expiryDoubt(claims: Jwt['claims'], now: number): string | undefined {
  const expiry = secondsOf(claims.exp)
  return expiry !== undefined && expiry * 1000 < now ? `expired on ${dayOf(expiry)}` : undefined
}

function issuerDoubt({ iss }: Jwt['claims']): string | undefined {
  return typeof iss === 'string' && /example|localhost|^test/i.test(iss)
    ? 'the issuer is an example'
    : undefined
}

function lifetime(claims: Jwt['claims']): string {
  const expiry = secondsOf(claims.exp)
  return expiry === undefined ? 'never expires' : `valid until ${dayOf(expiry)}`
}

function secondsOf(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && value < 1e11 ? value : undefined
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

/** The issuer when it reads like a name or a URL; claims about people stay unsaid. */
function issuer({ claims }: Jwt): string[] {
  const { iss } = claims
  return typeof iss === 'string' && /^[A-Za-z0-9.:/_-]{2,80}$/.test(iss) ? [`issued by ${iss}`] : []
}
