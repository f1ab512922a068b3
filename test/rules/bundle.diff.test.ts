// The bundled rules as a scan reads them, one at a time, against what was written.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { indexRules } from '../../src/engine/tables.ts'
import { readRules, writeRules } from '../../src/rules/bundle.ts'
import { loadRules } from '../../src/rules/load.ts'
import { tempFolder } from '../helpers/repo.ts'

it('gives every rule, alone and all together, and the index that these rules have', async () => {
  const { ruleset } = await loadRules()
  const rules = [...ruleset.rules, { ...ruleset.rules[0]!, id: 'é-✓', source: 'ü{3}' }] // bytes are no characters
  const file = join(tempFolder(), 'rules.jsonl')
  writeFileSync(file, writeRules({ hash: 'abc', rules }, indexRules(rules)))
  const read = readRules(pathToFileURL(file))
  for (let i = rules.length - 1; i >= 0; i -= 7) expect(read.indexed!.ruleAt(i)).toEqual(rules[i])
  expect(read.rules).toEqual(rules)
  expect(read.hash).toBe('abc')
  expect(read.indexed!.index).toEqual(indexRules(rules))
  expect(ruleset.indexed!.index).toEqual(indexRules(ruleset.rules))
})
