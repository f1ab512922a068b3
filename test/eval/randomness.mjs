// Compares ways to tell random values from words: node test/eval/randomness.mjs FOLDER_OF_SOURCE [TOKENIZER_MODULE]
// The words come from the folder; the tokenizer is a module that exports `encode(text): number[]`, such as
// gpt-tokenizer, which is no dependency of ours.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadParts } from './load.mjs'

const [folder, tokenizer] = process.argv.slice(2)
const { seededRandom, expandTemplate, randomness, shannonEntropy } = await loadParts()

const ALPHABETS =
  'alnum lower upper alpha digits hex HEX lowernum uppernum base64url base64 base32 base58'.split(' ')
const PER_ALPHABET = 600
const MOST_WORDS = 15_000

function noise() {
  const random = seededRandom(20261124)
  return ALPHABETS.filter((name) => name !== 'digits').flatMap((name) =>
    Array.from({ length: PER_ALPHABET }, () => expandTemplate(`{${name}:16-64}`, { random })),
  )
}

/** Identifiers, dotted names and paths of a source tree: distinct, 12 to 64 long, mostly letters. */
function words() {
  const seen = new Set()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.(?:py|ts|js|go|rb|java)$/.test(name)) continue
    for (const line of readFileSync(join(folder, name), 'latin1').split('\n')) {
      if (line.length > 300) continue
      for (const [token] of line.matchAll(/[A-Za-z0-9_.$/:@-]{12,64}/g))
        if (/[A-Za-z]{4}/.test(token) && !/[0-9a-f]{16}|[A-Za-z0-9+/]{32}/.test(token)) seen.add(token)
    }
  }
  const all = [...seen]
  const step = Math.max(1, all.length / MOST_WORDS)
  return Array.from({ length: Math.min(all.length, MOST_WORDS) }, (_, i) => all[Math.floor(i * step)])
}

function figures(score, positives, negatives) {
  const high = positives.map(score).sort((a, b) => a - b)
  const low = negatives.map(score).sort((a, b) => a - b)
  const at = (recall) => {
    const threshold = high[Math.floor(high.length * (1 - recall))]
    return low.filter((s) => s >= threshold).length / low.length
  }
  let below = 0
  let area = 0
  for (const s of high) {
    while (below < low.length && low[below] < s) below += 1
    area += below
  }
  return [area / (high.length * low.length), at(0.99), at(0.95)]
}

const scores = { 'Shannon entropy': shannonEntropy, 'character n-grams (ours)': randomness }
if (tokenizer) {
  const { encode } = await import(pathToFileURL(resolve(tokenizer)).href)
  scores['tokens per character under a byte-pair encoding'] = (text) => encode(text).length / text.length
}
const [random, wordy] = [noise(), words()]
process.stdout.write(`${random.length} random values, ${wordy.length} words\n`)
for (const [name, score] of Object.entries(scores)) {
  const [area, at99, at95] = figures(score, random, wordy)
  process.stdout.write(
    `| ${name} | ${area.toFixed(4)} | ${(100 * at99).toFixed(2)} % | ${(100 * at95).toFixed(2)} % |\n`,
  )
}
