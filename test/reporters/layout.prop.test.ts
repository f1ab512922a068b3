// Wrapping keeps every word and every width.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columns, glue, wrap } from '../../src/reporters/layout.ts'
import { count, duration, list, size } from '../../src/reporters/words.ts'

describe('columns', () => {
  it.each([
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['設定', 4],
    ['한글', 4],
    ['😀', 2],
    ['…', 1],
    ['\x1b[1m\x1b[31mab\x1b[39m\x1b[22m', 2],
    ['\x1b]8;;https://example.com\x1b\\ab\x1b]8;;\x1b\\', 2],
  ])('%j takes %i', (text, expected) => {
    expect(columns(text)).toBe(expected)
  })
})

describe('wrap', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abc設😀e\u0301'), minLength: 1, maxLength: 30 })

  it('loses no word, and is too wide only where one word is', () => {
    fc.assert(
      fc.property(fc.array(word), fc.integer({ min: 20, max: 60 }), fc.nat(8), (words, width, indent) => {
        const lines = wrap(words.join(' '), width, ' '.repeat(indent))
        expect(lines.flatMap((line) => line.trim().split(' ')).filter((each) => each !== '')).toEqual(words)
        for (const line of lines)
          if (line.trim().includes(' ')) expect(columns(line)).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('fills each line as far as it goes', () => {
    fc.assert(
      fc.property(fc.array(word), fc.integer({ min: 20, max: 60 }), (words, width) => {
        const lines = wrap(words.join(' '), width)
        for (const [i, line] of lines.slice(1).entries())
          expect(columns(`${lines[i]} ${line.split(' ')[0]}`)).toBeGreaterThan(width)
      }),
    )
  })

  it('keeps glued text in one piece', () => {
    expect(wrap(`at ${glue('my long file.ts:1:1')} and`, 12, '  ')).toEqual([
      '  at',
      '  my long file.ts:1:1',
      '  and',
    ])
  })
})

describe('words', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [9_949, '9.9 kB'],
    [9_950, '10 kB'],
    [184_320, '184 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [5e15, '5000 TB'],
  ])('%d bytes are %s', (bytes, expected) => {
    expect(size(bytes)).toBe(expected)
  })

  it.each([
    [0, '0 ms'],
    [33.6, '34 ms'],
    [1000, '1.0 s'],
    [59_949, '59.9 s'],
    [60_000, '1 min 0 s'],
  ])('%d ms are %s', (ms, expected) => {
    expect(duration(ms)).toBe(expected)
  })

  it('counts and lists', () => {
    expect([0, 1, 2, 1234567].map((n) => count(n, 'file'))).toEqual([
      '0 files',
      '1 file',
      '2 files',
      '1,234,567 files',
    ])
    expect(list([])).toBe('')
    expect(list(['a'])).toBe('a')
    expect(list(['a', 'b', 'c'])).toBe('a, b and c')
    expect(list(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more')
  })
})
