// Seed phrases of wallets: all words of one list, and the last bits are the start of the SHA-256 of the others.
import { createHash } from 'node:crypto'
import type { Proof } from '../candidate.ts'
import { bip39Words } from './bip39-words.ts'

const BITS_PER_WORD = 11
const LENGTHS = new Set([12, 15, 18, 21, 24])

let indexes: ReadonlyMap<string, number> | undefined

function indexOf(word: string): number | undefined {
  indexes ??= new Map(bip39Words().map((w, i) => [w, i]))
  return indexes.get(word)
}

/** Why these words are no phrase, or undefined when they are one. */
function trouble(words: readonly string[]): string | undefined {
  if (!LENGTHS.has(words.length)) return 'not as many words as a seed phrase has'
  const numbers = words.map(indexOf)
  if (numbers.some((n) => n === undefined)) return 'not all words are of the BIP-39 list'
  // Phrases of documents repeat a word ten times and more.
  if (new Set(words).size * 2 < words.length) return 'a published example'
  const bits = numbers.map((n) => n!.toString(2).padStart(BITS_PER_WORD, '0')).join('')
  const checkLength = bits.length / 33
  const entropy = Buffer.from(
    bits
      .slice(0, -checkLength)
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt(byte, 2)),
  )
  return bits.slice(-checkLength) === checkBits(entropy, checkLength) ? undefined : 'BIP-39 checksum is wrong'
}

function checkBits(entropy: Buffer, length: number): string {
  return createHash('sha256').update(entropy).digest()[0]!.toString(2).padStart(8, '0').slice(0, length)
}

/** The phrase of the entropy that a text hashes to. */
function phraseOf(text: string, bytes: number): string {
  const entropy = createHash('sha256').update(text).digest().subarray(0, bytes)
  const bits =
    [...entropy].map((byte) => byte.toString(2).padStart(8, '0')).join('') + checkBits(entropy, bytes / 4)
  return bits
    .match(/.{11}/g)!
    .map((number) => bip39Words()[Number.parseInt(number, 2)])
    .join(' ')
}

const check: Proof['check'] = ({ secret }) => {
  const words = secret.match(/[a-z]+/g) ?? []
  const reason = trouble(words)
  if (reason) return { verdict: 'foreign', reason }
  return {
    verdict: 'proven',
    confidence: 'high',
    evidence: [`${words.length} words with a right BIP-39 checksum`],
  }
}

/** The first is for rules; the others make examples. */
export const bip39: readonly Proof[] = [
  { name: 'bip39', check },
  { name: 'bip39-12', check, complete: (text) => phraseOf(text, 16) },
  { name: 'bip39-24', check, complete: (text) => phraseOf(text, 32) },
]
