// An engine that wakes no generic rule finds what one does that was built without them.
import { expect, it } from 'vitest'
import { checkTools } from '../../src/cli/commands/rules.ts'
import { createEngine, createFastPrefilter } from '../../src/engine/index.ts'
import { loadRules } from '../../src/rules/load.ts'
import { expandTemplate, seededRandom } from '../../src/rules/template.ts'
import { textChunk } from '../helpers/rules.ts'

const { ruleset, about } = await loadRules()
const named = ruleset.rules.filter(({ tier }) => tier > 0)
const { rules } = await about()
const { complete } = checkTools(ruleset)

it('over an example of each rule, in a line that generic rules take for one of theirs', () => {
  const without = createEngine({ hash: 'without generic rules', rules: named }, createFastPrefilter)
  const asleep = createEngine(ruleset, createFastPrefilter, 1)
  const random = seededRandom(7)
  let found = 0
  for (const { id } of ruleset.rules)
    for (const template of rules[id]!.examples.slice(0, 1)) {
      const text = `password = "${expandTemplate(template, { random, complete })}" // token`
      const placesIn = (engine: typeof asleep) =>
        engine.match(textChunk(text)).matches.map(({ rule, span }) => [rule.id, span])
      const places = placesIn(asleep)
      expect(places, id).toEqual(placesIn(without))
      found += places.length
    }
  expect(found).toBeGreaterThan(800)
})
