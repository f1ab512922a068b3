// The bundled rules as the hook reads them, one at a time, against the whole file parsed at once.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { layOut } from '../../src/engine/tables.ts'
import type { Ruleset } from '../../src/model/index.ts'
import { loadRules } from '../../src/rules/load.ts'

const whole = JSON.parse(readFileSync(new URL('../../dist/rules.json', import.meta.url), 'utf8')) as Ruleset

it('gives the same rules, and the layout that these rules have', async () => {
  const { ruleset, layout } = await loadRules()
  expect(whole.rules.length).toBeGreaterThan(300)
  expect(whole.rules.map((_, index) => layout!.ruleAt(index))).toEqual(whole.rules)
  expect(ruleset.rules).toEqual(whole.rules)
  expect(ruleset.hash).toBe(whole.hash)
  const { keywords, wakes, reaches } = layOut(whole.rules)
  expect({ ...layout, ruleAt: undefined }).toEqual({ keywords, wakes, reaches, ruleAt: undefined })
})

it('has no layout where rules were chosen', async () => {
  const { ruleset, layout } = await loadRules({ skip: ['openai'] })
  expect(layout).toBeUndefined()
  expect(ruleset.rules).toEqual(whole.rules.filter((rule) => rule.provider !== 'openai'))
})
