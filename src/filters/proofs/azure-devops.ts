// Old Azure DevOps tokens: 32 bytes in base32, four of which are a checksum of the others.
import { crc32 } from 'node:zlib'
import type { Proof } from '../candidate.ts'

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
/** Bytes that hold the checksum, least significant first. */
const SUM_PLACES = [22, 8, 7, 2]
const USER_MASK = 0xe0b9692d
const APPLICATION_MASK = 0x1019f92e

export const azureDevops: Proof = {
  name: 'azure-devops',
  check({ secret }) {
    const bytes = bytesOf(secret)
    if (!bytes) return { verdict: 'silent' }
    const sum = SUM_PLACES.reduce((value, place, i) => value + bytes[place]! * 256 ** i, 0)
    const masked = (mask: number) => (crc32(messageOf(bytes)) ^ mask) >>> 0
    return sum === masked(USER_MASK) || sum === masked(APPLICATION_MASK)
      ? { verdict: 'proven', confidence: 'high', evidence: ['Azure DevOps checksum is right'] }
      : { verdict: 'doubtful', evidence: ['Azure DevOps checksum does not fit'] }
  },
}

function messageOf(bytes: Buffer): Buffer {
  return Buffer.from([...bytes].filter((_, i) => !SUM_PLACES.includes(i)))
}

function bytesOf(text: string): Buffer | undefined {
  if (!/^[a-z2-7]{52}$/i.test(text)) return undefined
  let bits = 0n
  for (const char of text.toLowerCase()) bits = (bits << 5n) | BigInt(BASE32.indexOf(char))
  return Buffer.from((bits >> 4n).toString(16).padStart(64, '0'), 'hex')
}

/** A token with its checksum set in these 32 bytes; for tests. */
export function sealed(bytes: Buffer): string {
  const sum = (crc32(messageOf(bytes)) ^ USER_MASK) >>> 0
  for (const [i, place] of SUM_PLACES.entries()) bytes[place] = (sum >>> (8 * i)) & 0xff
  let bits = BigInt(`0x${bytes.toString('hex')}`) << 4n
  let text = ''
  for (let i = 0; i < 52; i++, bits >>= 5n) text = BASE32[Number(bits & 31n)]! + text
  return text
}
