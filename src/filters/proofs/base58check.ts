// Keys in Base58Check: the last four bytes are the start of a double SHA-256, the first ones name the kind.
import { createHash } from 'node:crypto'
import type { Proof } from '../candidate.ts'

const BITCOIN = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const RIPPLE = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz'

/** A private key in this encoding: the bytes it begins with, and how many follow. */
interface Kind {
  readonly name: string
  readonly version: string
  readonly lengths: readonly number[]
}

const KINDS: readonly Kind[] = [
  { name: 'Bitcoin private key', version: '80', lengths: [32, 33] },
  { name: 'private key of a Bitcoin test network', version: 'ef', lengths: [32, 33] },
  { name: 'Litecoin private key', version: 'b0', lengths: [32, 33] },
  { name: 'Dogecoin private key', version: '9e', lengths: [32, 33] },
  { name: 'extended private key', version: '0488ade4', lengths: [74] },
  { name: 'extended private key', version: '049d7878', lengths: [74] },
  { name: 'extended private key', version: '04b2430c', lengths: [74] },
  { name: 'extended private key of a test network', version: '04358394', lengths: [74] },
  { name: 'Tezos seed', version: '0d0f3a07', lengths: [32] },
  { name: 'Tezos secret key', version: '2bf64e07', lengths: [64] },
  { name: 'Tezos secret key', version: '11a2e0c9', lengths: [32] },
  { name: 'Tezos secret key', version: '1051eebd', lengths: [32] },
]
const RIPPLE_KINDS: readonly Kind[] = [
  { name: 'XRP Ledger seed', version: '21', lengths: [16] },
  { name: 'XRP Ledger seed', version: '01e14b', lengths: [16] },
]

/** Bytes of base-58 text, most significant first; undefined when a character is not of the alphabet. */
export function decodeBase58(text: string, alphabet = BITCOIN): Buffer | undefined {
  let number = 0n
  for (const character of text) {
    const digit = alphabet.indexOf(character)
    if (digit === -1) return undefined
    number = number * 58n + BigInt(digit)
  }
  const hex = number === 0n ? '' : number.toString(16)
  const zeros = /^(.)\1*/.exec(text)?.[1] === alphabet[0] ? text.length - trimmed(text, alphabet[0]!) : 0
  return Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')])
}

function trimmed(text: string, first: string): number {
  let i = 0
  while (text[i] === first) i += 1
  return text.length - i
}

export function encodeBase58(bytes: Buffer, alphabet = BITCOIN): string {
  let number = BigInt(`0x${bytes.toString('hex') || '0'}`)
  let out = ''
  for (; number > 0n; number /= 58n) out = alphabet[Number(number % 58n)]! + out
  for (const byte of bytes) {
    if (byte !== 0) break
    out = alphabet[0]! + out
  }
  return out
}

function checksum(bytes: Buffer): Buffer {
  const once = createHash('sha256').update(bytes).digest()
  return createHash('sha256').update(once).digest().subarray(0, 4)
}

function kindOf(secret: string, alphabet: string, kinds: readonly Kind[]): Kind | undefined {
  const bytes = decodeBase58(secret, alphabet)
  if (bytes === undefined || bytes.length < 8) return undefined
  const body = bytes.subarray(0, -4)
  if (!checksum(body).equals(bytes.subarray(-4))) return undefined
  const hex = body.toString('hex')
  return kinds.find(
    ({ version, lengths }) => hex.startsWith(version) && lengths.includes(body.length - version.length / 2),
  )
}

function proof(
  name: string,
  alphabet: string,
  kinds: readonly Kind[],
  make?: (seed: Buffer) => Buffer,
): Proof {
  return {
    name,
    check({ secret }) {
      const kind = kindOf(secret, alphabet, kinds)
      if (!kind) return { verdict: 'foreign', reason: 'Base58Check checksum is wrong' }
      return { verdict: 'proven', confidence: 'high', evidence: [`${kind.name}, its checksum is right`] }
    },
    ...(make
      ? {
          complete(text: string) {
            const body = make(createHash('sha512').update(text).digest())
            return encodeBase58(Buffer.concat([body, checksum(body)]), alphabet)
          },
        }
      : {}),
  }
}

const hex = (text: string) => Buffer.from(text, 'hex')

/** The first is for rules; the others make examples of each kind. */
export const base58check: readonly Proof[] = [
  proof('base58check', BITCOIN, KINDS),
  proof('base58check-wif', BITCOIN, KINDS, (seed) =>
    Buffer.concat([hex('80'), seed.subarray(0, 32), hex('01')]),
  ),
  proof('base58check-xprv', BITCOIN, KINDS, (seed) =>
    Buffer.concat([hex('0488ade4'), Buffer.alloc(9), seed.subarray(0, 32), hex('00'), seed.subarray(32, 64)]),
  ),
  proof('base58check-edsk', BITCOIN, KINDS, (seed) => Buffer.concat([hex('0d0f3a07'), seed.subarray(0, 32)])),
  proof('ripple-seed', RIPPLE, RIPPLE_KINDS, (seed) => Buffer.concat([hex('21'), seed.subarray(0, 16)])),
]
