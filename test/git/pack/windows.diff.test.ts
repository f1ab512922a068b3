// Searching only what a delta changes against searching every object whole.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { JOINT_PROBE } from '../../../src/engine/probe.ts'
import type { Sought } from '../../../src/git/pack/contract.ts'
import { makeHistory, makeRepo, type Repo, SOUGHT, search } from './helpers.ts'

const REACH = SOUGHT.reach

function deepRepo(seed: number): Repo {
  const repo = makeRepo()
  makeHistory(repo, 60, seed)
  repo.git('repack', '-adfq', '--depth=60', '--window=60', '--threads=1')
  return repo
}

function basesOf(repo: Repo): Map<string, string> {
  const out = repo
    .git('cat-file', '--batch-all-objects', '--batch-check=%(objectname) %(deltabase)')
    .toString()
  const pairs = out
    .trim()
    .split('\n')
    .map((line) => line.split(' ') as [string, string])
  return new Map(pairs.filter(([, base]) => !/^0+$/.test(base)))
}

/** Bytes up to REACH before and after the keyword's start, and whether the text starts or ends within them. */
function surroundings(bytes: Buffer, start: number): [Buffer, boolean, boolean] {
  const from = start - REACH
  const to = start + REACH
  return [bytes.subarray(Math.max(0, from), to), from < 0, to > bytes.length]
}

function standsIn(base: Buffer, [text, first, last]: [Buffer, boolean, boolean]): boolean {
  if (first) return base.subarray(0, text.length).equals(text)
  if (last) return base.subarray(base.length - text.length).equals(text)
  return base.includes(text)
}

/** For some of the keywords, what must lie near: a run, one behind a space, a broken token. */
const PROBES: Sought['probes'] = [
  [{ bytes: '[0-9]', length: 3, from: 7, to: 9 }],
  [JOINT_PROBE, { bytes: '[a-z]', length: 7, from: -40, to: 0, start: 0 }],
  [{ bytes: '[a-z]', length: 8, from: -30, to: 30 }],
  undefined,
  [],
  [{ bytes: '[a-z]', length: 6, from: 5, to: 60, behind: '[ ]', edge: true, most: 7 }],
  undefined,
]

describe('windows', () => {
  it.each([
    ['', {}],
    [' and whose probes hold', { sought: { ...SOUGHT, probes: PROBES } }],
  ])('leave out only keywords whose surroundings stand unchanged in the base%s', async (_, options) => {
    let left = 0
    for (const seed of [21, 22, 23]) {
      const repo = deepRepo(seed)
      const bases = basesOf(repo)
      const whole = await search(repo.gitDir, { ...options, whole: true }, () => false)
      const parts = await search(repo.gitDir, options, () => false)
      for (const [id, { hits, bytes }] of whole) {
        const seen = new Set(parts.get(id)?.hits)
        expect(hits).toEqual(expect.arrayContaining([...seen]))
        for (const hit of hits.filter((h) => !seen.has(h))) {
          const offset = Number(hit.split(':')[0])
          const base = whole.get(bases.get(id)!)!.bytes
          expect(standsIn(base, surroundings(bytes, offset))).toBe(true)
          left += 1
        }
      }
    }
    expect(left).toBeGreaterThan(1000)
  })

  it('leave out only base64 runs that stand unchanged in the base', async () => {
    let left = 0
    const repo = deepRepo(25)
    const bases = basesOf(repo)
    const whole = await search(repo.gitDir, { whole: true, minRun: 12 }, () => false)
    const parts = await search(repo.gitDir, { minRun: 12 }, () => false)
    for (const [id, { runs, bytes }] of whole) {
      const seen = new Set(parts.get(id)?.runs)
      expect(runs).toEqual(expect.arrayContaining([...seen]))
      for (const run of runs.filter((r) => !seen.has(r))) {
        const [start, end] = run.split('-').map(Number) as [number, number]
        const text = bytes.subarray(Math.max(0, start - 1), end + 1)
        expect(whole.get(bases.get(id)!)!.bytes.includes(text)).toBe(true)
        left += 1
      }
    }
    expect(left).toBeGreaterThan(1000)
  })

  it.each([
    ['', {}],
    [', by the same probes', { sought: { ...SOUGHT, probes: PROBES } }],
  ])('find all that a whole search finds when every finding is sticky%s', async (_, options) => {
    const repo = deepRepo(24)
    const whole = await search(repo.gitDir, { ...options, whole: true }, () => true)
    const parts = await search(repo.gitDir, options, (o) => o.hits.length + o.runs.length > 0)
    for (const [id, { hits, runs }] of whole) {
      expect(parts.get(id)?.hits ?? []).toEqual(hits)
      expect(parts.get(id)?.runs ?? []).toEqual(runs)
    }
  })

  it('are widened to the ends of long base64 text, wrapped or not', async () => {
    const repo = makeRepo()
    const words = Array.from({ length: 400 }, (_, i) =>
      createHash('sha256').update(`${i}`).digest('base64url'),
    )
    const filler = words.map((word) => word.slice(0, 9)).join(' \n')
    const long = words.slice(0, 60).join('')
    const wrapped = long.replace(/.{76}/g, '$&\n')
    for (const text of [long, wrapped, wrapped.replaceAll('\n', '\r\n')]) {
      for (const at of [30, 700, text.length - 30]) {
        repo.commit({ f: `${filler} "${text}" ${filler}${filler}` })
        repo.commit({ f: `${filler} "${text.slice(0, at)}Q${text.slice(at + 1)}" ${filler}${filler}` })
      }
    }
    repo.git('repack', '-adfq', '--threads=1')
    const parts = await search(repo.gitDir, { types: ['blob'] }, () => false)
    let partial = 0
    for (const { bytes, windows } of parts.values()) {
      if (windows.length === 2 && windows[0] === 0 && windows[1] === bytes.length) continue
      partial += 1
      const start = bytes.indexOf('"') + 1
      const end = bytes.lastIndexOf('"')
      const covered = windows.some((from, i) => i % 2 === 0 && from <= start && windows[i + 1]! >= end)
      const untouched = windows.every((from, i) => i % 2 === 1 || from >= end || windows[i + 1]! <= start)
      expect(covered || untouched).toBe(true)
    }
    expect(partial).toBeGreaterThan(5)
  })

  it('are the whole object for UTF-16, long keywords and what is based on them', async () => {
    const repo = makeRepo()
    const lines = Array.from({ length: 300 }, (_, i) =>
      createHash('sha1').update(`${i}`).digest('hex').slice(0, 20),
    )
    const text = (i: number) => lines.map((line, j) => (i === j ? `${line} changed ${i}` : line)).join('\n')
    for (let i = 1; i < 12; i++) {
      repo.commit({
        utf16: Buffer.from(`\ufeff${text(i * 20)}`, 'utf16le'),
        binary: Buffer.concat([Buffer.from(text(i * 7)), Buffer.from(`\0\0password ${i}`, 'utf16le')]),
        pem: `${text(i * 20)}\n-----BEGIN\n${text(i * 9)}`,
      })
    }
    repo.git('repack', '-adfq', '--depth=50', '--threads=1')
    const found = await search(repo.gitDir, { types: ['blob'] }, () => false)
    expect(found.size).toBe(33)
    for (const { bytes, windows, utf16, hits } of found.values()) {
      expect(windows).toEqual([0, bytes.length])
      expect(utf16 || hits.some((hit) => hit.endsWith(':6'))).toBe(true)
    }
  })
})
