// Stellar secret seeds: base 32 of a version byte, 32 bytes and their CRC-16.
import { createHash } from 'node:crypto'
import type { Proof } from '../candidate.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const SEED_VERSION = 0x90

/** CRC-16 of XMODEM: polynomial 1021, start 0. */
function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++)
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc
}

function decodeBase32(text: string): Buffer {
  const bits = [...text].map((c) => ALPHABET.indexOf(c).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

function encodeBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits
    .match(/.{5}/g)!
    .map((five) => ALPHABET[Number.parseInt(five, 2)])
    .join('')
}

export const stellarStrkey: Proof = {
  name: 'stellar-strkey',
  check({ secret }) {
    const bytes = decodeBase32(secret)
    if (bytes[0] !== SEED_VERSION || crc16(bytes.subarray(0, 33)) !== bytes.readUInt16LE(33)) {
      return { verdict: 'foreign', reason: 'StrKey checksum is wrong' }
    }
    return { verdict: 'proven', confidence: 'high', evidence: ['StrKey checksum is right'] }
  },
  complete(text) {
    const body = Buffer.concat([Buffer.from([SEED_VERSION]), createHash('sha256').update(text).digest()])
    const crc = Buffer.alloc(2)
    crc.writeUInt16LE(crc16(body))
    return encodeBase32(Buffer.concat([body, crc]))
  },
}
