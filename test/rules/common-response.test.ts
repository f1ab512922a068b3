// `response: { common: key, url: … }` in a rule file: written out, with steps that differ, and with clear mistakes.
import { describe, expect, it } from 'vitest'
import { STEPS } from '../../src/model/index.ts'
import { COMMON_RESPONSES } from '../../src/rules/common-response.ts'
import { parseRuleFile } from '../../src/rules/schema.ts'

const url = 'https://console.acme.example/keys'
const responseOf = (response: unknown) =>
  parseRuleFile({ provider: 'acme', name: 'A$&me', response, rules: [] }, 'acme.yml').provider.response

describe('a common response', () => {
  it.each(COMMON_RESPONSES)('names the %s that leaked and its provider, in all five steps', (common) => {
    const response = responseOf({ common, url })
    expect(Object.keys(response)).toEqual([...STEPS])
    expect(response.revoke.text).toContain(`this ${common} in A$&me now`)
    expect(response.replace.text).toContain(`new ${common},`)
    expect(response.update.text).toContain(`new ${common} `)
    for (const { text } of Object.values(response)) expect(text).not.toMatch(/[{}]/)
  })

  it('links the page where keys are deleted and made, and no other step', () => {
    const links = (response: unknown) => Object.values(responseOf(response)).map((step) => step.url)
    expect(links({ common: 'key', url })).toEqual([url, url, undefined, undefined, undefined])
    expect(links({ common: 'key' }).filter(Boolean)).toEqual([])
  })

  it('leaves steps that differ as they are given', () => {
    const billing = { text: 'Nothing is billed by use.' }
    expect(responseOf({ common: 'key', url, billing })).toEqual({
      ...responseOf({ common: 'key', url }),
      billing,
    })
  })

  it('is not asked for where all five steps are given', () => {
    const own = Object.fromEntries(STEPS.map((step) => [step, { text: `do ${step}` }]))
    expect(responseOf(own)).toEqual(own)
  })
})

describe('mistakes in a response', () => {
  const text = { text: 'do it' }
  const { review: _, ...four } = Object.fromEntries(STEPS.map((step) => [step, text]))
  it.each([
    [{ common: 'kye' }, /acme\.yml: response\.common: must be one of key, token, secret/],
    [four, /acme\.yml: response: "review" is missing; or take all steps from "common: key"/],
    [{ url }, /"revoke" is missing; or take all steps from "common/],
    [{ ...four, review: text, url }, /response: "url" belongs to "common"/],
    [{ common: 'key', revoke: 'do it' }, /response\.revoke: must be a mapping/],
    [{ common: 'key', page: url }, /"page" is not a field; there are common, url, revoke/],
  ])('%j', (response, message) => {
    expect(() => responseOf(response)).toThrow(message)
  })
})
