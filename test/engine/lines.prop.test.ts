// Offsets become the lines and columns that an editor shows.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LineCursor, linesAround } from '../../src/engine/lines.ts'
import { textChunk } from '../helpers/rules.ts'

const anyText = fc.array(fc.constantFrom('a', ' ', '\n', '\r\n', 'ü', '日', '😀', 'word'), { maxLength: 60 })

it('agrees with splitting the text', () => {
  fc.assert(
    fc.property(anyText, (parts) => {
      const cursor = new LineCursor(textChunk(parts.join('')))
      let before = ''
      for (const part of parts) {
        const lines = before.split('\n')
        const position = cursor.at(Buffer.byteLength(before))
        expect(position).toEqual({ line: lines.length, column: lines.at(-1)!.length + 1 })
        before += part
      }
    }),
  )
})

it('linesAround gives whole lines', () => {
  const bytes = Buffer.from('one\ntwo three\nfour')
  const at = (start: number, end: number) => {
    const lines = linesAround(bytes, start, end)
    return bytes.toString('utf8', lines.start, lines.end)
  }
  expect(at(0, 3)).toBe('one')
  expect(at(4, 7)).toBe('two three')
  expect(at(8, 13)).toBe('two three')
  expect(at(8, 16)).toBe('two three\nfour')
})
