// Former names of files: renames count, copies do not.
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formerNames } from '../../src/git/renames.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'

const TEXT = Array.from({ length: 30 }, (_, i) => `line ${i}\n`).join('')
const of = async (path: string, root: string) => [...(await formerNames([path], root)).get(path)!]

describe('former names', () => {
  it('follow a file through commits and the index', async () => {
    const repo = makeRepo()
    repo.commit({ 'a b.txt': TEXT })
    repo.git('mv', 'a b.txt', 'ü.txt')
    repo.commit({ 'ü.txt': `${TEXT}more\n` })
    expect(await of('ü.txt', repo.path)).toEqual(['a b.txt'])
    repo.git('mv', 'ü.txt', 'c.txt')
    expect(await of('c.txt', repo.path)).toEqual(['ü.txt', 'a b.txt'])
  })

  it('a copy has none, not even those of what it was copied from', async () => {
    const repo = makeRepo()
    repo.commit({ 'oldest.txt': TEXT })
    repo.git('mv', 'oldest.txt', 'old.txt')
    repo.commit({ 'x.txt': 'x\n' })
    repo.commit({ 'copy.txt': TEXT })
    expect(await of('copy.txt', repo.path)).toEqual([])
  })

  it('a name that is in use again is nobody’s, and one name has one heir', async () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': TEXT })
    repo.git('mv', 'a.txt', 'b.txt')
    repo.commit({ 'x.txt': 'x\n' })
    repo.git('checkout', '-q', '-b', 'other', 'HEAD~1')
    repo.git('mv', 'a.txt', 'c.txt')
    repo.commit({ 'y.txt': 'y\n' })
    repo.git('merge', '-q', '-s', 'ours', 'main')
    repo.commit({ 'b.txt': TEXT })
    const both = await formerNames(['b.txt', 'c.txt'], repo.path)
    expect([...both.values()].flat()).toEqual(['a.txt'])
    repo.commit({ 'a.txt': TEXT })
    expect(await of('b.txt', repo.path)).toEqual([])
  })

  it('where git knows nothing there are none', async () => {
    const folder = tempFolder()
    expect(await of('a.txt', folder)).toEqual([])
    const repo = makeRepo()
    repo.write({ 'a.txt': TEXT })
    renameSync(join(repo.path, 'a.txt'), join(repo.path, 'b.txt'))
    expect(await of('b.txt', repo.path)).toEqual([])
  })
})
