// A sealed value stays sealed, however it is printed.
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact, Secret } from '../../src/model/index.ts'

describe('Secret', () => {
  it('shows its redacted form only', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 200 }), (value) => {
        const secret = new Secret(value)
        const shown = [
          String(secret),
          JSON.stringify({ secret }),
          inspect(secret),
          inspect({ a: [secret] }, { depth: 9, showHidden: true }),
          `${secret}`,
        ]
        for (const text of shown) expect(text.includes(value)).toBe(false)
        expect(secret.reveal()).toBe(value)
      }),
    )
  })

  it('shows less of short secrets', () => {
    expect(redact('tok_abcdefghijklmnopqrstuvwx', 'tok_')).toBe('tok_…uvwx')
    expect(redact('tok_abcdefghijkl', 'tok_')).toBe('tok_…kl')
    expect(redact('hunter2hunt')).toBe('…')
  })

  it('never shows a control character', () => {
    expect(redact(`${'a'.repeat(30)}\u001b[2`)).toBe('…a·[2')
  })

  it('has an id that depends on rule and value alone', () => {
    expect(new Secret('value one', 'v').id('rule')).toBe(new Secret('value one').id('rule'))
    expect(new Secret('value one').id('rule')).not.toBe(new Secret('value one').id('other'))
    expect(new Secret('value one').id('rule')).toMatch(/^[0-9a-f]{16}$/)
  })
})
