// Keys whose last six characters are a Bech32 checksum: age identities, Nostr, Sui.
import { createHash } from 'node:crypto'
import type { Proof } from '../candidate.ts'

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
/** What stands ahead of the separator, and the data without its checksum; upper or lower case, never both. */
const HEAD = /([A-Za-z-]{2,20})1([02-9AC-HJ-NP-Z]{52,53}|[02-9ac-hj-np-z]{52,53})$/

export const bech32: Proof = {
  name: 'bech32',
  check({ secret }) {
    const head = HEAD.exec(secret.slice(0, -6))
    if (!head) return { verdict: 'silent' }
    return tailOf(head[1]!, head[2]!) === secret.slice(-6)
      ? { verdict: 'proven', confidence: 'high', evidence: ['Bech32 checksum is right'] }
      : { verdict: 'doubtful', confidence: 'low', evidence: ['Bech32 checksum is wrong'] }
  },
  complete(text) {
    const head = HEAD.exec(text)
    if (!head) throw new RangeError('bech32: the template has no data part')
    return tailOf(head[1]!, head[2]!)
  },
}

/** They make examples of other kinds. */
export const bech32Makers: readonly Proof[] = [
  maker('bech32-nsec', 'nsec', 52),
  maker('bech32-sui', 'suiprivkey', 53),
]

/** For examples: a whole key with this beginning. */
function maker(name: string, prefix: string, length: number): Proof {
  return {
    name,
    check: () => ({ verdict: 'silent' }),
    complete(text) {
      const bytes = createHash('sha512').update(text).digest()
      const data = [...bytes.subarray(0, length)].map((byte) => ALPHABET[byte & 31]).join('')
      return `${prefix}1${data}${tailOf(prefix, data)}`
    },
  }
}

function tailOf(prefix: string, data: string): string {
  const codes = [...prefix.toLowerCase()].map((char) => char.charCodeAt(0))
  const values = [...data.toLowerCase()].map((char) => ALPHABET.indexOf(char))
  const all = [...codes.map((c) => c >> 5), 0, ...codes.map((c) => c & 31), ...values, 0, 0, 0, 0, 0, 0]
  const sum = polymod(all) ^ 1
  const tail = [5, 4, 3, 2, 1, 0].map((i) => ALPHABET[(sum >> (5 * i)) & 31]!).join('')
  return prefix === prefix.toUpperCase() ? tail.toUpperCase() : tail
}

function polymod(values: readonly number[]): number {
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (const [i, factor] of generator.entries()) if ((top >> i) & 1) sum ^= factor
  }
  return sum
}
