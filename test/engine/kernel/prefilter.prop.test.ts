// The kernel's prefilter and run finder against their references: the same hits in the same order, everywhere.
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createKeywordTable } from '../../../src/engine/kernel/keyword-table.ts'
import type { Kernel } from '../../../src/engine/kernel/load.ts'
import { createKernelPrefilter } from '../../../src/engine/kernel/prefilter.ts'
import { findRuns } from '../../../src/engine/kernel/runs.ts'
import { createPrefilter, HitBuffer, type Prefilter } from '../../../src/engine/prefilter.ts'
import { freshKernel, randomNumbers } from './helpers.ts'

const SLAB = 1 << 17
let kernel: Kernel

beforeAll(async () => {
  kernel = await freshKernel()
})

function hitsOf(prefilter: Prefilter, bytes: Uint8Array, from = 0, to = bytes.length): string {
  const hits = new HitBuffer()
  prefilter.find(bytes, from, to, hits)
  return Array.from({ length: hits.length }, (_, i) => `${hits.offsets[i]}:${hits.keywords[i]}`).join(' ')
}

const character = fc.constantFrom(...'abcxyz_-.%0189/\\ ')
const keyword = fc.string({ unit: character, minLength: 3, maxLength: 20 })
/** Keywords that contain, begin and end one another, as well as free ones. */
const keywordSet = fc
  .uniqueArray(keyword, { minLength: 1, maxLength: 12 })
  .map((list) => [
    ...new Set(list.flatMap((k) => [k, k.slice(0, 3), k.slice(-4), `${k}abc`]).filter((k) => k.length > 2)),
  ])

const piece = fc.oneof(
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: character, maxLength: 30 }).map((text) => Buffer.from(text)),
)

function plant(keywords: string[], pieces: Buffer[], picks: number[]): Buffer {
  const parts = pieces.flatMap((bytes, i) => {
    const text = keywords[(picks[i] ?? 0) % keywords.length]!
    return [bytes, Buffer.from((picks[i] ?? 0) % 2 ? text : text.toUpperCase())]
  })
  return Buffer.concat(parts)
}

describe('createKernelPrefilter', () => {
  it('finds what the reference finds, in any range', () => {
    const numbers = fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(
        keywordSet,
        fc.array(piece, { maxLength: 8 }),
        numbers,
        fc.nat(50),
        fc.nat(300),
        (k, p, n, a, b) => {
          const bytes = plant(k, p, n)
          const [reference, fast] = [
            createPrefilter(k),
            createKernelPrefilter(kernel, createKeywordTable(kernel, k)),
          ]
          expect(hitsOf(fast, bytes)).toBe(hitsOf(reference, bytes))
          const from = Math.min(a, bytes.length)
          expect(hitsOf(fast, bytes, from, from + b)).toBe(hitsOf(reference, bytes, from, from + b))
        },
      ),
      { numRuns: 150, seed: 3 },
    )
  })

  it('finds a keyword at every alignment and around every border of a slab', () => {
    const keywords = ['sk-', 'akia', 'ghp_x', 'secret', 'averyveryverylongkeyword-with-more']
    const [reference, fast] = [
      createPrefilter(keywords),
      createKernelPrefilter(kernel, createKeywordTable(kernel, keywords)),
    ]
    for (const text of keywords) {
      for (let shift = -50; shift < 20; shift++) {
        const bytes = Buffer.alloc(2 * SLAB + 100, '.')
        bytes.write(text, SLAB + shift)
        bytes.write(text.toUpperCase(), 100 + shift)
        bytes.write(text, bytes.length - text.length)
        expect(hitsOf(fast, bytes)).toBe(hitsOf(reference, bytes))
      }
    }
  })

  it('finds thousands of keywords and more hits than it has room for', () => {
    const random = randomNumbers(11)
    const letters = 'abcdefghijklmnopqrstuvwxyz_-'
    const word = () => Array.from({ length: 3 + random(9) }, () => letters[random(28)]).join('')
    const keywords = [...new Set(Array.from({ length: 4000 }, word)), 'aaa', 'aaaa', 'aaaaaaaaaa']
    const [reference, fast] = [
      createPrefilter(keywords),
      createKernelPrefilter(kernel, createKeywordTable(kernel, keywords)),
    ]
    const text = Array.from({ length: 40000 }, () =>
      random(3) ? word() : keywords[random(keywords.length)],
    ).join(' ')
    expect(hitsOf(fast, Buffer.from(text))).toBe(hitsOf(reference, Buffer.from(text)))
    const many = Buffer.alloc(30000, 'A')
    expect(hitsOf(fast, many)).toBe(hitsOf(reference, many))
  })

  it('works with several sets of keywords in one kernel, and with none', () => {
    const sets = [['abc'], ['xyz-'], []].map((k) =>
      createKernelPrefilter(kernel, createKeywordTable(kernel, k)),
    )
    const bytes = Buffer.from('abc xyz- abc')
    expect(sets.map((set) => hitsOf(set, bytes))).toEqual(['0:0 9:0', '4:0', ''])
    expect(hitsOf(sets[0]!, bytes)).toBe('0:0 9:0')
  })

  it('refuses what is no keyword', () => {
    for (const bad of ['ab', 'Abc', 'schlüssel', 'x'.repeat(1025)]) {
      expect(() => createKernelPrefilter(kernel, createKeywordTable(kernel, [bad]))).toThrow(RangeError)
    }
  })
})

describe('findRuns', () => {
  it('gives the same runs in the kernel and in the reference', () => {
    const chars = fc.constantFrom(...'aZ9+/_- \n."')
    const text = fc.array(fc.tuple(chars, fc.integer({ min: 1, max: 40 })), { maxLength: 30 })
    const at = kernel.reserve(4096)
    const out = kernel.reserve(4096)
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), fc.nat(9), (parts, minLength, cut) => {
        const bytes = Buffer.from(parts.map(([char, n]) => char.repeat(n)).join(''))
        const to = Math.max(0, bytes.length - cut)
        const from = Math.min(cut, to)
        const runs: number[] = []
        findRuns(bytes, from, to, minLength, runs)
        kernel.bytes().set(bytes, at)
        const found = kernel.exports.findRuns(at, from, to, minLength, 0, out, 512)
        expect([...new Uint32Array(kernel.bytes().buffer, out, found * 2)]).toEqual(runs)
        expect(runs).toEqual(byRegex(bytes.subarray(from, to), from, minLength))
      }),
      { numRuns: 500, seed: 4 },
    )
  })
})

describe('findRuns of text', () => {
  it('keeps the runs whose start decodes to text', () => {
    const at = kernel.reserve(4096)
    const out = kernel.reserve(4096)
    const word = fc.oneof(
      fc
        .string({ unit: fc.constantFrom(...'ab cd{}"\n\t~\0'), minLength: 18, maxLength: 40 })
        .map((s) => Buffer.from(s)),
      fc.uint8Array({ minLength: 18, maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    )
    const encoding = fc.constantFrom('base64' as const, 'base64url' as const)
    fc.assert(
      fc.property(fc.array(fc.tuple(word, encoding), { maxLength: 20 }), (words) => {
        const text = words.map(([bytes, name]) => bytes.toString(name)).join(' ')
        const runs: number[] = []
        findRuns(Buffer.from(text), 0, text.length, 24, runs)
        const wanted: number[] = []
        for (let i = 0; i < runs.length; i += 2) {
          const head = Buffer.from(text.slice(runs[i]!, runs[i]! + 16), 'base64').toString('latin1')
          if (/^[\x20-\x7e\t\n\r\0]{12}$/.test(head)) wanted.push(runs[i]!, runs[i + 1]!)
        }
        kernel.bytes().set(Buffer.from(text), at)
        const found = kernel.exports.findRuns(at, 0, text.length, 24, 1, out, 512)
        expect([...new Uint32Array(kernel.bytes().buffer, out, found * 2)]).toEqual(wanted)
      }),
      { numRuns: 300, seed: 5 },
    )
  })
})

function byRegex(bytes: Buffer, shift: number, minLength: number): number[] {
  const matches = [...bytes.toString('latin1').matchAll(/[A-Za-z0-9+/_-]+/g)]
  return matches
    .filter((match) => match[0].length >= minLength)
    .flatMap((match) => [match.index + shift, match.index + match[0].length + shift])
}

describe('findUtf16', () => {
  it('knows eight characters in UTF-16 of either byte order, at any place, and nothing less', () => {
    const at = kernel.reserve(4096)
    const look = (bytes: Uint8Array) => {
      kernel.bytes().set(bytes, at)
      return kernel.exports.findUtf16(at, 0, bytes.length) !== 0
    }
    for (let before = 0; before < 40; before++) {
      for (const [length, wanted] of [
        [8, true],
        [7, false],
      ] as const) {
        const little = Buffer.from('password'.slice(0, length), 'utf16le')
        const big = Buffer.from(little).swap16()
        for (const run of [little, big]) {
          expect(look(Buffer.concat([Buffer.alloc(before, 0x80), run, Buffer.alloc(3, 0x80)]))).toBe(wanted)
          expect(look(Buffer.concat([Buffer.alloc(before, 0x80), run]))).toBe(wanted)
        }
      }
    }
    expect(look(Buffer.alloc(500))).toBe(false)
    expect(look(Buffer.alloc(500, 'plain text '))).toBe(false)
  })
})

describe('runs of base64 over slabs', () => {
  it('are those of the reference, but for runs that do not decode to text', async () => {
    const kernel = await freshKernel()
    const fast = createKernelPrefilter(kernel, createKeywordTable(kernel, ['abc']))
    const plain = createPrefilter(['abc'])
    const text = Buffer.from('a text that decodes '.repeat(9000)).toString('base64')
    const pieces = [
      text.slice(0, 131072 - 10),
      text.slice(0, 40),
      text,
      text.slice(0, 30),
      text.slice(0, 131072),
    ]
    for (const gap of [' ', '\n', '"  ']) {
      const bytes = Buffer.from(pieces.join(gap))
      const [got, wanted]: [number[], number[]] = [[], []]
      fast.findRuns(bytes, got)
      plain.findRuns(bytes, wanted)
      expect(got).toEqual(wanted)
    }
    const noise = Buffer.from(
      `${'x'.repeat(30)} ${text.slice(0, 30)} ${'/'.repeat(200_000)} ${text.slice(0, 30)}`,
    )
    const [got, wanted]: [number[], number[]] = [[], []]
    fast.findRuns(noise, got)
    plain.findRuns(noise, wanted)
    expect(wanted.join()).toContain(got.slice(-2).join())
    expect(got.length).toBeGreaterThanOrEqual(4)
  })
})
