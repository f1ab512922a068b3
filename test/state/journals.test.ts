// Journals are read as far as they are whole, and stay as they are.
import { appendFileSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openJournal } from '../../src/state/journal.ts'
import { entriesOf, journalNames } from '../../src/state/journals.ts'
import { madeHere } from '../../src/state/made-here.ts'
import { tempFolder } from '../helpers/repo.ts'

it('names them, reads them to the last whole line, and knows what was made', () => {
  const folder = tempFolder()
  expect([journalNames(folder), [...madeHere(folder)]]).toEqual([[], []])
  const now = () => new Date('2026-01-02T03:04:05Z')
  const one = openJournal(folder, 'rotate-1', now)
  one.add('replace', 'done', { newKeyId: 'key_new', newKeyAccount: 'user_new' })
  openJournal(folder, 'case-2', now).add('begin', 'done', { rule: 'openai-project-key' })
  appendFileSync(one.file, '{"at": "cut')
  const before = readFileSync(one.file, 'utf8')
  expect(journalNames(folder)).toEqual(['case-2', 'rotate-1'])
  expect(entriesOf(folder, 'rotate-1')).toEqual(one.entries)
  expect(entriesOf(folder, 'nowhere')).toEqual([])
  expect([...madeHere(folder)]).toEqual(['key_new', 'user_new'])
  expect(readFileSync(one.file, 'utf8')).toBe(before)
})
