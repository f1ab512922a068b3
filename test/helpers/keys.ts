// Keys made at run time from parts: no file of this repository holds one.
import { crc32 } from 'node:zlib'
import { seededRandom } from '../../src/rules/template.ts'

const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const BASE64URL = `${ALNUM}-_`

/** The marker in the middle of OpenAI's keys. */
export const MARKER = ['T3Blb', 'kFJ'].join('')

export function randomText(alphabet: string, length: number, seed: number): string {
  const random = seededRandom(seed)
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
}

export const alnum = (length: number, seed = 1): string => randomText(ALNUM, length, seed)
export const base64url = (length: number, seed = 1): string => randomText(BASE64URL, length, seed)
export const hex = (length: number, seed = 1): string => randomText('0123456789abcdef', length, seed)

/** Key of any of OpenAI's shapes: prefix, two halves of `half` characters around the marker. */
export function openaiKey(prefix = 'sk-proj-', half = 74, seed = 1): string {
  const make = half === 20 ? alnum : base64url
  const right = make(half, seed + 1000)
  return `${prefix}${make(half, seed)}${MARKER}${right.slice(0, -1)}${right.at(-1) === '-' ? 'A' : right.at(-1)}`
}

/** Every shape of OpenAI's own keys, with the rule that must claim it. */
export const OPENAI_SHAPES: readonly (readonly [rule: string, make: (seed: number) => string])[] = [
  ['openai-legacy-key', (seed) => openaiKey('sk-', 20, seed)],
  ['openai-project-key', (seed) => openaiKey('sk-proj-', 20, seed)],
  ['openai-none-key', (seed) => openaiKey('sk-None-', 20, seed)],
  ['openai-named-key', (seed) => openaiKey('sk-my-billing-bot-', 20, seed)],
  ['openai-project-key', (seed) => openaiKey('sk-proj-', 58, seed)],
  ['openai-service-account-key', (seed) => openaiKey('sk-svcacct-', 46, seed)],
  ['openai-project-key', (seed) => openaiKey('sk-proj-', 74, seed)],
  ['openai-service-account-key', (seed) => openaiKey('sk-svcacct-', 74, seed)],
  ['openai-admin-key', (seed) => openaiKey('sk-admin-', 58, seed)],
]

/** A GitHub token with a right checksum. */
export function githubToken(seed = 1): string {
  const body = alnum(30, seed)
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  let rest = crc32(body)
  let tail = ''
  for (let i = 0; i < 6; i++) {
    tail = digits[rest % 62] + tail
    rest = Math.floor(rest / 62)
  }
  return `ghp_${body}${tail}`
}
