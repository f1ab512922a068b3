// Numbers, sizes and lists in plain words.
import type { Confidence, Step, VerdictState } from '../model/index.ts'

/** `1 file`, `2 files`, `12,345 files`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`
}

/** Digits in groups of three. */
export function number(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `120 bytes`, `1.2 kB`, `184 kB`, `3.4 MB`; 1 kB is 1000 bytes. */
export function size(bytes: number): string {
  let value = bytes
  let unit = ''
  for (const next of ['kB', 'MB', 'GB', 'TB']) {
    if (value < 999.5) break
    value /= 1000
    unit = next
  }
  if (unit === '') return count(bytes, 'byte')
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`
}

/** `34 ms`, `2.1 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `a`, `a and b`, `a, b and c`; more than `max`: `a, b and 7 more`. */
export function list(items: readonly string[], max = 5): string {
  const shown = items.length > max ? [...items.slice(0, max), `${number(items.length - max)} more`] : items
  if (shown.length < 2) return shown.join('')
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** The text with a capital letter in front. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Small numbers as words. */
export function numberWord(n: number): string {
  return ['no', 'one', 'two', 'three', 'four', 'five'][n] ?? String(n)
}

export const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  high: 'almost certain',
  medium: 'likely',
  low: 'possible, no more than that',
}

/** Plain words for what the proofs call their evidence; what is not here is printed as it is. */
export const EVIDENCE_WORDS: Readonly<Record<string, string>> = {
  prefix: 'it starts the way these keys do',
  marker: "it holds its issuer's own marker",
  'equal halves': 'its two halves are equally long, as in real keys',
  checksum: 'its checksum is right',
  context: 'the words around it name it',
  entropy: 'it looks random',
  randomness: 'it looks random',
}

export const VERDICT_WORDS: Readonly<Record<VerdictState, string>> = {
  unchecked: 'not checked',
  live: 'it works: whoever has it can use it',
  'live-restricted': 'it works, with limits',
  'live-unusable': 'it is accepted, but nothing can be done with it at the moment',
  dead: 'it no longer works',
  unknown: 'could not be found out',
}

export const STEP_WORDS: Readonly<Record<Step, string>> = {
  revoke: 'Revoke',
  replace: 'New key',
  update: 'Update',
  billing: 'Billing',
  review: 'Usage logs',
}

/** What had to be undone to read a secret, outermost first. */
const ENCODING_WORDS: Readonly<Record<string, string>> = {
  percent: 'percent-encoding',
  escape: 'escape sequences',
  'utf-16': 'UTF-16',
  concatenation: 'joined strings',
}

/** `decoded from base64, then escape sequences`. */
export function encodingWords(encoding: readonly string[]): string {
  return `decoded from ${encoding.map((name) => ENCODING_WORDS[name] ?? name).join(', then ')}`
}
