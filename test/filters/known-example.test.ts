// Published credentials are known by their hash; their neighbours are not.
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { knownExampleFilter } from '../../src/filters/known-example.ts'
import { KNOWN_EXAMPLES } from '../../src/filters/known-examples.ts'
import { secretOf } from './candidates.ts'

const drops = (secret: string) => knownExampleFilter.drops(secretOf(secret))

function jwt(header: object, payload: object, key: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part(header)}.${part(payload)}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}

const header = { alg: 'HS256', typ: 'JWT' }
const john = { sub: '1234567890', name: 'John Doe', iat: 1516239022 }

describe('published example', () => {
  it.each([
    ['AWS key id', ['AKIA', 'IOSFODNN7', 'EXAMPLE']],
    ['AWS secret', ['wJalrXUtnFEMI/K7MDENG', '/bPxRfiCY', 'EXAMPLEKEY']],
    ['Stripe', ['sk_', 'test_', '4eC39HqLyjWD', 'arjtT1zdp7dc']],
    [
      'Azure Storage emulator',
      ['Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6', 'IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='],
    ],
    ['RFC 6749', ['2YotnFZFEjr1', 'zCsicMWpAA']],
    ['Telegram', ['123456:ABC-DEF1234', 'ghIkl-zyx57W2v1u123ew11']],
  ])('knows %s', (_, parts) => {
    expect(drops(parts.join(''))).toBe(true)
    expect(drops(`${parts.join('').slice(0, -1)}x`)).toBe(false)
  })

  it('knows the sample token of jwt.io, and no other token of its shape', () => {
    expect(drops(jwt(header, john, 'your-256-bit-secret'))).toBe(true)
    expect(drops(jwt(header, john, 'another secret'))).toBe(false)
  })

  it('knows the demo keys of Supabase', () => {
    const key = ['super-secret-jwt-token', 'with-at-least-32-characters-long'].join('-')
    expect(drops(jwt(header, { iss: 'supabase-demo', role: 'service_role', exp: 1983812996 }, key))).toBe(
      true,
    )
  })

  it('looks at the password of an address', () => {
    expect(drops(`mongodb://admin:D1fficultP%40${'ssw0rd'}@mongodb0.example.com:27017/`)).toBe(true)
  })

  it('holds hashes only', () => {
    for (const entry of KNOWN_EXAMPLES) expect(entry).toMatch(/^[0-9a-f]{16}$/)
  })
})
