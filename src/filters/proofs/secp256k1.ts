// Private keys of Ethereum are numbers from 1 to the order of the curve; small ones are everybody's.
import type { Proof } from '../candidate.ts'

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const SMALL = 1n << 64n

export const secp256k1: Proof = {
  name: 'secp256k1',
  check({ secret }) {
    const number = BigInt(`0x${secret.replace(/^0x/, '')}`)
    if (number >= ORDER) return { verdict: 'refuted', reason: 'too large for a key of this curve' }
    if (number < SMALL || ORDER - number < SMALL) return { verdict: 'refuted', reason: 'a published example' }
    return { verdict: 'silent' }
  },
}
