// `unleak mask`: any chunking gives the same output, no secret is in it, everything else is as it was.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEngine, createFastPrefilter } from '../../src/engine/index.ts'
import { createLabels, type MaskOptions, maskStream } from '../../src/mask/index.ts'
import { loadRules } from '../../src/rules/load.ts'
import { base64url, githubToken, openaiKey } from '../helpers/keys.ts'

const { ruleset } = await loadRules()
const engine = createEngine(ruleset, createFastPrefilter)

async function mask(pieces: readonly Uint8Array[], more: Partial<MaskOptions> = {}): Promise<Buffer> {
  const out: Buffer[] = []
  const options = { engine, label: createLabels('a key of this very test'), ...more }
  for await (const bytes of maskStream(pieces, options)) out.push(bytes)
  return Buffer.concat(out)
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [
    0,
    ...at.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b),
    bytes.length,
  ]
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end))
}

const pem = (seed: number) => {
  const lines = Array.from({ length: 24 }, (_, i) => base64url(64, seed + i).replace(/[-_]/g, 'A'))
  const kind = ['RSA', 'PRIVATE', 'KEY'].join(' ')
  return `-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----`
}
const SECRETS: readonly ((seed: number) => string)[] = [(s) => openaiKey('sk-proj-', 74, s), githubToken, pem]

const noise = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom('\n', ' level=info user=ada\n', '{"a": 1}\r\n', 'é ü 漢字 ', 'x'.repeat(5000))
    .map((t) => Buffer.from(t)),
)
const secret = fc
  .record({ make: fc.constantFrom(...SECRETS), seed: fc.integer({ min: 1, max: 9 }) })
  .map(({ make, seed }) => make(seed))

describe('a masked stream', () => {
  it('is the same however it is cut, has no secret in it, and is otherwise byte for byte what came', async () => {
    const parts = fc.array(fc.tuple(noise, secret), { minLength: 1, maxLength: 6 })
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(parts, noise, cuts, async (list, tail, at) => {
        const guard = Buffer.from('\n')
        const bytes = Buffer.concat([...list.flatMap(([n, s]) => [n, guard, Buffer.from(s), guard]), tail])
        const whole = await mask([bytes])
        expect(await mask(cut(bytes, at))).toEqual(whole)
        expect(await mask(cut(bytes, at), { window: 4096 })).toEqual(whole)
        const text = whole.toString('latin1')
        for (const [, s] of list) expect(text.includes(s)).toBe(false)
        const kept = text.split(/\[[a-z0-9-]+:[0-9a-f]{4,16}\]/)
        let from = 0
        for (const piece of kept) {
          const found = bytes.toString('latin1').indexOf(piece, from)
          expect(found).toBeGreaterThanOrEqual(from)
          from = found + piece.length
        }
      }),
      { numRuns: 60 },
    )
  })

  it('holds a key that lies across the end of a window, wherever it lies', async () => {
    const key = openaiKey()
    for (let before = 4096 - key.length; before <= 4096; before += 13) {
      const bytes = Buffer.from(`${'x'.repeat(before - 1)} ${key}${' y'.repeat(40_000)}`)
      const text = (await mask([bytes], { window: 4096 })).toString()
      expect(text).toMatch(/^x+ \[openai-project-key:[0-9a-f]{4}\] y/)
      expect(text.endsWith(' y'.repeat(40_000))).toBe(true)
    }
  })

  it('gives the same secret the same label, and another secret another one', async () => {
    const [a, b] = [openaiKey('sk-proj-', 74, 1), openaiKey('sk-proj-', 74, 2)]
    const labels = (await mask([Buffer.from(`${a}\n${b}\n${a}\n`)])).toString().trim().split('\n')
    expect(labels[0]).toMatch(/^\[openai-project-key:[0-9a-f]{4}\]$/)
    expect(labels[2]).toBe(labels[0])
    expect(labels[1]).not.toBe(labels[0])
    const other = (await mask([Buffer.from(a)], { label: createLabels() })).toString()
    expect(other).not.toBe(labels[0]) // by another key
  })

  it('keeps labels apart when their first digits are the same', () => {
    const label = createLabels('sixteen characters')
    const all = new Set(Array.from({ length: 3000 }, (_, i) => label('rule', `secret ${i}`)))
    expect(all.size).toBe(3000)
    expect(label('rule', 'secret 7')).toBe([...all][7])
  })

  it('finds a value again that only its name gave away', async () => {
    const value = base64url(28, 5).replace(/[-_]/g, 'x')
    const text = (
      await mask([Buffer.from(`POSTGRES_PASSWORD="${value}"\nconnecting with ${value} now\n`)])
    ).toString()
    expect(text).not.toContain(value)
    expect(text).toMatch(/^POSTGRES_PASSWORD="\[\S+\]"\nconnecting with \[\S+\] now\n$/)
  })

  it.each(['utf-16le', 'utf-16be'] as const)('keeps %s', async (encoding) => {
    const wide = (text: string) => {
      const bytes = Buffer.from(text, 'utf16le')
      return encoding === 'utf-16be' ? bytes.swap16() : bytes
    }
    const text = (key: string) => wide(`\ufeffünique 漢 ${key} rest${' and more'.repeat(4000)}`)
    const masked = await mask(cut(text(openaiKey()), [0.001, 0.3]), { window: 8192 })
    const back = encoding === 'utf-16be' ? Buffer.from(masked).swap16() : masked
    const label = /\[openai-project-key:[0-9a-f]{4}\]/.exec(back.toString('utf16le'))?.[0]
    expect(masked).toEqual(text(label ?? 'none'))
  })

  it('lets lines go when they are whole, but waits for the end of a private key', async () => {
    const lines = [
      'one\n',
      ...pem(3)
        .split('\n')
        .map((line) => `${line}\n`),
      'two\n',
      `${openaiKey()}`,
      '\n',
      'half',
    ]
    const seen: string[] = []
    const taken: number[] = []
    let given = 0
    const pieces = (function* () {
      for (const line of lines) {
        given += 1
        yield Buffer.from(line)
      }
    })()
    const options = { engine, label: createLabels('a key of this very test'), byLine: true }
    for await (const bytes of maskStream(pieces, options)) {
      seen.push(bytes.toString())
      taken.push(given)
    }
    expect(seen.join('')).toMatch(
      /^one\n\[private-key-pem:[0-9a-f]{4}\]\ntwo\n\[openai-project-key:[0-9a-f]{4}\]\nhalf$/,
    )
    expect(taken[0]).toBe(1)
    expect(taken[1]).toBe(1 + pem(3).split('\n').length)
  })

  it('ends at a whole line when it is interrupted', async () => {
    let interrupted = false
    const pieces = (function* () {
      yield Buffer.from(`first\nsecond ${openaiKey().slice(0, 60)}`)
      interrupted = true
      yield Buffer.from('never read')
    })()
    const options = { isInterrupted: () => interrupted }
    expect((await mask(pieces as unknown as Uint8Array[], options)).toString()).toBe('first\n')
  })

  it('tells when a part was encoded too deeply to look into', async () => {
    let unseen = 0
    const text = Buffer.from('nothing but text. '.repeat(250_000)).toString('base64')
    const twice = Buffer.from(Buffer.from(text).toString('base64'))
    const out = await mask([twice], { onUnseen: () => unseen++ })
    expect(out.equals(twice)).toBe(true)
    expect(unseen).toBeGreaterThan(0)
  })
})
