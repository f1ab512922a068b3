// Runs a script with V8's compiled code of an earlier run, and keeps that code: what node does by itself from 22.1 on.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'
import { isOwn } from './cache-place.ts'

/** Entries that stay; each is one version of unleak, node and command. */
const MOST_KEPT = 24

/** Runs the CommonJS `file` and returns its exports; `keep` writes what is compiled by then to `cache`. */
export function runScript(
  file: string,
  cache: string,
  require: NodeJS.Require,
): { exports: unknown; keep?: () => void } {
  const source = readFileSync(file, 'latin1') // the bundle is ASCII
  const cachedData = read(cache)
  const script = new Script(`(function(exports,require,module,__filename,__dirname){${source}\n})`, {
    filename: file,
    ...(cachedData ? { cachedData } : {}),
  })
  const module = { exports: {}, importCold: (name: string) => import(name) }
  script.runInThisContext()(module.exports, require, module, file, dirname(file))
  // V8 turns down what another version of it made, or what is damaged.
  if (cachedData !== undefined && !script.cachedDataRejected) return { exports: module.exports }
  return { exports: module.exports, keep: () => write(cache, script.createCachedData()) }
}

/**
 * V8 trusts what it is handed, and ends the process over damage. So there are two copies: to compare them takes
 * microseconds, where a checksum takes a millisecond in code that has just begun to run.
 */
function read(cache: string): Buffer | undefined {
  try {
    if (!isOwn(cache)) return undefined
    const file = readFileSync(cache)
    const half = file.length / 2
    const data = file.subarray(0, half)
    return half > 0 && Number.isInteger(half) && data.equals(file.subarray(half)) ? data : undefined
  } catch {
    return undefined
  }
}

/** Whole or not at all; a cache that can't be written is no trouble. */
function write(cache: string, data: Buffer): void {
  const temporary = `${cache}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(cache), { recursive: true, mode: 0o700 })
    writeFileSync(temporary, Buffer.concat([data, data]), { mode: 0o600, flag: 'wx' })
    renameSync(temporary, cache)
    prune(dirname(cache))
  } catch {
    try {
      rmSync(temporary, { force: true })
    } catch {}
  }
}

function prune(folder: string): void {
  const paths = readdirSync(folder).map((name) => join(folder, name))
  const byAge = paths.map((path) => ({ path, age: -statSync(path).mtimeMs })).sort((a, b) => a.age - b.age)
  for (const { path } of byAge.slice(MOST_KEPT)) rmSync(path, { recursive: true, force: true })
}
