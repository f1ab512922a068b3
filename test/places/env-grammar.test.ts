import { parse as dotenv } from 'dotenv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendEntry, parseEnv, replaceValues } from '../../src/places/env-grammar.ts'

const asObject = (text: string) => Object.fromEntries(parseEnv(text).map(({ name, value }) => [name, value]))

describe('reads as dotenv does', () => {
  it.each([
    'A=1\nB = 2 \n  export C=3\nexport\tD=4',
    'A="x # y" # comment\nB=\'a "b" c\'\nC=`it\'s "so"`\n# D=4\n',
    'A=un#commented\nB=a b  c   # tail\nC=\n\nD=""',
    'A="line 1\nline 2"\nB="a\\nb"\nC=\'a\\nb\'',
    'A: yaml\nB=a=b==\nC.D-E=f',
    'A=1\r\nB="2"\r\nC=3',
    'A="open\nB=2\nC=\'also open',
    'A="a" b\nB="x"y"\nC="es\\"caped"',
    'not an assignment\n=nothing\nA=1\nA=2',
  ])('%j', (text) => {
    expect(asObject(text)).toEqual({ ...dotenv(text) })
  })

  it('any file of plain lines', () => {
    const name = fc.stringMatching(/^[A-Z_][A-Z0-9_.]{0,8}$/).filter((n) => n !== 'export')
    const bare = fc.stringMatching(/^[A-Za-z0-9_./:@+-][A-Za-z0-9_ ./:@=+-]{0,20}$/)
    const value = fc.oneof(
      bare,
      bare.map((v) => `"${v}"`),
      bare.map((v) => `'${v} # "x"'`),
      bare.map((v) => `"${v}\n${v}"`),
      bare.map((v) => `${v} # comment`),
    )
    const line = fc.oneof(
      fc.tuple(name, fc.constantFrom('=', ' = ', ': '), value).map((parts) => parts.join('')),
      fc.constantFrom('', '# comment', '   ', '#A=1'),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), (lines, eol) => {
        const text = lines.join(eol)
        // dotenv turns CRLF inside values into LF; we keep the bytes.
        const ours = Object.fromEntries(
          Object.entries(asObject(text)).map(([k, v]) => [k, v.replaceAll('\r\n', '\n')]),
        )
        expect(ours).toEqual({ ...dotenv(text) })
      }),
      { numRuns: 300 },
    )
  })
})

describe('changes a value alone', () => {
  it('keeps BOM, CRLF, comments, quotes and order', () => {
    const text = '\u00ef\u00bb\u00bf# \u00c3\u00a9\r\nexport KEY="old" # mine\r\nOTHER=1\r\nKEY2: old\r\n'
    const entries = parseEnv(text).filter((entry) => entry.value === 'old')
    expect(entries.map((entry) => entry.line)).toEqual([2, 4])
    expect(replaceValues(text, entries, 'new')).toBe(text.replaceAll('old', 'new'))
  })

  it('every byte outside the value stays, whatever the file holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ unit: 'binary', maxLength: 60 }),
        (a, b) => {
          const [before, after] = [Buffer.from(a).toString('latin1'), Buffer.from(b).toString('latin1')]
          const text = `${before.replaceAll(/["'`]/g, '')}\nUNIQUE_NAME=old\n${after}`
          const entries = parseEnv(text).filter(
            (entry) => entry.name === 'UNIQUE_NAME' && entry.value === 'old',
          )
          expect(entries).toHaveLength(1)
          expect(replaceValues(text, entries, 'brand-new')).toBe(
            text.replace('UNIQUE_NAME=old', 'UNIQUE_NAME=brand-new'),
          )
        },
      ),
    )
  })

  it('refuses a value that a reader would take apart', () => {
    expect(() => replaceValues('A=1', parseEnv('A=1'), 'x y')).toThrow(/nothing was written/)
    expect(() => replaceValues('A=1', parseEnv('A=1'), 'x\nB=2')).toThrow(/nothing was written/)
  })

  it('appends on a line of its own', () => {
    expect(appendEntry('A=1', 'B', '2')).toBe('A=1\nB=2\n')
    expect(appendEntry('A=1\r\n', 'B', '2')).toBe('A=1\r\nB=2\r\n')
    expect(appendEntry('', 'B', '2')).toBe('B=2\n')
  })
})
