// The prefilter finds every keyword that stands in the bytes, and nothing else, in order.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPrefilter, HitBuffer } from '../../src/engine/index.ts'

function naive(text: string, keywords: readonly string[]): string[] {
  const lower = text.toLowerCase()
  const found: [number, number][] = []
  for (const [index, keyword] of keywords.entries()) {
    for (let at = lower.indexOf(keyword); at !== -1; at = lower.indexOf(keyword, at + 1))
      found.push([at, index])
  }
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(String)
}

const letters = fc.constantFrom(...'abAB-_1./')
const keyword = fc.string({ unit: fc.constantFrom(...'ab-_1./'), minLength: 3, maxLength: 6 })

describe('createPrefilter', () => {
  it('finds exactly what a naive search finds', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(keyword, { minLength: 1, maxLength: 12 }),
        fc.array(letters, { maxLength: 200 }),
        (keywords, chars) => {
          const text = chars.join('')
          const hits = new HitBuffer()
          createPrefilter(keywords).find(Buffer.from(text, 'latin1'), 0, text.length, hits)
          const found = Array.from(
            { length: hits.length },
            (_, i) => `${hits.offsets[i]},${hits.keywords[i]}`,
          )
          expect(found).toEqual(naive(text, keywords))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('parts of a text find together what the whole does', () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 120 }), fc.nat(120), (chars, cut) => {
        const bytes = Buffer.from(chars.join(''), 'latin1')
        const prefilter = createPrefilter(['ab-', 'b-1', '1./', 'aab'])
        const middle = Math.min(cut, bytes.length)
        const whole = new HitBuffer()
        const parts = new HitBuffer()
        prefilter.find(bytes, 0, bytes.length, whole)
        prefilter.find(bytes, 0, middle, parts)
        prefilter.find(bytes, middle, bytes.length, parts)
        expect(parts.offsets.slice(0, parts.length)).toEqual(whole.offsets.slice(0, whole.length))
      }),
    )
  })
})
