// PGP armour: checksum and first packet.
import { describe, expect, it } from 'vitest'
import { crc24, pgpArmour } from '../../../src/filters/proofs/pgp-armour.ts'
import { candidate } from './candidates.ts'

function armour(first: number, checksum?: string): string {
  const bytes = Buffer.from(Array.from({ length: 200 }, (_, i) => (i * 101 + 13) % 256))
  bytes[0] = first
  const label = 'PGP PRIVATE KEY BLOCK-----'
  const body = bytes.toString('base64').replace(/.{64}/g, '$&\n')
  return `-----BEGIN ${label}\nVersion: GnuPG v2\n\n${body}\n=${checksum ?? crc24(bytes)}\n-----END ${label}`
}

describe('pgp-armour', () => {
  it('has the CRC-24 of the standard', () => {
    expect(Buffer.from(crc24(Buffer.from('123456789')), 'base64').toString('hex')).toBe('21cf02')
  })

  it('proves a secret key packet in both header forms', () => {
    expect(pgpArmour.check(candidate(armour(0x95)))).toMatchObject({ verdict: 'proven' })
    expect(pgpArmour.check(candidate(armour(0xc5)))).toMatchObject({ verdict: 'proven' })
  })

  it('doubts a wrong checksum and other packets', () => {
    expect(pgpArmour.check(candidate(armour(0x95, 'AAAA')))).toMatchObject({ verdict: 'doubtful' })
    expect(pgpArmour.check(candidate(armour(0x99)))).toMatchObject({ verdict: 'doubtful' })
  })

  it('drops placeholders', () => {
    const label = 'PGP PRIVATE KEY BLOCK-----'
    expect(pgpArmour.check(candidate(`-----BEGIN ${label}\n...\n-----END ${label}`)).verdict).toBe('refuted')
  })
})
