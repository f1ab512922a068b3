// What is told of rules comes back from the file as it was written, key by key and as a whole.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readAbout, writeAbout } from '../../src/rules/bundle.ts'
import { compileRules } from '../../src/rules/compile.ts'
import { readRuleFolder } from '../../src/rules/read.ts'
import { tempFolder } from '../helpers/repo.ts'

const { about } = compileRules(readRuleFolder('rules'))

it('is the same when it is read a line at a time', () => {
  const file = join(tempFolder(), 'about.jsonl')
  writeFileSync(file, writeAbout(about))
  const read = readAbout(file)
  const written = JSON.parse(JSON.stringify(about))
  expect(read.rules['openai-project-key']).toEqual(written.rules['openai-project-key'])
  expect('openai-project-key' in read.rules).toBe(true)
  expect('toString' in read.rules).toBe(false)
  expect(read.rules.toString).toBeUndefined()
  expect(read.providers['no-such-provider']).toBeUndefined()
  expect({ ...read.providers }).toEqual(written.providers)
  expect(Object.fromEntries(Object.entries(read.rules))).toEqual(written.rules)
  expect(Object.keys(read.rules)).toEqual(Object.keys(written.rules))
})
