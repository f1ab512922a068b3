// The entry of an id is found in ids of one pack, which ascend, and in those of several, which don't.
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { storeOf } from '../../src/audit/references.ts'

const HASH = 20
const id = fc
  .tuple(fc.constantFrom(0, 1, 0xffff), fc.constantFrom(0, 1, 0xffff), fc.nat(3), fc.nat(3))
  .map(([first, second, middle, last]) => {
    const bytes = Buffer.alloc(HASH)
    bytes.writeUInt16BE(first, 0)
    bytes.writeUInt16BE(second, 2)
    bytes[10] = middle
    bytes[19] = last
    return bytes.toString('hex')
  })

it('finds every id and no other, sorted or not', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(id, { maxLength: 40 }),
      fc.array(id),
      fc.boolean(),
      fc.nat(),
      (ids, others, sorted, seed) => {
        const list = sorted ? ids.toSorted() : ids
        // Entries are numbered in another order than their ids.
        const positions = Uint32Array.from(
          list.map((_, i) => i).sort((a, b) => ((a * 7 + seed) % 11) - ((b * 7 + seed) % 11)),
        )
        const find = storeOf(Buffer.from(list.join(''), 'hex'), positions, HASH)
        for (const [entry, position] of positions.entries())
          expect(find(Buffer.from(`00${list[position]}`, 'hex'), 1)).toBe(entry)
        for (const other of others)
          if (!list.includes(other)) expect(find(Buffer.from(other, 'hex'), 0)).toBe(-1)
      },
    ),
  )
})
