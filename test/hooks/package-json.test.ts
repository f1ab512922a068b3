// Scripts come into package.json, and out of it, without anything else moving.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffLines } from '../../src/hooks/index.ts'
import { addScripts, removeScripts } from '../../src/hooks/package-json.ts'

const OURS = { prepare: 'husky', 'check-api-health': 'unleak health' }
const add = (text: string) => addScripts(text, OURS, 'package.json')

describe('package.json', () => {
  it.each([
    ['tabs', '{\n\t"name": "x",\n\t"scripts": {\n\t\t"test": "vitest"\n\t},\n\t"files": ["a", "b"]\n}\n'],
    ['CRLF', '{\r\n  "scripts": {\r\n    "test": "vitest"\r\n  }\r\n}\r\n'],
    ['one line', '{"name":"x","scripts":{"test":"a, {b} \\" c"},"z":[{"scripts":{}}]}'],
    ['no scripts, four blanks', '{\n    "name": "x"\n}'],
    ['byte order mark', '\uFEFF{\n  "scripts": {\n    "a": "b"\n  }\n}\n'],
    ['a script called scripts', '{ "config": { "scripts": { "x": "y" } }, "scripts": { "scripts": "z" } }'],
  ])('%s', (_, text) => {
    const { text: edited, added, notes } = add(text)
    expect(JSON.parse(edited.replace('\uFEFF', '')).scripts).toMatchObject(OURS)
    expect(edited.replaceAll('\r\n', '').includes('\n')).toBe(text.replaceAll('\r\n', '').includes('\n'))
    expect(notes).toEqual([])
    expect(removeScripts(edited, OURS, added.includes('scripts'), 'package.json')).toBe(text)
  })

  it('keeps the layout', () => {
    expect(add('{\n\t"scripts": {\n\t\t"test": "vitest"\n\t}\n}\n').text).toBe(
      '{\n\t"scripts": {\n\t\t"test": "vitest",\n\t\t"prepare": "husky",\n\t\t"check-api-health": "unleak health"\n\t}\n}\n',
    )
  })

  it('keeps a script of the same name and reports it; takes out only what is still ours', () => {
    const text = '{ "scripts": { "check-api-health": "mine" } }'
    const edit = add(text)
    expect(edit.notes).toEqual([expect.stringContaining('"check-api-health" ("mine"): kept')])
    expect(removeScripts(edit.text, OURS, false, 'package.json')).toBe(text)
  })

  it.each(['', '{', '[]', '{"scripts": null}', '{"scripts": []}'])('refuses %j', (text) => {
    expect(() => add(text)).toThrow(expect.objectContaining({ code: 'E_CONFIG' }))
  })

  it('any object, any indentation: added, and taken out again', () => {
    const name = fc
      .string()
      .filter((key) => !Object.hasOwn(OURS, key) && key !== 'scripts' && key !== '__proto__')
    const scripts = fc.dictionary(name, fc.string(), { minKeys: 1 })
    const rest = fc.dictionary(name, fc.jsonValue())
    fc.assert(
      fc.property(
        rest,
        fc.option(scripts),
        rest,
        fc.constantFrom(2, 4, '\t', 0),
        (before, own, after, indent) => {
          const data = { ...before, ...(own ? { scripts: own } : {}), ...after }
          if (Object.keys(data).length === 0) return
          const text = JSON.stringify(data, undefined, indent)
          const edit = add(text)
          expect(JSON.parse(edit.text)).toEqual({ ...JSON.parse(text), scripts: { ...own, ...OURS } })
          expect(removeScripts(edit.text, OURS, edit.added.includes('scripts'), 'package.json')).toBe(text)
        },
      ),
    )
  })
})

it('a change reads as a diff', () => {
  const before = Buffer.from('a\nb\nc\nd\n')
  expect(diffLines({ before, after: Buffer.from('a\nb\nX\nc\nd\n') })).toEqual([
    { sign: ' ', text: 'a' },
    { sign: ' ', text: 'b' },
    { sign: '+', text: 'X' },
    { sign: ' ', text: 'c' },
    { sign: ' ', text: 'd' },
  ])
  expect(diffLines({ before: undefined, after: Buffer.from('a\n') })).toEqual([{ sign: '+', text: 'a' }])
  expect(diffLines({ before, after: undefined })).toHaveLength(4)
})
