// JSON Web Tokens: structure, expiry, published samples, and Supabase's roles.
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkJwt, jwt, readJwt } from '../../../src/filters/proofs/jwt.ts'
import { supabaseRole } from '../../../src/filters/proofs/supabase-role.ts'
import { alnum } from '../../helpers/keys.ts'
import { candidate } from './candidates.ts'

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

function token(claims: object, secret = alnum(12), header: object = { alg: 'HS256', typ: 'JWT' }): string {
  const signed = `${part(header)}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

describe('jwt', () => {
  it('proves a token and says who issued it and how long it lives', () => {
    const read = readJwt(token({ sub: '77', iss: 'https://id.acme.dev/', exp: 2_000_000_000 }))!
    expect(checkJwt(read, 1_900_000_000_000)).toEqual({
      verdict: 'proven',
      evidence: ['signed with HS256', 'issued by https://id.acme.dev/', 'valid until 2033-05-18'],
    })
    expect(checkJwt(read, 2_100_000_000_000)).toMatchObject({
      verdict: 'doubtful',
      confidence: 'low',
      evidence: ['expired on 2033-05-18', 'signed with HS256', 'issued by https://id.acme.dev/'],
    })
  })

  it('tells a token that never expires', () => {
    expect(jwt.check(candidate(token({ sub: '77' })))).toMatchObject({
      verdict: 'proven',
      evidence: ['signed with HS256', 'never expires'],
    })
  })

  it.each([
    ['text that is no JSON', `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(43)}`],
    ['unsigned tokens', token({ sub: '77' }, 'k', { alg: 'none' })],
    ['headers without algorithm', token({ sub: '77' }, 'k', { typ: 'JWT' })],
    ['the sample of jwt.io', token({ sub: '1234567890', name: 'John Doe', iat: 1516239022 })],
    ["the RFC's Joe", token({ iss: 'joe' })],
    ['tokens signed with a guide’s secret', token({ some: 'payload' }, 'secret')],
  ])('drops %s', (_name, text) => {
    expect(jwt.check(candidate(text)).verdict).toBe('refuted')
  })

  it('doubts a signature of another length', () => {
    const text = token({ sub: '77' }, 'k', { alg: 'RS256' })
    expect(jwt.check(candidate(text))).toMatchObject({ verdict: 'doubtful', confidence: 'low' })
  })

  it('tells nothing about people', () => {
    const outcome = jwt.check(
      candidate(token({ sub: 'jane@acme.dev', email: 'jane@acme.dev', iss: 'Jane Doe' })),
    )
    expect(JSON.stringify(outcome)).not.toMatch(/jane/i)
  })
})

describe('supabase-role', () => {
  it('keeps service_role keys only', () => {
    const key = (claims: object) => supabaseRole.check(candidate(token(claims))).verdict
    expect(key({ iss: 'supabase', ref: 'abcd', role: 'service_role' })).toBe('proven')
    expect(key({ iss: 'supabase', ref: 'abcd', role: 'anon' })).toBe('refuted')
    expect(key({ iss: 'other', role: 'service_role' })).toBe('refuted')
    expect(key({ iss: 'supabase-demo', role: 'service_role' })).toBe('refuted')
  })
})
