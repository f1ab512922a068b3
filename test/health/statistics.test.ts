import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, unusual } from '../../src/health/statistics.ts'

const calm = [2, 2.2, 1.9, 2, 2.1, 2, 1.8, 2.3, 2, 2, 2.1, 1.9, 2, 2.2]

describe('median', () => {
  it('is the middle of what is sorted', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, 0])
  })
})

describe('unusual', () => {
  it('names days that stand out above their past, and only those', () => {
    expect(unusual([...calm, 2.1, 40, 2], 3, 1)).toEqual([{ index: 15, value: 40, usual: 2 }])
  })

  it('a thief in the past does not hide the one today', () => {
    expect(unusual([...calm, 500, 40], 1, 1).map(({ value }) => value)).toEqual([40])
  })

  it('finds nothing in less, in little money, and without a past', () => {
    expect(unusual([...calm, 0.1], 1, 1)).toEqual([])
    expect(unusual([0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.9], 1, 1)).toEqual([])
    expect(unusual([1, 1, 1, 100], 1, 1)).toEqual([])
  })

  it('never blames days that are like all others, whatever their level', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        fc.integer({ min: 8, max: 40 }),
        (level, n) => {
          expect(unusual(Array(n).fill(level), 3, 1)).toEqual([])
        },
      ),
    )
  })
})
