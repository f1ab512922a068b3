// Counted steps: the same for the same pattern and text, few for linear patterns, many for those that try and try again.
import { describe, expect, it } from 'vitest'
import { checkTools } from '../../src/cli/commands/rules.ts'
import { patternOf } from '../../src/model/index.ts'
import { compileRules } from '../../src/rules/compile.ts'
import { readRuleFolder } from '../../src/rules/read.ts'
import { countSteps } from '../../src/rules/steps.ts'
import { expandTemplate, seededRandom } from '../../src/rules/template.ts'

const LIMIT = 1_000_000
const steps = (source: string, text: string, flags = '') =>
  countSteps(new RegExp(source, flags), text, LIMIT).steps

describe('countSteps', () => {
  it('takes a step for each byte that is looked at', () => {
    expect(steps('abc', 'xxabc')).toBe(2 + 3 + 1)
    expect(steps('[a-c]{2,4}d', 'abcd')).toBe(3 + 1 + 1 + 1)
  })

  it.each([
    ['tok_[a-z]{20}', 'tok_'],
    ['(?<![A-Za-z0-9])sk-[a-z0-9]{20,60}', 'sk-'],
    ['(?:key|token)\\s{0,4}[:=]\\s{0,4}[a-f0-9]{32}\\b', 'key = '],
  ])('grows with the text alone for %s', (source, seed) => {
    const short = steps(source, seed.repeat(500), 'i')
    const long = steps(source, seed.repeat(2000), 'i')
    expect(long / short).toBeLessThan(4.2)
  })

  it.each([
    ['three runs of the same letters', 'x[a-z]{0,300}[a-z]{0,300}[a-z]{0,300}!'],
    ['a run of runs', 'x(?:[a-z]{1,30}){1,30}!'],
  ])('stops at the limit for %s', (_, source) => {
    expect(steps(source, `x${'a'.repeat(300)}`)).toBe(LIMIT + 1)
  })

  it.each([
    ['(?<=a)b', 'ab'],
    ['(?<!a|bc)d', 'xd bcd ad'],
    ['a(?=b)b(?!c)', 'ab abc'],
    ['^ab$', 'ab'],
    ['\\bab\\B', '-ab- abc'],
    ['a{1,3}?b', 'aab'],
    ['(?:ab|a)(?:c|bcd)', 'abcd ac'],
    ['A[B]', 'ab'],
    ['x?y{0,2}', 'xyyyx'],
  ])('finds what the engine of the language finds: %s', (source, text) => {
    const regex = new RegExp(source, 'gi')
    const spans = [...text.matchAll(regex)].map((m) => [m.index, m.index + m[0].length])
    expect(countSteps(regex, text, LIMIT).matches).toEqual(spans)
  })

  it('finds the examples of every ninth rule as that engine does', () => {
    const { ruleset, about } = compileRules(readRuleFolder('rules'))
    const { complete } = checkTools(ruleset)
    for (const rule of ruleset.rules.filter((_, i) => i % 9 === 0)) {
      const regex = patternOf(rule, 'g')
      for (const template of about.rules[rule.id]!.examples) {
        const text = expandTemplate(template, { random: seededRandom(1), complete })
        const spans = [...text.matchAll(regex)].map((m) => [m.index, m.index + m[0].length])
        expect(countSteps(regex, text, LIMIT).matches, rule.id).toEqual(spans)
      }
    }
  })
})
