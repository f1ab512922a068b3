import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stateDirectory } from '../../src/state/directory.ts'
import { openJournal } from '../../src/state/journal.ts'
import { recall, remember } from '../../src/state/memory.ts'
import { tempFolder } from '../helpers/repo.ts'

const now = () => new Date('2026-11-24T12:00:00Z')

describe('journal', () => {
  it('is read back by the next run, for its owner only', () => {
    const folder = join(tempFolder(), 'state')
    const first = openJournal(folder, 'abc', now)
    first.add('replace', 'started', { name: 'x' })
    first.add('replace', 'done', { keyId: 'key_1' })
    const second = openJournal(folder, 'abc', now)
    expect(second.entries).toEqual(first.entries)
    expect(second.last('replace', 'done')?.facts).toEqual({ keyId: 'key_1' })
    expect(second.last('revoke', 'done')).toBeUndefined()
    expect(statSync(second.file).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('loses only the line that a crash cut off, and goes on behind it', () => {
    const folder = tempFolder()
    openJournal(folder, 'abc', now).add('a', 'done')
    const { file } = openJournal(folder, 'abc', now)
    appendFileSync(file, '{"at":"2026-11-2')
    const journal = openJournal(folder, 'abc', now)
    expect(journal.entries.map((entry) => entry.step)).toEqual(['a'])
    journal.add('b', 'done')
    expect(openJournal(folder, 'abc', now).entries.map((entry) => entry.step)).toEqual(['a', 'b'])
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2)
  })

  it('forgets what was taken back, and not what lasts', () => {
    const journal = openJournal(tempFolder(), 'abc', now)
    for (const step of ['begin', 'replace', 'write', 'contain', 'undo', 'replace']) journal.add(step, 'done')
    expect(journal.standing().map(({ step }) => step)).toEqual(['begin', 'contain', 'replace'])
    expect(journal.last('write', 'done')).toBeUndefined()
    expect(journal.last('contain', 'done')).toBeDefined()
    expect(journal.entries).toHaveLength(6)
  })

  it('knows that another run wrote to it, and is not taken for empty when it is damaged', () => {
    const folder = tempFolder()
    const first = openJournal(folder, 'abc', now)
    const second = openJournal(folder, 'abc', now)
    second.add('replace', 'done')
    expect([first.hasGrown(), second.hasGrown()]).toEqual([true, false])
    appendFileSync(second.file, '\0\0\0\n')
    expect(() => openJournal(folder, 'abc', now)).toThrow('the journal of an earlier run is damaged')
  })
})

describe('memory', () => {
  it('remembers, and starts anew when what it finds is not its own', () => {
    const folder = tempFolder()
    expect(recall(folder)).toEqual({ tested: {} })
    remember(folder, { tested: { abc: '2026-11-01T00:00:00.000Z' } })
    expect(recall(folder).tested).toEqual({ abc: '2026-11-01T00:00:00.000Z' })
    appendFileSync(join(folder, 'health.json'), 'garbage')
    expect(recall(folder)).toEqual({ tested: {} })
  })
})

describe('the directory', () => {
  it('is the one named, else the place the system has for it', () => {
    expect(stateDirectory('/x/y', {})).toBe('/x/y')
    expect(stateDirectory(undefined, { XDG_STATE_HOME: '/s' })).toBe('/s/unleak')
    expect(stateDirectory(undefined, { XDG_STATE_HOME: 'relative' })).not.toContain('relative')
  })
})
