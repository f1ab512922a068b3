// Wallet keys and seed phrases: made ones pass, changed ones don't.
import { describe, expect, it } from 'vitest'
import type { Proof } from '../../../src/filters/candidate.ts'
import { bip39Words } from '../../../src/filters/proofs/bip39-words.ts'
import { PROOFS } from '../../../src/filters/proofs/index.ts'
import { secretOf } from '../candidates.ts'

const proof = (name: string): Proof => PROOFS.find((p) => p.name === name)!

describe.each([
  ['base58check', 'base58check-wif'],
  ['base58check', 'base58check-xprv'],
  ['base58check', 'base58check-edsk'],
  ['ripple-seed', 'ripple-seed'],
  ['bip39', 'bip39-12'],
  ['bip39', 'bip39-24'],
  ['ed25519-pair', 'ed25519-pair'],
  ['ed25519-pair', 'ed25519-base58'],
  ['ed25519-pair', 'ed25519-base64'],
  ['stellar-strkey', 'stellar-strkey'],
  ['bech32', 'bech32-nsec'],
  ['bech32', 'bech32-sui'],
])('%s of %s', (name, maker) => {
  const secret = proof(maker).complete!('a text')

  it('proves what is whole', () => {
    expect(proof(name).check(secretOf(secret))).toMatchObject({ verdict: 'proven', confidence: 'high' })
  })

  it('does not prove what is changed', () => {
    // Two neighbours that differ change places: the alphabet and the length stay.
    const parts =
      name === 'bip39' ? secret.split(' ') : secret.includes(',') ? secret.split(',') : [...secret]
    const at = parts.findIndex((part, i) => i > 12 - 10 && i > parts.length / 3 && part !== parts[i + 1])
    const changed = parts.with(at, parts[at + 1]!).with(at + 1, parts[at]!)
    const joint = name === 'bip39' ? ' ' : secret.includes(',') ? ',' : ''
    expect(proof(name).check(secretOf(changed.join(joint))).verdict).not.toBe('proven')
  })
})

describe('bip39', () => {
  it('knows the whole list', () => {
    expect(bip39Words()).toHaveLength(2048)
    expect([bip39Words()[0], bip39Words()[2047]]).toEqual(['abandon', 'zoo'])
  })

  it.each([
    ['a phrase of the documents', `${'abandon '.repeat(11)}about`],
    ['other words', 'this is only some text that has twelve words in it yes'],
    ['too few words', 'legal winner thank year'],
  ])('has nothing to do with %s', (_, text) => {
    expect(proof('bip39').check(secretOf(text)).verdict).toBe('foreign')
  })
})

describe('secp256k1', () => {
  const check = (text: string) => proof('secp256k1').check(secretOf(text)).verdict
  it('refutes small numbers and those beyond the order', () => {
    expect(check(`0x${'0'.repeat(62)}2a`)).toBe('refuted')
    expect(check('f'.repeat(64))).toBe('refuted')
    expect(check(`0x${'1f'.repeat(32)}`)).toBe('silent')
  })
})
