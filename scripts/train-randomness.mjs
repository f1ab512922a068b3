// Rebuilds src/filters/randomness-model.ts from directories of source text: node scripts/train-randomness.mjs DIR…
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { build } from 'esbuild'

const OUT = 'src/filters/randomness-model.ts'
const TEXT = /\.(?:ts|tsx|mts|js|mjs|cjs|py|md|mdx|json|ya?ml|css|html)$/
const SKIP = /^(?:\.git|dist|package-lock\.json|.*-lock\.ya?ml|.*\.min\.js)$/
const TOKEN = /[A-Za-z0-9_.$/:@-]{4,64}/g
const MAX_FILE = 512 * 1024
const MAX_COST = 8

/** Files of a directory in the order of their names, so that every run counts the same. */
function* filesOf(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const path = join(directory, entry.name)
    if (SKIP.test(entry.name)) continue
    if (entry.isDirectory()) yield* filesOf(path)
    else if (entry.isFile() && TEXT.test(entry.name) && statSync(path).size <= MAX_FILE) yield path
  }
}

/** How often each distinct token stands in the text; minified lines and what smells of noise are left out. */
function countTokens(directories) {
  const counts = new Map()
  for (const directory of directories)
    for (const path of filesOf(directory))
      for (const line of readFileSync(path, 'latin1').split('\n')) {
        if (line.length > 300) continue
        for (const [token] of line.matchAll(TOKEN))
          if (isWordy(token)) counts.set(token, (counts.get(token) ?? 0) + 1)
      }
  return counts
}

function isWordy(token) {
  const digits = token.replace(/[^0-9]/g, '').length
  if (digits * 3 > token.length) return false
  return !(digits > 0 && /[A-Za-z0-9]{24}/.test(token)) && /[A-Za-z]{3}/.test(token)
}

function mulberry(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Cost tables in quantised bits: trigrams of letters backed off to bigrams, and classes after three classes. */
function trainTables(counts, lib) {
  const { LETTERS, SYMBOLS, CLASSES, walk } = lib
  const tri = new Float64Array(SYMBOLS * SYMBOLS * LETTERS)
  const bi = new Float64Array(SYMBOLS * LETTERS)
  const cls = new Float64Array(64 * CLASSES).fill(0.5)
  for (const [token, count] of counts) {
    const weight = 1 + Math.log2(count)
    walk(token, (context, symbol, classContext, klass) => {
      cls[classContext * CLASSES + klass] += weight
      if (symbol >= LETTERS) return
      tri[context * LETTERS + symbol] += weight
      bi[(context % SYMBOLS) * LETTERS + symbol] += weight
    })
  }
  const biP = normalise(bi, LETTERS, () => 1 / LETTERS, 20)
  const triP = normalise(tri, LETTERS, (row, i) => biP[(row % SYMBOLS) * LETTERS + i], 60)
  const clsP = normalise(cls, CLASSES, () => 1 / CLASSES, 4)
  return {
    letters: triP.map((p) => Math.round(Math.min(MAX_COST, -Math.log2(p)) * lib.LETTER_STEPS_PER_BIT)),
    classes: clsP.map((p) => Math.min(96, Math.round(-Math.log2(p) * lib.CLASS_STEPS_PER_BIT))),
  }
}

/** Rows of counts as probabilities, smoothed with `strength` imagined counts spread as `prior` says. */
function normalise(counts, width, prior, strength) {
  const out = new Float64Array(counts.length)
  for (let row = 0; row * width < counts.length; row++) {
    let total = 0
    for (let i = 0; i < width; i++) total += counts[row * width + i]
    for (let i = 0; i < width; i++)
      out[row * width + i] = (counts[row * width + i] + strength * prior(row, i)) / (total + strength)
  }
  return out
}

const ALPHABETS = (() => {
  const lower = 'abcdefghijklmnopqrstuvwxyz'
  const upper = lower.toUpperCase()
  const digits = '0123456789'
  return [
    lower + upper + digits,
    `${lower}${upper}${digits}-_`,
    `${lower}${upper}${digits}+/`,
    lower + digits,
    `${digits}abcdef`,
    lower + upper,
    upper + digits,
    lower,
    `${lower}234567`,
  ]
})()

/** Weights of the logistic score, fitted on words of the text against noise of every alphabet. */
function fitWeights(counts, tables, lib) {
  const random = mulberry(20261123)
  const words = [...counts.keys()].filter((token) => token.length >= 8)
  const rows = []
  for (let i = 0; i < 20000; i++) {
    const alphabet = ALPHABETS[i % ALPHABETS.length]
    const length = 10 + Math.floor(random() * 40)
    let noise = ''
    for (let j = 0; j < length; j++) noise += alphabet[Math.floor(random() * alphabet.length)]
    rows.push([lib.featuresOf(lib.gainOf(noise, tables)), 1])
    rows.push([lib.featuresOf(lib.gainOf(words[Math.floor(random() * words.length)], tables)), 0])
  }
  let weights = rows[0][0].map(() => 0)
  for (let step = 0; step < 3000; step++) {
    const gradient = weights.map((w) => w * 1e-4)
    for (const [features, label] of rows) {
      const odds = features.reduce((sum, f, i) => sum + f * weights[i], 0)
      const error = 1 / (1 + Math.exp(-odds)) - label
      for (let i = 0; i < gradient.length; i++) gradient[i] += (error * features[i]) / rows.length
    }
    weights = weights.map((w, i) => w - gradient[i] * 0.5)
  }
  return weights.map((w) => Number(w.toFixed(3)))
}

async function loadLibrary() {
  const { outputFiles } = await build({
    entryPoints: ['src/filters/randomness.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}

function wrapped(text) {
  return text
    .match(/.{1,104}/g)
    .map((line) => `  '${line}',`)
    .join('\n')
}

const directories = process.argv.slice(2)
if (directories.length === 0) throw new Error('usage: node scripts/train-randomness.mjs DIR…')
const lib = await loadLibrary()
const counts = countTokens(directories)
const tables = trainTables(counts, lib)
const weights = fitWeights(counts, tables, lib)
const pack = (table) => deflateRawSync(Uint8Array.from(table), { level: 9 }).toString('base64')
const letters = pack(tables.letters)
const classes = pack(tables.classes)
writeFileSync(
  OUT,
  `// Made by scripts/train-randomness.mjs: statistics of words in source code, quantised; no text of it is kept.

const LETTERS = [
${wrapped(letters)}
]

const CLASSES = [
${wrapped(classes)}
]

export const RANDOMNESS_MODEL = {
  /** Deflated costs in bits of a letter after two symbols. */
  letters: LETTERS.join(''),
  /** Deflated costs in eighths of a bit of a character class after three classes. */
  classes: CLASSES.join(''),
  /** Of the logistic score: constant, letters, classes, length. */
  weights: [${weights.join(', ')}],
} as const
`,
)
console.log(
  `${counts.size} distinct tokens, ${letters.length + classes.length} bytes of base64, weights ${weights}`,
)
