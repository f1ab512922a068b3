// How patterns grow: known ones, what another checker says of random ones, and what counted steps show.
import fc from 'fast-check'
import { checkSync } from 'recheck'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../src/rules/ambiguity.ts'
import { countSteps } from '../../src/rules/steps.ts'

const powerOf = (source: string, flags = '') => growthOf(new RegExp(source, flags)).power
const EXPONENTIAL = Number.POSITIVE_INFINITY

describe('growthOf', () => {
  it.each([
    ['tok_[a-z]{20}', 0],
    ['tok_[a-z]{20,60}', 0], // short
    ['tok_[a-z]{20,900}', 1],
    ['tok_[a-z]*[0-9]*!', 1], // nothing that both take
    ['tok_[a-z]*-[a-z]*!', 1],
    ['tok_[a-z]*k[a-z]*!', 2],
    ['tok_[a-z]{0,900}[a-z0-9]{0,900}!', 2],
    ['tok_[a-z]{0,900}[a-z]{40}[a-z0-9]{0,900}!', 2],
    ['[ab]*[bc]*[ab]*!', 3],
    ['x(?:ab)*(?:abab)*y', 2],
    ['[a-z]*(?![a-z])[a-z0-9]*!', 1], // a run that ends where it must hands nothing on
    ['[a-z]*(?<![a-z])[a-z]*!', 1],
    ['a*(?=b|a*c)a', 2], // what is looked for ahead is read in vain
    ['(?<=k[a-z]*)x', 1],
    ['(?:a|b)*c', 1],
    ['(?:a|a)*c', EXPONENTIAL],
    ['(?:a|A)*c', 1],
    ['(?:ab|a|b)*c', EXPONENTIAL],
    ['(?:a*)*c', EXPONENTIAL],
    ['(?:a?b?)*c', EXPONENTIAL],
    ['(?:[a-z]{1,30}){1,30}!', EXPONENTIAL],
    ['(?:a|aa){30}!', EXPONENTIAL],
    ['x(?=(?:a|a){1,99}b)a', EXPONENTIAL],
    ['(?:[^"\\\\]|\\\\.)*"', 1],
    ['(?:[^"]|\\\\.)*"', EXPONENTIAL],
  ])('%s: %d', (source, power) => {
    expect(powerOf(source)).toBe(power)
  })

  it('minds the case that is ignored', () => {
    expect(powerOf('(?:a|A)*c', 'i')).toBe(EXPONENTIAL)
  })

  it('refuses what has more ways than can be listed', () => {
    const nested = Array.from({ length: 24 }).reduce<string>((inner) => `(?:(?:${inner}|)(?:b|))`, 'a')
    expect(() => powerOf(`${nested}{3}`)).toThrow(RangeError)
  })

  it.each([
    ['key_[a-z]{0,9000}!', 1],
    ['key_[a-z]*tok[a-z]*!', 2],
    ['x(?:ab)*(?:abab)*y', 2],
    ['x[ab]*[bc]*[abc]*!', 3],
    ['x[a-z]*(?=[a-z]*9)!', 2],
  ])('builds a text on which %s takes steps of that power', (source, power) => {
    const regex = new RegExp(`^${source}`)
    const steps = (bytes: number) => countSteps(regex, growthOf(regex).attack(bytes), 1e8).steps
    expect(Math.log2(steps(240) / steps(120))).toBeGreaterThan(power - 0.35)
    expect(Math.log2(steps(240) / steps(120))).toBeLessThan(power + 0.35)
  })
})

const pattern = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', '[ab]', 'ab', '[bc]'),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `${a}${b}`),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(?:${a}|${b})`),
    tie('node').map((a) => `(?:${a})*`),
    tie('node').map((a) => `(?:${a})?`),
    tie('node').map((a) => `(?:${a}){1,90}`),
  ),
})).node

describe('random patterns', () => {
  process.env.RECHECK_SYNC_BACKEND = 'pure'

  /** The power by the other checker, which writes limits out: here they are lifted, as `growthOf` does. */
  const another = (source: string): number | undefined => {
    const lifted = source.replaceAll('{1,90}', '+')
    const checked = checkSync(lifted, '', { checker: 'automaton', timeout: 2_000 })
    if (checked.status === 'unknown') return undefined
    const { complexity } = checked
    if (complexity.type === 'exponential') return EXPONENTIAL
    return complexity.type === 'polynomial' ? complexity.degree : complexity.type === 'linear' ? 1 : 0
  }

  it('are judged as another checker judges them', () => {
    let compared = 0
    fc.assert(
      fc.property(pattern, (node) => {
        const source = `^${node}!`
        const expected = another(source)
        if (expected === undefined) return
        compared++
        expect(powerOf(source), source).toBe(expected)
      }),
      { numRuns: 150, seed: 7 },
    )
    expect(compared).toBeGreaterThan(120)
  })
})
