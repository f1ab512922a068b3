// A long pattern's secret alone: told only where every match has it, and the engine finds the same with it as without.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkTools } from '../../src/cli/commands/rules.ts'
import { createEngine } from '../../src/engine/index.ts'
import { wholeChunk } from '../../src/model/index.ts'
import { loadRules } from '../../src/rules/load.ts'
import { secretPart } from '../../src/rules/secret-part.ts'
import { expandTemplate, seededRandom } from '../../src/rules/template.ts'

const LONG = `(?:${Array.from({ length: 200 }, (_, i) => `name${i}`).join('|')})`

describe('the secret of a pattern', () => {
  it.each([
    ['at the end', `${LONG}=(?<secret>[a-z]{3}|\\d{4})(?!x)`, '[a-z]{3}|\\d{4}'],
    ['between', `${LONG}(?<secret>(?<![a-z])x{9})${LONG}`, '(?<![a-z])x{9}'],
    ['of a short pattern', 'name=(?<secret>[a-z]{3})', undefined],
    ['in one of several alternatives', `${LONG}(?<secret>a{9})|b{9}`, undefined],
    ['that may be left out', `${LONG}(?:(?<secret>a{9}))?`, undefined],
    ['that is most of the pattern', `x(?<secret>${LONG})`, undefined],
    ['none', LONG, undefined],
  ])('%s', (_, source, part) => {
    expect(secretPart(source)).toBe(part)
  })
})

describe('the engine', async () => {
  const { ruleset, about } = await loadRules()
  const { complete } = checkTools(ruleset)
  const texts = await about()
  const long = ruleset.rules.filter((rule) => rule.secretPart !== undefined)
  const wholly = long.map(({ secretPart: _, ...rule }) => rule)

  it('has rules to try', () => expect(long.length).toBeGreaterThan(200))

  it('finds the same without a look at the secret first', () => {
    const [quick, plain] = [long, wholly].map((rules) => createEngine({ hash: '', rules }))
    const examples = long.flatMap(({ id }) => texts.rules[id]!.examples)
    const keywords = long.flatMap((rule) => rule.keywords)
    const piece = fc.oneof(
      fc
        .tuple(fc.constantFrom(...examples), fc.nat(9))
        .map(([text, seed]) => expandTemplate(text, { random: seededRandom(seed), complete })),
      fc.constantFrom(...keywords),
      fc.constantFrom(' ', '\n', '="', "': '", 'key', 'Token', '_secret', '/', '0', 'x', '.', '-'),
      fc.stringMatching(/^[a-f0-9]{8,48}$/),
    )
    const spans = (engine: typeof quick, text: string) =>
      engine!
        .match(wholeChunk(Buffer.from(text, 'latin1'), { kind: 'stdin' }))
        .matches.map(({ rule, span }) => `${rule.id} ${span.start}-${span.end}`)
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        expect(spans(quick, pieces.join(''))).toEqual(spans(plain, pieces.join('')))
      }),
      { numRuns: 400 },
    )
  })
})
