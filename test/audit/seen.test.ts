// What was examined elsewhere and held nothing is not examined again; everything else is, and all is counted.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyHarvest, examineObject, examinePieces } from '../../src/audit/examine.ts'
import { createSeen } from '../../src/audit/seen.ts'
import { createEngine, createPrefilter, type Found, HitBuffer } from '../../src/engine/index.ts'
import { bundledRules } from '../../src/rules/bundled.ts'
import { openaiKey } from '../helpers/keys.ts'

function hitsAt(...places: [keyword: number, offset: number][]): HitBuffer {
  const hits = new HitBuffer()
  for (const [keyword, offset] of places) hits.push(keyword, offset)
  return hits
}

describe('createSeen', () => {
  const text = Buffer.from('a'.repeat(100) + 'b'.repeat(100) + 'c'.repeat(100))

  it('knows a piece again wherever it stands, and only the same one', () => {
    const seen = createSeen([10, 20])
    const [first] = seen.sift(text, hitsAt([0, 50])).fresh
    expect(first?.piece).toEqual({ from: 40, to: 60, first: 0, last: 1 })
    seen.remember(first!.key, new Map([['placeholder', 2]]))
    const again = seen.sift(text, hitsAt([0, 60], [0, 150]))
    expect(again.fresh.map(({ piece }) => piece.from)).toEqual([140])
    expect(again.dropped).toEqual([new Map([['placeholder', 2]])])
    expect([again.hits.length, again.hits.offsets[0]]).toEqual([1, 150])
    for (const other of [hitsAt([0, 91]), hitsAt([1, 50]), hitsAt([0, 5]), hitsAt([0, 50], [0, 51])])
      expect(seen.sift(text, other).fresh).toHaveLength(1)
    const short = text.subarray(0, 60)
    expect(seen.sift(short, hitsAt([0, 50])).fresh).toHaveLength(1) // the text ends there
  })

  it('makes one piece of hits whose reaches meet, also when a later one reaches far back', () => {
    const seen = createSeen([10, 120])
    const pieces = (hits: HitBuffer) =>
      seen.sift(text, hits).fresh.map(({ piece: p }) => [p.from, p.to, p.first, p.last])
    expect(pieces(hitsAt([0, 50], [0, 70], [0, 91]))).toEqual([
      [40, 80, 0, 2],
      [81, 101, 2, 3],
    ])
    expect(pieces(hitsAt([0, 20], [0, 60], [1, 150]))).toEqual([[10, 270, 0, 3]])
  })
})

describe('examinePieces', () => {
  const engine = createEngine(bundledRules())
  const keywords = engine.keywords
  const prefilter = createPrefilter(keywords.map(({ text }) => text))

  function foundIn(bytes: Uint8Array): Found {
    const hits = new HitBuffer()
    prefilter.find(bytes, 0, bytes.length, hits)
    return { hits, runs: new Uint32Array(0), utf16: false }
  }

  it('finds and counts over many blobs what examining each whole does', () => {
    const filler = fc.constantFrom(300, 3000, 6000).map((length) => 'lorem ipsum dolor\n'.repeat(length / 18))
    const line = fc.constantFrom(
      'api_key = "your-api-key-here"\n',
      'OPENAI_API_KEY="<your key>"\n',
      'password: changeme\n',
      'token = "abcdefabcdefabcdef1234"\n',
      'secret: "{{ secret.from.env.abcdef }}"\n',
      `OPENAI_API_KEY=${openaiKey()}\n`,
    )
    const blob = fc
      .array(fc.oneof(filler, line), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.array(blob, { minLength: 2, maxLength: 6 }), (texts) => {
        const seen = createSeen(keywords.map(({ reach }) => reach))
        const [whole, pieces] = [emptyHarvest(), emptyHarvest()]
        for (const [i, text] of texts.entries()) {
          const bytes = Buffer.from(text)
          const id = String(i).padStart(40, '0')
          const isHot = examineObject(engine, { id, type: 'blob', bytes }, whole, foundIn(bytes))
          expect(examinePieces(engine, { id, bytes }, pieces, foundIn(bytes), seen)).toBe(isHot)
        }
        expect(pieces).toEqual(whole)
      }),
      { numRuns: 60 },
    )
  })
})
