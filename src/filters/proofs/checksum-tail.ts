// Builds proofs for tokens that end in a checksum of what stands before it.
import { crc32 } from 'node:zlib'
import type { Proof, ProofOutcome } from '../candidate.ts'

const DIGITS = '0123456789'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Base-62 digits in the order most providers use: 0-9, A-Z, a-z. */
export const BASE62 = DIGITS + UPPER + UPPER.toLowerCase()

const WRONG = 'checksum does not match: made up, cut, or of a new kind'

export interface ChecksumTail {
  readonly name: string
  /** Whose checksum it is, for the evidence. */
  readonly issuer: string
  /** Everything in front of the tail, as it stands at the end of a text. Has to match to its end. */
  readonly head: RegExp
  readonly tailLength: number
  /** The tail that belongs to a head. */
  tail(head: string): string
}

/**
 * A proof that compares the end of a secret with the checksum of the rest. A wrong one is no reason to drop it: most are
 * made up or cut, but issuers have changed their formats before, and then a real key would be lost without a word.
 */
export function checksumTail(format: ChecksumTail): Proof {
  const { name, issuer, tailLength } = format
  return {
    name,
    isChecksum: true,
    check({ secret }): ProofOutcome {
      const head = secret.slice(0, -tailLength)
      if (!format.head.test(head)) return { verdict: 'silent' }
      if (format.tail(head) === secret.slice(-tailLength)) {
        return { verdict: 'proven', confidence: 'high', evidence: [`${issuer} checksum is right`] }
      }
      return { verdict: 'doubtful', confidence: 'low', evidence: [`${issuer} ${WRONG}`] }
    },
    complete(text) {
      const head = format.head.exec(text)?.[0]
      if (head === undefined) throw new RangeError(`${name}: the template has no head to sum up`)
      return format.tail(head)
    },
  }
}

/** CRC-32 of `text` in base 62, padded to six digits. */
export function base62Crc(text: string, alphabet: string = BASE62): string {
  let rest = crc32(text)
  let out = ''
  for (let i = 0; i < 6; i++) {
    out = alphabet[rest % 62]! + out
    rest = Math.floor(rest / 62)
  }
  return out
}

/** CRC-32 of `text` as eight lower-case hex digits, most significant byte first. */
export function hexCrc(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}

/** CRC-32 of `text` as four bytes, least significant first. */
export function littleEndianCrc(text: string): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(crc32(text))
  return bytes
}
