// Placeholders that people write are dropped; what a machine made never is.
import { describe, expect, it } from 'vitest'
import { isPlaceholder, placeholderFilter } from '../../src/filters/placeholder.ts'
import { expandTemplate, seededRandom } from '../../src/rules/template.ts'
import { assigned, candidate, secretOf } from './candidates.ts'

const openai = { prefixes: ['sk-'] }
const drops = (secret: string) => placeholderFilter.drops(secretOf(secret, { rule: openai }))

describe('placeholder', () => {
  it.each([
    `sk-${'x'.repeat(48)}`,
    `sk-${'x'.repeat(20)}T3Blbk${''}FJ${'x'.repeat(20)}`,
    `sk-proj-${'X'.repeat(40)}`,
    'aaaabbbbccccddddeeeeffffgggghhhhiiiijjjj',
    'DDDD4444AAAA0000FFFF666655556666AABBCCDD',
    'abc123def456ghi789',
    '1234567890-abc123def456',
    'sk-your-key',
    'sk-your-openai-api-key-here',
    'sk-1234567890abcdef1234567890abcdef',
    'sk-1234567890abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL',
    'sk-proj-1234567890',
    `sk-proj-${'1234567890'.repeat(6)}`,
    'sk-test-key',
    'sk-test',
    'sk-synthetic-credential',
    'sk-synthetic-proxy-tool-secret',
    'sk-abcdefghijklmnop123',
    'sk-admin-1234abcd',
    `sk-${'a1b2c3d4e5f6g7h8i9j0'}`,
    `sk-${'abab'.repeat(8)}`,
    `sk-${'deadbeef'.repeat(4)}`,
    'sk-qwertyuiopasdfghjkl',
    'sk-this-is-not-a-real-key-at-all',
    'sk-replace-with-your-own-key-please',
    'sk-change_me',
    'sk-INSERT_KEY_HERE',
    'sk-dummy',
    'sk-fakefakefakefakefake',
    `sk-${'0'.repeat(48)}`,
    'sk-notarealkeynotarealkeynotarealkey',
    'sk-foobarbaz',
    'sk-zyxwvutsrqponmlkjihgfedcba9876543210',
  ])('drops %s', (secret) => {
    expect(drops(secret)).toBe(true)
  })

  it('drops what ends in the word of the AWS documentation', () => {
    expect(isPlaceholder(`IOSFODNN7${'EXAMPLE'}`)).toBe(true)
    expect(isPlaceholder(`wJalrXUtnFEMI/K7MDENG/bPxRfiCY${'EXAMPLEKEY'}`)).toBe(true)
  })

  it('drops a value that repeats its name', () => {
    expect(placeholderFilter.drops(candidate('ACME_API_KEY="[[ACME_API_KEY]]"'))).toBe(true)
    expect(placeholderFilter.drops(assigned('x: { accessToken: "[[access-token]]" }', 'accessToken'))).toBe(
      true,
    )
  })

  it("knows the rule's own placeholders", () => {
    const rule = { placeholder: '^0x4AAA' }
    expect(placeholderFilter.drops(secretOf('0x4AAAq7Xk29vLmPd81Rt', { rule }))).toBe(true)
    expect(placeholderFilter.drops(secretOf('0x5AAAq7Xk29vLmPd81Rt', { rule }))).toBe(false)
  })

  it('judges the password of an address, not the address', () => {
    const random = expandTemplate('{alnum:20}', { random: seededRandom(3) })
    expect(placeholderFilter.drops(secretOf('postgres://user:password@localhost/db'))).toBe(true)
    expect(placeholderFilter.drops(secretOf(`postgres://user:${random}@example.com/test`))).toBe(false)
  })

  it('keeps a random key with a word inside, or under a name', () => {
    const random = seededRandom(11)
    for (let i = 0; i < 200; i++) {
      const [left, right] = [
        expandTemplate('{alnum:22}', { random }),
        expandTemplate('{alnum:22}', { random }),
      ]
      expect(isPlaceholder(`${left}test${right}`)).toBe(false)
      expect(isPlaceholder(`my-test-bot-${left}T3Blbk${''}FJ${right}`)).toBe(false)
    }
  })

  it.each([
    'alnum:20',
    'alnum:32',
    'alnum:48',
    'alnum:156',
    'lower:20',
    'upper:20',
    'alpha:24',
    'digits:20',
    'digits:32',
    'hex:20',
    'hex:32',
    'hex:64',
    'HEX:32',
    'lowernum:20',
    'uppernum:20',
    'base64url:20',
    'base64url:43',
    'base64url:156',
    'base64:40',
    'base64:88',
    'base32:20',
    'base32lower:52',
    'base58:44',
    'uuid',
  ])('drops fewer than 1 in 10,000 of {%s}', (template) => {
    const random = seededRandom(20261123)
    let dropped = 0
    for (let i = 0; i < 10_000; i++)
      if (isPlaceholder(expandTemplate(`{${template}}`, { random }))) dropped += 1
    expect(dropped).toBeLessThanOrEqual(1)
  })
})
