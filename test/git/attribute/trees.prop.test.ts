// A tree read by what its delta changed gives the same graph as one that is read whole, whatever is copied from where.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeTreeGraphs, treeGraphData } from '../../../src/git/attribute/merge.ts'
import { createTreeReader, wantedBlobs, wantedIn } from '../../../src/git/attribute/trees.ts'
import type { EachBase } from '../../../src/git/pack/contract.ts'

const HASH = 20
const WANTED = [1, 2, 3].map((n) => Buffer.alloc(HASH, n).toString('hex'))

/** Ids with bytes that look like entries, so that copies can begin and end anywhere. */
const id = fc.oneof(
  fc.integer({ min: 1, max: 6 }).map((n) => Buffer.alloc(HASH, n)),
  fc
    .constantFrom('40000 a', '100644 b')
    .map((text) => Buffer.concat([Buffer.from(text), Buffer.alloc(HASH)], HASH)),
)
const entry = fc
  .tuple(
    fc.constantFrom('40000', '100644', '160000', '120000'),
    fc.constantFrom('a', 'b', 'name', 'x'.repeat(30)),
    id,
  )
  .map(([mode, name, oid]) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), oid]))

/** What is made of the base: a part of it, or new entries, or bytes that are no entries. */
const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ from: fc.nat(400), length: fc.nat(300), isWhole: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.array(entry, { minLength: 1, maxLength: 3 }).map((list) => Buffer.concat(list)),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)) },
)
const version = fc.array(part, { maxLength: 6 })

type Part = Buffer | { readonly from: number; readonly length: number; readonly isWhole: boolean }

interface Made {
  readonly bytes: Buffer
  readonly copies: Uint32Array
}

function make(base: Buffer, starts: readonly number[], parts: readonly Part[]): Made {
  const copies: number[] = []
  const pieces: Buffer[] = []
  let to = 0
  for (const part of parts) {
    let piece = Buffer.isBuffer(part) ? part : undefined
    if (!Buffer.isBuffer(part)) {
      const { from, length, isWhole } = part
      const first = isWhole ? starts[from % starts.length]! : Math.min(from, base.length)
      const end = isWhole ? starts.findLast((start) => start <= first + length)! : first + length
      piece = base.subarray(first, Math.max(first, end))
      if (piece.length > 0) copies.push(to, first, piece.length)
    }
    pieces.push(piece!)
    to += piece!.length
  }
  return { bytes: Buffer.concat(pieces), copies: Uint32Array.from(copies) }
}

const oidOf = (n: number) => Buffer.alloc(HASH, 100 + n)

function graphOf(read: (reader: ReturnType<typeof createTreeReader>) => void) {
  const met: string[] = []
  const reader = createTreeReader(HASH, wantedIn(wantedBlobs(WANTED, HASH)), (bytes, at) =>
    met.push(Buffer.from(bytes).toString('hex', at, at + HASH)),
  )
  read(reader)
  const { ids, names, ...graph } = mergeTreeGraphs([treeGraphData(reader.graph())], HASH)
  return { ...graph, ids: ids.size(), names: names.size(), met }
}

describe('a tree that is made of another', () => {
  it('gives what it gives when it is read whole', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 12 }),
        fc.array(version, { maxLength: 6 }),
        (first, later) => {
          const starts = [
            0,
            ...first.map((_, i) => first.slice(0, i + 1).reduce((sum, e) => sum + e.length, 0)),
          ]
          const base = Buffer.concat(first)
          const made = later.map((parts) => make(base, starts, parts))
          const whole = graphOf((reader) => {
            reader.read(oidOf(0), base)
            for (const [i, { bytes }] of made.entries()) reader.read(oidOf(i + 1), bytes)
          })
          const derived = graphOf((reader) => {
            const note = reader.read(oidOf(0), base)
            for (const [i, { bytes, copies }] of made.entries()) {
              const from: EachBase = { note, copies }
              reader.read(oidOf(i + 1), bytes, from)
            }
          })
          expect(derived).toEqual(whole)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is read whole when its base was read too long ago', () => {
    const many = Buffer.concat(
      Array.from({ length: 3000 }, (_, i) =>
        Buffer.concat([Buffer.from(`100644 f${i}\0`), Buffer.alloc(HASH, 9)]),
      ),
    )
    const base = Buffer.concat([Buffer.from('40000 a\0'), Buffer.alloc(HASH, 5)])
    const copies = Uint32Array.of(0, 0, base.length)
    const read = (isDerived: boolean) =>
      graphOf((reader) => {
        const note = reader.read(oidOf(0), base)
        for (let i = 0; i < 300; i++) reader.read(Buffer.from(`0123456789abcdef${1000 + i}`, 'latin1'), many)
        reader.read(oidOf(1), base, isDerived ? { note, copies } : undefined)
      })
    expect(read(true)).toEqual(read(false))
    expect(read(true).edgeChildren.length).toBe(2)
  })
})
