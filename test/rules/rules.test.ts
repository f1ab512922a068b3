// Every rule file passes its self-test: `unleak rules check`, rule by rule.
import { describe, expect, it } from 'vitest'
import { checkTools } from '../../src/cli/commands/rules.ts'
import { checkRules } from '../../src/rules/check.ts'
import { compileRules } from '../../src/rules/compile.ts'
import { readRuleFolder } from '../../src/rules/read.ts'
import { rulesOf } from '../helpers/rules.ts'

const compiled = compileRules(readRuleFolder('rules'))
const tools = checkTools(compiled.ruleset)

describe('bundled rules', () => {
  it.each(compiled.ruleset.rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
    const one = { ruleset: { ...compiled.ruleset, rules: [rule] }, about: compiled.about }
    expect(checkRules(one, tools)).toEqual([])
  })

  it('links are https, and texts fit a terminal line or two', () => {
    for (const provider of Object.values(compiled.about.providers)) {
      for (const step of Object.values(provider.response)) {
        expect(step.text.length, `${provider.id}: ${step.text}`).toBeLessThanOrEqual(170)
        if (step.url) expect(step.url).toMatch(/^https:\/\//)
      }
    }
  })
})

describe('the self-test itself', () => {
  const troubles = (rule: Record<string, unknown>) => {
    const made = rulesOf({ pattern: 'tok_[a-z]{20}', examples: ['tok_{lower:20}'], ...rule })
    return checkRules(made, checkTools(made.ruleset)).map((t) => t.message.split(' with ')[0])
  }

  it('passes a good rule', () => {
    expect(troubles({})).toEqual([])
  })

  it('sees an example that the pattern does not match', () => {
    expect(troubles({ examples: ['tok_{lower:19}'] })[0]).toContain('does not match its example')
  })

  it('sees a reject that is reported', () => {
    expect(troubles({ rejects: ['tok_{lower:20}'] })[0]).toContain('is reported')
  })

  it('sees an example that another rule claims', () => {
    const pattern = 'tok_[a-z]{20}'
    const made = rulesOf(
      { id: 'test-a', pattern, examples: ['tok_{lower:20}'] },
      { id: 'test-b', pattern, examples: ['tok_{lower:20}'] },
    )
    const [trouble] = checkRules(made, checkTools(made.ruleset))
    expect(trouble).toMatchObject({ rule: 'test-b', message: expect.stringContaining('claimed by test-a') })
  })

  it.each([
    ['by a power', 'tok_[a-z]{0,600}[a-z]{0,600}[a-z]{0,600}!', 'steps grow like the power 3'],
    ['exponentially', 'tok_(?:[a-z]{1,30}){1,30}!', 'steps grow exponentially'],
    [
      'within a limit that is short',
      'tok_(?:[a-z]{0,60}[a-z]{0,60}[a-z]{0,60}[a-z]{0,60}[a-z]{0,60}[a-z]{0,60})!',
      'takes more than 20000000 steps',
    ],
  ])('sees a pattern that is slow %s', (_, pattern, message) => {
    const slow = troubles({ pattern, examples: ['tok_{lower:20}!'] })
    expect(slow).toContainEqual(expect.stringContaining(message))
  })
})

describe('compilation refuses', () => {
  it.each([
    ['an unbounded pattern', { pattern: 'tok_[a-z]+' }, 'unbounded quantifier'],
    ['a back-reference', { pattern: 'tok_(a)\\1' }, 'back-reference'],
    [
      'a pattern that can match without its keyword',
      { pattern: '(?:tok_|key_)[a-z]{20}', keywords: ['tok_'] },
      'without any of its keywords',
    ],
    ['a pattern without a literal beginning or keywords', { pattern: '[a-z]{20}' }, 'give keywords'],
    ['broken syntax', { pattern: 'tok_(' }, 'pattern'],
    ['a short keyword', { pattern: 'ab[a-z]{20}', keywords: ['ab'] }, 'shorter than 3 bytes'],
    ['an unknown field', { patern: 'x' }, 'is not a field'],
    ['a wrong severity', { severity: 'huge' }, 'must be one of'],
  ])('%s', (_, rule, message) => {
    expect(() => rulesOf({ pattern: 'tok_[a-z]{20}', ...rule })).toThrow(message)
  })
})
