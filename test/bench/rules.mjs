// What each rule costs over a text corpus: the engine's own matching at the prefilter's hits, one rule at a time.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { median } from './measure.mjs'
import { ROOT } from './scratch.mjs'

const EXPORTS = `
export { createEngine, createFastPrefilter, HitBuffer } from './src/engine/index.ts'
export { matchRules } from './src/engine/match.ts'
export { buildTables } from './src/engine/tables.ts'
export { readRules } from './src/rules/bundle.ts'
export { wholeChunk } from './src/model/index.ts'`

/** The engine's parts, bundled from source beside the kernel they load. */
async function loadEngine() {
  const outfile = join(ROOT, 'dist', `.bench-engine-${process.pid}.mjs`)
  const stdin = { contents: EXPORTS, resolveDir: ROOT, loader: 'ts' }
  const options = { bundle: true, format: 'esm', platform: 'node', logLevel: 'warning' }
  try {
    await build({ absWorkingDir: ROOT, stdin, outfile, ...options, define: { UNLEAK_VERSION: '"bench"' } })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(outfile, { force: true })
  }
}

const MAX_FILE = 4 << 20

/** Text files below `folder`, in the order of their names, up to `maxBytes` together. */
export function readCorpus(folder, maxBytes) {
  const files = []
  let left = maxBytes
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  for (const path of entries.filter((name) => !/[\\/]\.git[\\/]/.test(name)).sort()) {
    if (left <= 0) break
    const bytes = readFileSync(path)
    if (bytes.length > MAX_FILE || bytes.subarray(0, 8192).includes(0)) continue
    files.push({ path, bytes })
    left -= bytes.length
  }
  return files
}

const clock = (work) => {
  const start = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - start) / 1e6
}

/** Milliseconds of `work`, best of a few so that the machine's other work counts least. */
const fastest = (work, times = 3) => Math.min(...Array.from({ length: times }, () => clock(work)))

/** The hits of each rule in each file, in order: what the prefilter gives when it is asked for all rules. */
function hitsByRule(engine, tables, prefilter, files) {
  const hits = new engine.HitBuffer()
  const byRule = new Map()
  for (const [at, { bytes }] of files.entries()) {
    hits.clear()
    prefilter.find(bytes, 0, bytes.length, hits)
    for (let i = 0; i < hits.length; i++) {
      const keyword = hits.keywords[i]
      if (keyword >= tables.firstTrigger) continue
      for (const { rule } of tables.wakesOf(keyword)) {
        const files = byRule.get(rule.index) ?? byRule.set(rule.index, new Map()).get(rule.index)
        const own = files.get(at) ?? files.set(at, new engine.HitBuffer()).get(at)
        own.push(keyword, hits.offsets[i])
      }
    }
  }
  return byRule
}

/** The tables with one rule awake. */
function alone(tables, index) {
  return {
    ...tables,
    wakesOf: (keyword) => tables.wakesOf(keyword).filter(({ rule }) => rule.index === index),
  }
}

const identity = (start, end) => ({ start, end })

/** Cost of each rule and of the parts of the scan over `files`. */
export async function measureRules(files, { runs }) {
  const engine = await loadEngine()
  const ruleset = engine.readRules(
    ...['rules.jsonl', 'rules-index.bin'].map((name) => join(ROOT, 'dist', name)),
  )
  const tables = engine.buildTables(ruleset)
  const prefilter = engine.createFastPrefilter(tables.keywords, '')
  const layers = files.map(({ path, bytes }) => ({
    text: bytes.toString('latin1'),
    base: 0,
    path,
    via: [],
    toChunk: identity,
  }))
  const matchAll = (some, byFile) => {
    let matches = 0
    for (const [at, hits] of byFile)
      matches += engine.matchRules(some, layers[at], hits, 0, hits.length).length
    return matches
  }
  const byRule = hitsByRule(engine, tables, prefilter, files)
  const rules = ruleset.rules.map((rule, index) => {
    const byFile = byRule.get(index) ?? new Map()
    const some = alone(tables, index)
    let hits = 0
    for (const buffer of byFile.values()) hits += buffer.length
    return { id: rule.id, hits, matches: matchAll(some, byFile), ms: fastest(() => matchAll(some, byFile)) }
  })
  return { rules, ...scanParts(engine, ruleset, tables, prefilter, files, runs) }
}

/** The whole scan of the files by the engine, and the prefilter's part of it. */
function scanParts(engine, ruleset, tables, prefilter, files, runs) {
  const whole = engine.createEngine(ruleset, engine.createFastPrefilter)
  const chunks = files.map(({ path, bytes }) => engine.wholeChunk(bytes, { kind: 'file', path }))
  const scan = () => chunks.reduce((sum, chunk) => sum + whole.match(chunk).matches.length, 0)
  const hits = new engine.HitBuffer()
  const find = () => {
    for (const { bytes } of files) {
      hits.clear()
      prefilter.find(bytes, 0, bytes.length, hits)
    }
  }
  scan()
  const times = Array.from({ length: Math.min(runs, 5) }, () => [clock(scan), clock(find)])
  return {
    bytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    keywords: tables.firstTrigger,
    scanMs: median(times.map(([ms]) => ms)),
    prefilterMs: median(times.map(([, ms]) => ms)),
  }
}
