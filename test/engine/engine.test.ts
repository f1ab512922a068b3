// The engine: bounded matches around keywords, decoders, context, one winner where rules overlap.
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { wholeChunk } from '../../src/model/index.ts'
import { alnum, base64url, hex } from '../helpers/keys.ts'
import { engineOf, secretsOf, textChunk } from '../helpers/rules.ts'

const KEY = `tok_${alnum(40)}`
const simple = () => engineOf({ pattern: 'tok_[A-Za-z0-9]{40}' })
const find = (text: string | Uint8Array) => {
  const { matches } = simple().match(textChunk(text))
  return {
    secrets: secretsOf(matches),
    via: matches.map((m) => m.layer.via.join('+')),
    spans: matches.map((m) => m.span),
  }
}

describe('boundaries', () => {
  it.each([
    ['alone', KEY],
    ['after an underscore', `X_${KEY}`],
    ['after an escaped line feed', `"a\\n${KEY}\\n"`],
    ['after a percent escape', `%22${KEY}%22`],
    ['after a \\u escape', `\\u0022${KEY}\\u0022`],
    ['before punctuation', `(${KEY}).`],
  ])('%s', (_, text) => {
    expect(find(text).secrets).toEqual([KEY])
  })

  it.each([
    ['a letter before', `x${KEY}`],
    ['a digit before', `1${KEY}`],
    ['a character of the token behind', `${KEY}x`],
  ])('%s is another word', (_, text) => {
    expect(find(text).secrets).toEqual([])
  })

  it('takes a token that ends in a dash whole, and no shorter one', () => {
    const engine = engineOf({ pattern: 'tok_[A-Za-z0-9_-]{20,40}' })
    const key = `tok_${base64url(29)}-`
    expect(secretsOf(engine.match(textChunk(`"${key}"`)).matches)).toEqual([key])
    expect(secretsOf(engine.match(textChunk(`tok_${base64url(41)}`)).matches)).toEqual([])
  })
})

describe('a file of one word', () => {
  const engine = engineOf({ assigned: { to: ['acme', 'rails_master'], value: '[0-9a-f]{40}' } })
  const key = hex(40)
  const at = (path: string, text: string) => {
    const chunk = wholeChunk(Buffer.from(text), { kind: 'file', path })
    return engine.match(chunk).matches.map(({ span, layer }) => [text.slice(span.start, span.end), layer.via])
  }

  it.each([
    ['secrets/acme_api_key.txt', `${key}\n`],
    ['.acme-token', key],
    ['ACME_API_KEY', `\r\n${key}\r\n`],
    ['config/master.key', key],
    ['app/config/credentials/production.key', `${key}\n`],
  ])('%s is the value of its name', (path, text) => {
    expect(at(path, text)).toEqual([[key, []]])
  })

  it.each([
    ['acme.txt', key],
    ['acme_key_id', key],
    ['other/master.key', key],
    ['acme_api_key.txt', `${key}\nand more`],
    ['acme_api_key.txt', `${' '.repeat(600)}${key}`],
  ])('%s is not, or not of this provider, or holds more', (path, text) => {
    expect(at(path, text)).toEqual([])
  })
})

describe('decoders', () => {
  const base64 = Buffer.from(`key: ${KEY}\n`).toString('base64')
  it.each<[string, string | Uint8Array, string]>([
    ['base64', `data:\n  key: ${base64}\n`, 'base64'],
    ['base64 without padding, url alphabet', base64.replaceAll('=', '').replaceAll('/', '_'), 'base64'],
    [
      'base64 wrapped over lines',
      wrap(Buffer.from(`${'padding '.repeat(20)}${KEY} and more text`).toString('base64'), 76),
      'base64',
    ],
    ['base64 of base64', Buffer.from(`inner: ${base64}`).toString('base64'), 'base64+base64'],
    ['percent', `https://h/?k=${KEY.replace('_', '%5F')}&x=1`, 'percent'],
    ['\\u escapes', `{"k":"${KEY.replace('_', '\\u005f')}"}`, 'escape'],
    [
      'every character escaped',
      [...KEY].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join(''),
      'escape',
    ],
    ['\\x escapes', `'${KEY.replace('_', '\\x5f')}'`, 'escape'],
    [
      'UTF-16 inside a binary file',
      Buffer.concat([Buffer.from([1, 0, 0, 200]), Buffer.from(KEY, 'utf16le'), Buffer.from([200, 1])]),
      'utf-16',
    ],
    [
      'UTF-16 of the other byte order',
      Buffer.concat([Buffer.from([1, 255]), Buffer.from(KEY, 'utf16le').swap16(), Buffer.from([255])]),
      'utf-16',
    ],
    ['two literals with a plus', `const k = "${KEY.slice(0, 20)}" + "${KEY.slice(20)}"`, 'concatenation'],
    ['adjacent literals over lines', `k = ("${KEY.slice(0, 20)}"\n     "${KEY.slice(20)}")`, 'concatenation'],
    ['a continued line', `export K=${KEY.slice(0, 20)}\\\n${KEY.slice(20)}`, 'concatenation'],
  ])('%s', (_, text, via) => {
    expect(find(text)).toMatchObject({ secrets: [KEY], via: [via] })
  })

  it('places a decoded secret at its encoded bytes', () => {
    const text = `first\nkey: ${base64} # end`
    const [span] = find(text).spans
    const encoded = text.slice(span!.start, span!.end)
    expect(base64.includes(encoded)).toBe(true)
    expect(Buffer.from(base64).toString().indexOf(encoded)).toBeGreaterThan(4)
  })

  it('stops at its byte budget and says so', () => {
    const engine = simple()
    const once = Buffer.from('x'.repeat(3 << 20)).toString('base64')
    expect(engine.match(textChunk(once)).budgetSpent).toBe(false)
    expect(engine.match(textChunk(Buffer.from(once).toString('base64'))).budgetSpent).toBe(true)
  })

  it('is not led astray by compressed bytes', () => {
    expect(find(gzipSync(Buffer.from(KEY.repeat(2000)))).secrets).toEqual([])
  })
})

function wrap(text: string, width: number): string {
  return text.match(new RegExp(`.{1,${width}}`, 'g'))!.join('\n')
}

describe('context', () => {
  const engine = engineOf({ pattern: '[0-9a-f]{32}', context: { words: ['acme'], before: 30, after: 10 } })
  const matches = (text: string) => secretsOf(engine.match(textChunk(text)).matches)
  const value = hex(32)

  it('needs its word near enough, whatever its case', () => {
    expect(matches(`ACME_KEY=${value}`)).toEqual([value])
    expect(matches(`${value} acme`)).toEqual([value])
    expect(matches(`acme${' '.repeat(31)}${value}`)).toEqual([])
    expect(matches(`${value}${' '.repeat(11)}acme`)).toEqual([])
    expect(matches(`other=${value}`)).toEqual([])
  })

  it('finds each of many values once, however dense the words are', () => {
    const lines = Array.from({ length: 500 }, (_, i) => `acme acme ${hex(32, i)} acme`)
    expect(matches(lines.join('\n'))).toEqual(lines.map((line) => line.split(' ')[2]))
  })
})

describe('overlaps', () => {
  it('the rule that names itself wins over context, context over generic', () => {
    const engine = engineOf(
      { id: 'test-generic', tier: 0, pattern: 'secret=(?<secret>[A-Za-z0-9_]{10,80})' },
      { id: 'test-context', pattern: 'tok_[A-Za-z0-9]{40}', context: { words: ['secret'] } },
      { id: 'test-named', pattern: 'tok_[A-Za-z0-9]{40}' },
    )
    const { matches } = engine.match(textChunk(`secret=${KEY} secret=${alnum(20)}`))
    expect(matches.map((m) => m.rule.id)).toEqual(['test-named', 'test-generic'])
  })

  it('the longer claim wins within a tier', () => {
    const engine = engineOf(
      { id: 'test-short', pattern: 'tok_[A-Za-z0-9]{10}', boundary: 'none' },
      { id: 'test-long', pattern: 'tok_[A-Za-z0-9]{40}' },
    )
    expect(engine.match(textChunk(KEY)).matches.map((m) => m.rule.id)).toEqual(['test-long'])
  })
})

describe('windows', () => {
  it('reports each match from the window that owns its start, once', () => {
    const engine = simple()
    const text = `${'x '.repeat(50)}${KEY} ${'y '.repeat(50)}`
    const bytes = Buffer.from(text)
    const at = text.indexOf(KEY)
    for (const border of [at - 1, at, at + 1, at + 20, at + KEY.length]) {
      const first = engine.match({ ...textChunk(bytes), ownedTo: border }).matches
      const second = engine.match({ ...textChunk(bytes), ownedFrom: border }).matches
      expect([...first, ...second].map((m) => m.span.start)).toEqual([at])
    }
  })

  it('finds what lies beyond a megabyte of text', () => {
    const { spans } = find(`${'line of text\n'.repeat(200_000)}${KEY}`)
    expect(spans[0]?.start).toBe(13 * 200_000)
  })
})
