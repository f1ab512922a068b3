// An automaton says yes wherever its pattern matches: it may only say yes too often.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkTools } from '../../src/cli/commands/rules.ts'
import { type Automaton, BEFORE_VALUE, namedBefore } from '../../src/model/index.ts'
import { automatonOf, backwardsOf } from '../../src/rules/automaton.ts'
import { compileRules } from '../../src/rules/compile.ts'
import { readRuleFolder } from '../../src/rules/read.ts'
import { requiredRun } from '../../src/rules/required-run.ts'
import { expandTemplate, seededRandom } from '../../src/rules/template.ts'

const ACCEPT = 0x8000

/** The project's own rules, compiled once: there are many. */
const bundled = (({ ruleset, about, automata }) => ({ ruleset, about, automata }))(
  compileRules(readRuleFolder('rules')),
)

/** Whether a match may begin with `text`. */
function mayBegin({ columns, width, next, tail }: Automaton, text: string): boolean {
  const follows = new RegExp(`^${tail.bytes}{${tail.length}}`)
  let state = 1
  for (let at = 0; at < text.length; at++) {
    state = next[state * width + columns[text.charCodeAt(at)]!]!
    if (state & ACCEPT) {
      if (follows.test(text.slice(at + 1))) return true
      state &= ~ACCEPT
    }
    if (state === 0) return false
  }
  return false
}

const atom = fc.constantFrom(
  'a',
  'b',
  '-',
  '[ab]',
  '[^a]',
  '\\w',
  '(?:ab|b)',
  '(?=a)',
  '(?<!b)',
  '[ab]{8,12}',
  'b{9}',
)
const piece = fc.tuple(atom, fc.constantFrom('', '', '?', '{0,3}', '{2,4}')).map(([one, times]) => {
  const isRepeatable = !one.includes('?=') && !one.includes('?<!') && !one.includes('{')
  return isRepeatable ? one + times : one
})
const pattern = fc
  .array(fc.array(piece, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
  .map((alternatives) => alternatives.map((pieces) => pieces.join('')).join('|'))
const text = fc.array(fc.constantFrom(...'aaabbb-x'), { maxLength: 30 }).map((chars) => chars.join(''))

describe('automatonOf', () => {
  it('takes what the pattern takes', () => {
    fc.assert(
      fc.property(pattern, text, fc.boolean(), (source, subject, ignoreCase) => {
        const automaton = automatonOf(source, ignoreCase)
        const regex = new RegExp(`^(?:${source})`, ignoreCase ? 'i' : '')
        if (automaton && regex.test(subject)) expect(mayBegin(automaton, subject)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it('reads backwards what the pattern takes', () => {
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const automaton = backwardsOf(source)
        const match = new RegExp(`(?:${source})$`).exec(subject)
        const backwards = [...subject].reverse().join('')
        if (automaton && match) expect(mayBegin(automaton, backwards)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it('finds the general name before a value, and none in ordinary text', () => {
    const isNamed = (subject: string) =>
      mayBegin(backwardsOf(namedBefore())!, [...subject].reverse().join(''))
    for (const named of ['apiKey: "', 'x-api-key = ', 'TOKEN=', '"secretKey": "', 'Authorization: Bearer '])
      expect(isNamed(named), named).toBe(true)
    for (const other of ['tree 4b825d\nparent ', 'model: "', 'https://github.com/acme/'])
      expect(isNamed(other), other).toBe(false)
  })

  it('says no to most words that speak of secrets', () => {
    const { automata } = bundled
    const generic = automata['generic-secret-assignment']!
    for (const harmless of [
      'tokens are counted',
      'token: number',
      'secret stuff',
      'tokenizer.encode(text)',
      'token = 1',
    ])
      expect(mayBegin(generic, harmless), harmless).toBe(false)
  })

  it('says yes to every example of its rule', () => {
    const { automata, ruleset, about } = bundled
    const { complete } = checkTools(ruleset)
    for (const [id, automaton] of Object.entries(automata)) {
      if (id === BEFORE_VALUE) continue
      for (const template of about.rules[id]!.examples) {
        const example = expandTemplate(template, { random: seededRandom(7), complete })
        expect(
          [...example].some((_, at) => mayBegin(automaton, example.slice(at))),
          `${id}: ${template}`,
        ).toBe(true)
      }
    }
  })
})

describe('requiredRun', () => {
  it('stands in every match, where it says', () => {
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const run = requiredRun(source, false)
        const match = new RegExp(`(?:${source})`).exec(subject)
        if (!run || !match) return
        const stretch = new RegExp(`^${run.bytes}{${run.length}}`)
        const places = Array.from({ length: run.to - run.from + 1 }, (_, i) => run.from + i)
        expect(places.some((from) => stretch.test(match[0].slice(from)))).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })
})
