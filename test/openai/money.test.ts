// Amounts stay in the currency they were told in.
import { describe, expect, it } from 'vitest'
import { costOf, limitMoney, moneyText, sums } from '../../src/openai/index.ts'

describe('a cost', () => {
  it('is read as a number or as text, in dollars where no currency stands', () => {
    const text = '0.06' as unknown as number
    expect(costOf({ value: text, currency: 'usd' })).toEqual({ amount: 0.06, currency: 'USD' })
    expect(costOf({ value: 3, currency: 'eur' })).toEqual({ amount: 3, currency: 'EUR' })
    expect(costOf(undefined)).toEqual({ amount: 0, currency: 'USD' })
    expect(limitMoney({ threshold_amount: 1250, currency: 'GBP' })).toEqual({ amount: 12.5, currency: 'GBP' })
  })

  it('is nothing else', () => {
    const text = 'much' as unknown as number
    expect(() => costOf({ value: text, currency: 'usd' })).toThrow('not a number')
    expect(() => costOf({ value: 1, currency: '<b>' })).toThrow('a currency that is none')
    expect(() => limitMoney({ threshold_amount: 1, currency: '<b>' })).toThrow(
      'a spend limit or alert: a currency that is none',
    )
  })
})

describe('sums', () => {
  it('keep currencies apart, and leave out one in which nothing was spent', () => {
    const of = (...all: [number, string][]) => sums(all.map(([amount, currency]) => ({ amount, currency })))
    expect(of([1, 'USD'], [40, 'EUR'], [2, 'USD'])).toEqual([
      { amount: 40, currency: 'EUR' },
      { amount: 3, currency: 'USD' },
    ])
    expect(of([0, 'USD'], [2, 'EUR'])).toEqual([{ amount: 2, currency: 'EUR' }])
    expect(of([0, 'EUR'])).toEqual([{ amount: 0, currency: 'EUR' }])
    expect(of()).toEqual([{ amount: 0, currency: 'USD' }])
  })
})

describe('moneyText', () => {
  it.each([
    [1234.5, 'USD', '$1,234.50'],
    [1234.5, 'EUR', '1,234.50 EUR'],
    [0.00002, 'USD', '$0.0000'],
    [0.05, 'GBP', '0.0500 GBP'],
    [0, 'USD', '$0.00'],
  ])('%d %s', (amount, currency, text) => expect(moneyText({ amount, currency })).toBe(text))
})
