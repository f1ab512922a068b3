// What other threads find quiet is not read again, and counts the same; whatever happens to them, nothing is left out.
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createEngine, createFastPrefilter } from '../../src/engine/index.ts'
import { bundledRules } from '../../src/rules/bundled.ts'
import type { Named } from '../../src/sources/named-file.ts'
import { BLOCK, createClaims, itemsOf, openClaims } from '../../src/threads/claims.ts'
import { createLook } from '../../src/threads/look.ts'
import { share } from '../../src/threads/share.ts'
import type { Answer } from '../../src/threads/worker.ts'
import { openaiKey } from '../helpers/keys.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'

const ruleset = bundledRules()
const worker = new URL('../../dist/scan-worker.cjs', import.meta.url)
const COUNT = 40 * BLOCK + 7

/** Files without secrets but for those named; a candidate that filters drop in each. */
function makeFiles(odd: ReadonlyMap<number, string | Buffer>): { folder: string; items: Named[] } {
  const folder = tempFolder()
  const items = Array.from({ length: COUNT }, (_, i) => {
    const shown = `file-${i}.txt`
    writeFileSync(join(folder, shown), odd.get(i) ?? `const password = process.env.PASSWORD // ${i}\n`)
    return { path: join(folder, shown), shown, isListed: true }
  })
  return { folder, items }
}

async function shareAll(items: readonly Named[], folder: string, threads: number, entry = worker) {
  const read: string[] = []
  const told: Answer[] = []
  const sharing = { cwd: folder, root: folder, ruleset, threads, worker: entry }
  for await (const { shown } of share(items, {
    ...sharing,
    onAnswer: (answer) => told.push(answer as Answer),
  })) {
    read.push(shown)
    // What is left is for the others: they have the time to take it.
    if (threads > 0 && told.length === 0) await new Promise((resolve) => setTimeout(resolve, 2))
  }
  const sum = (of: (answer: Answer) => number) => told.reduce((total, answer) => total + of(answer), 0)
  return { read, files: sum(({ files }) => files), bytes: sum(({ bytes }) => bytes), told }
}

describe('claims', () => {
  it('gives each block to one only', () => {
    const one = createClaims(COUNT)
    const other = openClaims(one.shared)
    const taken = Array.from({ length: one.blocks }, (_, block) => [
      (block % 2 ? one : other).claim(block),
      one.claim(block),
      other.claim(block),
    ])
    expect(taken).toEqual(taken.map(() => [true, false, false]))
    const items = Array.from({ length: COUNT }, (_, i) => i)
    expect(taken.flatMap((_, block) => itemsOf(items, block))).toEqual(items)
  })
})

describe('share', () => {
  const last = COUNT - 1
  const odd = new Map<number, string | Buffer>([
    [0, `key = "${openaiKey()}"\n`],
    [last - 2, `key = "${openaiKey()}"\n`],
    [last - 1, gzipSync('what it holds')],
    [last, `\uFEFFkey = "${openaiKey()}"\n`],
  ])
  const { folder, items } = makeFiles(odd)
  const gone = { path: join(folder, 'gone.txt'), shown: 'gone.txt', isListed: true }
  const link = { path: join(folder, 'link'), shown: 'link', isListed: true }
  symlinkSync('file-1.txt', link.path)
  const named = [...items, gone, link, { path: folder, shown: 'folder', isListed: true }]

  it.each([1, 3])('with %i threads', async (threads) => {
    const { read, files, bytes, told } = await shareAll(named, folder, threads)
    expect(told.length).toBeGreaterThan(0)
    const order = named.map(({ shown }) => shown)
    expect(read).toEqual(order.filter((name) => read.includes(name)))
    expect(read).toEqual(expect.arrayContaining([0, last - 2, last - 1, last].map((i) => `file-${i}.txt`)))
    expect(read).toContain('folder')
    // Each file was read here or counted there, but for the one that is not there.
    const here = read.filter((name) => name !== 'folder' && name !== 'gone.txt')
    expect(files + here.length).toBe(named.length - 2)
    expect(bytes).toBeGreaterThan(files * 40)
    const dropped = told.reduce((sum, answer) => sum + (answer.dropped.get('template expression') ?? 0), 0)
    expect(dropped).toBeLessThanOrEqual(files)
    expect([...told[0]!.dropped.values()].length).toBeGreaterThan(0)
  })

  it('reads all here without other threads, or without their program', async () => {
    const all = named.map(({ shown }) => shown)
    expect((await shareAll(named, folder, 0)).read).toEqual(all)
    const nowhere = pathToFileURL(join(folder, 'nowhere.cjs'))
    expect((await shareAll(named, folder, 2, nowhere)).read).toEqual(all)
  })

  it('reads here what a thread that fails has taken', async () => {
    const failing = join(folder, 'failing.cjs')
    writeFileSync(
      failing,
      `const { workerData } = require('node:worker_threads')
       const taken = new Int32Array(workerData.claims)
       for (let i = taken.length - 1; i > 3; i--) Atomics.compareExchange(taken, i, 0, 1)
       throw new Error('broken')`,
    )
    const { read, told } = await shareAll(named, folder, 2, pathToFileURL(failing))
    expect(told).toEqual([])
    expect(read).toEqual(named.map(({ shown }) => shown))
  })

  it('can be left early', async () => {
    const sharing = { cwd: folder, root: folder, ruleset, threads: 2, worker, onAnswer: () => {} }
    for await (const { shown } of share(items, sharing)) {
      expect(shown).toBe('file-0.txt')
      break
    }
  })
})

describe('look', () => {
  const engine = createEngine(ruleset, createFastPrefilter)

  it('counts a staged blob once and its places each', () => {
    const repo = makeRepo()
    repo.write({ 'a.txt': 'nothing here\n', 'key.txt': `${openaiKey()}\n` })
    repo.git('add', '.')
    const look = createLook(engine, repo.path, repo.path)
    const oidOf = (path: string) => repo.git('rev-parse', `:${path}`).trim()
    const entries = ['a.txt', 'b.txt'].map((path) => ({ path, mode: '100644' }))
    expect(look({ oid: oidOf('a.txt'), entries })).toEqual({
      files: 2,
      blobs: 1,
      bytes: 13,
      dropped: new Map(),
    })
    expect(look({ oid: oidOf('key.txt'), entries })).toBeUndefined()
    expect(look({ oid: 'f'.repeat(40), entries })).toBeUndefined()
  })
})
