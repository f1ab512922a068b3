// Keys without their armour: real ones of all sizes are proven, cut ones doubted, other base64 refuted.
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { derKey } from '../../../src/filters/proofs/pem.ts'
import { candidate } from './candidates.ts'

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).privateKey
const ec = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const base64 = (key: ReturnType<typeof ec>) => key.export({ type: 'pkcs8', format: 'der' }).toString('base64')

describe('der-key', () => {
  it.each([
    ['RSA 1024', base64(rsa(1024))],
    ['RSA 2048', base64(rsa(2048))],
    ['EC P-256', base64(ec())],
  ])('proves a key of %s, and doubts it when it is cut', (_, key) => {
    expect(derKey.check(candidate(key))).toMatchObject({ verdict: 'proven', confidence: 'high' })
    expect(derKey.check(candidate(key.slice(0, -8)))).toMatchObject({
      verdict: 'doubtful',
      evidence: ['the body is cut short'],
    })
  })

  it('refutes what repeats one character', () => {
    expect(derKey.check(candidate(`MIIE${'x'.repeat(400)}`)).verdict).toBe('refuted')
  })
})
