// Names and values that do not stand beside each other, and names of encoded values.
import { describe, expect, it } from 'vitest'
import { apart } from '../../helpers/apart.ts'
import { hex } from '../../helpers/keys.ts'
import { engineOf, textChunk } from '../../helpers/rules.ts'

const engine = engineOf({ assigned: { to: ['acme'], value: '[0-9a-f]{40}' } })
const VALUE = hex(40)
const find = (text: string) =>
  engine
    .match(textChunk(text))
    .matches.map(({ span, layer }) => [text.slice(span.start, span.end), layer.via.join()])

describe('a name and a value that stand apart', () => {
  it.each(apart('acme_api_key', VALUE))('%s', (_, text) => {
    expect(find(`# before\n${text}\n# behind\n`)).toEqual([[VALUE, '']])
  })

  it.each(apart('other_api_key', VALUE))('%s, of another name', (_, text) => {
    expect(find(`# ${'x'.repeat(200)}\n${text}\n`)).toEqual([])
  })

  it.each([
    ['the value of the next one', `[{"name": "acme_key"}, {"name": "other", "value": "${VALUE}"}]`],
    ['the value of the one before, JSON', `{"name": "other", "value": "${VALUE}"}, {"name": "acme_key"}`],
    ['the value of the one before, YAML', `- name: other\n  value: ${VALUE}\n- name: acme_key\n`],
    ['the value of the one before, XML', `<add key="other" value="${VALUE}"/><add key="acme_key"/>`],
    ['the name of the provider alone', `<item key="acme" value="${VALUE}"/>`],
    ['a name that is about a key', `"acme_key_id": {"type": "string", "default": "${VALUE}"}`],
    ['a longer value', `"acme_key": {"type": "string", "default": "${VALUE}00"}`],
    ['a value far away', `"acme_key": {"description": "${'x '.repeat(300)}", "default": "${VALUE}"}`],
  ])('%s is not meant', (_, text) => {
    expect(find(text)).toEqual([])
  })
})

describe('the name of an encoded value', () => {
  const base64 = Buffer.from(VALUE).toString('base64')
  it.each([
    ['a Kubernetes secret', `kind: Secret\ndata:\n  ACME_API_KEY: ${base64}\n`],
    ['with a line end in it', `data:\n  acme-api-key: ${Buffer.from(`${VALUE}\n`).toString('base64')}\n`],
    ['JSON', `{"data":{"ACME_API_KEY":"${base64}"}}`],
    ['a block of YAML', `  acmeApiKey: |\n    ${base64}\n`],
    ['decoded by Python', `ACME_KEY = base64.b64decode("${base64}").decode()`],
    ['decoded by a shell', `export ACME_API_KEY=$(echo -n ${base64} | base64 -d)`],
  ])('%s', (_, text) => {
    const found = find(text)
    expect(found.map(([, via]) => via)).toEqual(['base64'])
    expect(Buffer.from(found[0]![0]!, 'base64').toString()).toContain(VALUE.slice(0, 36))
  })

  it('is known to a text with \\u escapes', () => {
    const escaped = [...VALUE].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('')
    expect(find(`{"ACME_API_KEY": "${escaped}"}`)).toEqual([[escaped, 'escape']])
  })

  it('is found once when it is a secret itself', () => {
    const two = engineOf({ pattern: 'tok_[0-9a-f]{40}' })
    const name = `tok_${VALUE}`
    const found = two.match(textChunk(`{"${name}": "${base64}"}`)).matches
    expect(found.map(({ span }) => span)).toEqual([{ start: 2, end: 46 }])
  })

  it('is another one, or none', () => {
    expect(find(`data:\n  OTHER_KEY: ${base64}\n`)).toEqual([])
    expect(find(`${base64}\n`)).toEqual([])
  })
})
