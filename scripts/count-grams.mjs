// Counts which bytes in a row are common in source text, and writes src/engine/kernel/common-grams.txt.
// node scripts/count-grams.mjs FOLDER ...   each folder is one project and counts the same, whatever its size
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const TARGET = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src/engine/kernel/common-grams.txt')
const BYTES_OF_EACH = 6e6
const LARGEST_FILE = 300_000
const KEPT = { fours: 6000, threes: 1500 }

/** Bytes in a row, folded as the kernel folds them, by how often they stand in the files: a map for each length. */
function countGrams(folders) {
  const counts = { threes: new Map(), fours: new Map() }
  let bytes = 0
  for (const folder of folders) {
    for (const text of sampleOf(folder)) {
      bytes += text.length
      addGrams(counts.threes, text, 3)
      addGrams(counts.fours, text, 4)
    }
  }
  return { counts, bytes }
}

/** Files spread evenly over the folder, as text of at most BYTES_OF_EACH; none with a zero byte. */
function sampleOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => statSync(file).size <= LARGEST_FILE)
    .sort()
  const total = files.reduce((sum, file) => sum + statSync(file).size, 0)
  const step = Math.max(1, Math.ceil(total / BYTES_OF_EACH))
  return files
    .filter((_, i) => i % step === 0)
    .map((file) => readFileSync(file, 'latin1').toLowerCase())
    .filter((text) => !text.includes('\0'))
}

function addGrams(map, text, size) {
  for (let i = 0; i + size <= text.length; i++) {
    const gram = text.slice(i, i + size)
    map.set(gram, (map.get(gram) ?? 0) + 1)
  }
}

/** The most common first; only what a keyword can hold: printable ASCII. */
function mostCommon(map, count) {
  return [...map]
    .filter(([gram]) => /^[ -~]*$/.test(gram))
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, count)
    .map(([gram]) => gram)
    .join('')
}

const folders = process.argv.slice(2)
if (folders.length === 0) throw new Error('name the folders to count in, one for each project')
const { counts, bytes } = countGrams(folders)
writeFileSync(TARGET, `${mostCommon(counts.fours, KEPT.fours)}\n${mostCommon(counts.threes, KEPT.threes)}\n`)
console.log(`${TARGET}: counted over ${Math.round(bytes / 1e6)} MB of ${folders.length} projects`)
