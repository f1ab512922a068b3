// PGP secret keys in armour: the CRC-24 of the body, and whether the first packet is a secret key.
import type { Proof, ProofOutcome } from '../candidate.ts'
import { placeholderReason } from './pem.ts'
import { readArmour } from './pem-body.ts'

export const pgpArmour: Proof = {
  name: 'pgp-armour',
  check({ text }): ProofOutcome {
    const armour = readArmour(text)
    if (!armour) return { verdict: 'silent' }
    if (armour.label !== armour.endLabel) return { verdict: 'refuted', reason: 'BEGIN and END labels differ' }
    const wrong = placeholderReason(armour.body)
    if (wrong) return { verdict: 'refuted', reason: wrong }
    const bytes = Buffer.from(armour.body, 'base64')
    if (armour.checksum && crc24(bytes) !== armour.checksum) {
      return { verdict: 'doubtful', confidence: 'medium', evidence: ['the PGP checksum is wrong'] }
    }
    if (firstPacket(bytes) !== SECRET_KEY) {
      return { verdict: 'doubtful', confidence: 'medium', evidence: ['no secret key packet at its start'] }
    }
    return { verdict: 'proven', confidence: 'high', evidence: ['starts with a PGP secret key packet'] }
  },
}

const SECRET_KEY = 5

/** Tag of the first packet, in the new and the old header form. */
function firstPacket(bytes: Buffer): number | undefined {
  const header = bytes[0]
  if (header === undefined || header < 0x80) return undefined
  return header >= 0xc0 ? header & 0x3f : (header >> 2) & 0x0f
}

/** CRC-24 of the body as the four base64 characters that end the armour. */
export function crc24(bytes: Buffer): string {
  let crc = 0xb704ce
  for (const byte of bytes) {
    crc ^= byte << 16
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x800000 ? (crc << 1) ^ 0x1864cfb : crc << 1
  }
  const out = Buffer.alloc(3)
  out.writeUIntBE(crc & 0xffffff, 0, 3)
  return out.toString('base64')
}
