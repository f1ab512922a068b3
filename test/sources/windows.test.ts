// However a text is cut into pieces and windows, the same secrets are found at the same places.
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/index.ts'
import { LineCursor } from '../../src/engine/lines.ts'
import { seededRandom } from '../../src/rules/template.ts'
import { chunksOf } from '../../src/sources/windows.ts'
import { alnum } from '../helpers/keys.ts'
import { rulesOf } from '../helpers/rules.ts'

const { ruleset } = rulesOf({ pattern: 'tok_[A-Za-z0-9]{40}' })
const engine = createEngine(ruleset)

async function placesOf(text: Buffer, pieceSize: number): Promise<string[]> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += pieceSize) yield text.subarray(at, at + pieceSize)
  }
  const places: string[] = []
  let bytes = 0
  const options = {
    onBytes: (count: number) => {
      bytes += count
    },
  }
  for await (const chunk of chunksOf(pieces(), { kind: 'stdin' }, () => engine.reach, options)) {
    const cursor = new LineCursor(chunk)
    for (const match of engine.match(chunk).matches) {
      const { line, column } = cursor.at(match.span.start)
      places.push(`${line}:${column}`)
    }
  }
  expect(bytes).toBe(text.length)
  return places
}

describe('chunksOf', () => {
  it('finds secrets at window borders, on one line or many', async () => {
    const window = 32 << 20
    for (const filler of ['word ', 'word\n']) {
      const text = Buffer.alloc(window * 2 + 5_000_000, filler)
      const random = seededRandom(7)
      const spots = [window - 44, window - 20, window - 1, window, window + 1, 2 * window - 30]
      for (let i = 0; i < 20; i++) spots.push(Math.floor(random() * (text.length - 100)))
      const expected = new Set<number>()
      for (const spot of spots) {
        const at = spot - (spot % 5)
        if ([...expected].some((other) => Math.abs(other - at) < 60)) continue
        expected.add(at)
        text.write(` tok_${alnum(40, at)} `, at, 'latin1')
      }
      const want = [...expected].sort((a, b) => a - b).map((at) => place(text, at + 1))
      expect(await placesOf(text, 1 << 20)).toEqual(want)
    }
  })

  it('the size of the pieces does not matter', async () => {
    const text = Buffer.from(`a\n  tok_${alnum(40)}\nü tok_${alnum(40, 2)}`)
    for (const size of [1, 7, 64, 1000]) expect(await placesOf(text, size)).toEqual(['2:3', '3:3'])
  })
})

function place(text: Buffer, at: number): string {
  const before = text.subarray(0, at)
  const lastBreak = before.lastIndexOf(0x0a)
  let line = 1
  for (let i = before.indexOf(0x0a); i !== -1; i = before.indexOf(0x0a, i + 1)) line += 1
  return `${line}:${at - lastBreak}`
}
