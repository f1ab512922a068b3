// By whatever bytes keywords are met, all of them are found; and those are chosen that the counted text holds least.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGramChoice } from '../../../src/engine/kernel/gram-choice.ts'
import { createKeywordTable } from '../../../src/engine/kernel/keyword-table.ts'
import { freshKernel } from './helpers.ts'

describe('createGramChoice', () => {
  it('takes the bytes that are met least, and shares those that are met anyway', () => {
    const choose = createGramChoice('toke 900000\noken 400\nenab 300000\nlist 5000\n')
    expect(choose('tokenab', 4, 0, 2)).toBe(2) // "kena": never counted
    expect(choose('tokenab', 4, 1, 2)).toBe(1) // "oken", not "enab"
    expect(choose('list', 3, 0, 1)).toBe(1) // "ist" is no beginning of four that were counted
  })

  it('refuses what is no table of counts', () => {
    expect(() => createGramChoice('tok 5\n')).toThrow('not a line of counted bytes')
    expect(() => createGramChoice('toke\n')).not.toThrow()
    expect(() => createGramChoice('toke five\n')).toThrow('not a line of counted bytes')
  })

  it('leaves no keyword unfound', async () => {
    const kernel = await freshKernel()
    const word = fc.string({ unit: fc.constantFrom(...'abc-_.7'), minLength: 3, maxLength: 12 })
    const counts = fc.dictionary(
      fc.string({ unit: fc.constantFrom(...'abc-.7'), minLength: 4, maxLength: 4 }),
      fc.integer({ min: 1, max: 9999 }),
    )
    const at = kernel.reserve(2000)
    const out = kernel.reserve(8000)
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 1, maxLength: 8 }),
        counts,
        fc.nat(3),
        (keywords, counted, shift) => {
          const lines = Object.entries(counted).map(([gram, count]) => `${gram} ${count}\n`)
          const table = createKeywordTable(kernel, keywords, createGramChoice(lines.join('')))
          const text = Buffer.from(`${'x'.repeat(shift)}${keywords.join(' ')}`)
          kernel.bytes().set(text, at)
          const count = kernel.exports.findKeywords(table.at, at, text.length, 0, text.length, out, 1000)
          const words = new Uint32Array(kernel.bytes().buffer, out, count * 2)
          const found = new Set(Array.from({ length: count }, (_, i) => words[i * 2]! & 0xffff))
          expect(found.size).toBe(keywords.length)
        },
      ),
      { numRuns: 60 },
    )
  })
})
