// The bundled rules as a scan reads them, one at a time, against what was written.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { indexRules } from '../../src/engine/tables.ts'
import type { RuleIndex } from '../../src/model/index.ts'
import { readRules, writeRules } from '../../src/rules/bundle.ts'
import { writeIndex } from '../../src/rules/index-file.ts'
import { loadRules } from '../../src/rules/load.ts'
import { tempFolder } from '../helpers/repo.ts'

const HASH = '0123456789abcdef'

/** All that an index says. */
function told({ size, keywords, wakesOf, reaches }: RuleIndex) {
  return {
    size,
    keywords,
    reaches: Array.from(reaches),
    wakes: keywords.map((_, i) => Array.from(wakesOf(i))),
  }
}

it('gives every rule, alone and all together, and the index that these rules have', async () => {
  const { ruleset } = await loadRules()
  const rules = [...ruleset.rules, { ...ruleset.rules[0]!, id: 'é-✓', source: 'ü{3}' }] // bytes are no characters
  const [file, index] = ['rules.jsonl', 'rules-index.bin'].map((name) => join(tempFolder(), name)) as [
    string,
    string,
  ]
  writeFileSync(file, writeRules({ hash: HASH, rules }))
  writeFileSync(index, writeIndex(indexRules(rules), HASH))
  const read = readRules(file, index)
  for (let i = rules.length - 1; i >= 0; i -= 7) expect(read.indexed!.ruleAt(i)).toEqual(rules[i])
  expect(read.rules).toEqual(rules)
  expect(read.hash).toBe(HASH)
  expect(told(read.indexed!.index)).toEqual(told(indexRules(rules)))
  expect(told(ruleset.indexed!.index)).toEqual(told(indexRules(ruleset.rules)))
  writeFileSync(index, writeIndex(indexRules(rules), 'f'.repeat(16)))
  expect(() => readRules(file, index)).toThrow('belongs to other rules')
})
