// Ed25519 keys of 64 bytes: the second half is the public key of the first. As a JSON array, or in base 58.
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import type { Proof } from '../candidate.ts'
import { decodeBase58, encodeBase58 } from './base58check.ts'

/** PKCS#8 of an Ed25519 key, up to its 32 bytes. */
const HEADER = Buffer.from('302e020100300506032b657004220420', 'hex')

function publicKeyOf(seed: Buffer): Buffer {
  const key = createPrivateKey({ key: Buffer.concat([HEADER, seed]), format: 'der', type: 'pkcs8' })
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
}

function bytesOf(secret: string): Buffer | undefined {
  if (/^ed25519:/.test(secret)) return decodeBase58(secret.slice(8))
  if (!/^[\d,\s]+$/.test(secret))
    return /=$/.test(secret) ? Buffer.from(secret, 'base64') : decodeBase58(secret)
  const numbers = secret.split(',').map(Number)
  return numbers.every((n) => n <= 255) ? Buffer.from(numbers) : undefined
}

const check: Proof['check'] = ({ secret }) => {
  const bytes = bytesOf(secret)
  if (bytes?.length !== 64 || !publicKeyOf(bytes.subarray(0, 32)).equals(bytes.subarray(32))) {
    return { verdict: 'foreign', reason: 'its second half is not the public key of the first' }
  }
  return { verdict: 'proven', confidence: 'high', evidence: ['its public half fits'] }
}

function pairOf(text: string): Buffer {
  const seed = createHash('sha256').update(text).digest()
  return Buffer.concat([seed, publicKeyOf(seed)])
}

/** The first is for rules, and makes examples as a JSON array; the others make them in other forms. */
export const ed25519Pair: readonly Proof[] = [
  { name: 'ed25519-pair', check, complete: (text) => [...pairOf(text)].join(',') },
  { name: 'ed25519-base58', check, complete: (text) => encodeBase58(pairOf(text)) },
  { name: 'ed25519-base64', check, complete: (text) => pairOf(text).toString('base64') },
]
