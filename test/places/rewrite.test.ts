import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rewriteFile, writePrivate } from '../../src/places/rewrite.ts'
import { tempFolder } from '../helpers/repo.ts'

const change = (text: string) => text.replace('old', 'new')

describe('rewriteFile', () => {
  it('keeps mode and bytes, and the old content in a private place', () => {
    const folder = tempFolder()
    const file = join(folder, '.env')
    const bytes = Buffer.from('efbbbf4b45593d6f6c640d0aff', 'hex')
    writeFileSync(file, bytes)
    chmodSync(file, 0o640)
    const { changed, backup } = rewriteFile(file, change, join(folder, 'kept'))
    expect(changed).toBe(true)
    expect(readFileSync(file).toString('hex')).toBe('efbbbf4b45593d6e65770d0aff')
    expect(statSync(file).mode & 0o777).toBe(0o640)
    expect(readFileSync(backup!)).toEqual(bytes)
    expect(statSync(backup!).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'kept')).mode & 0o777).toBe(0o700)
    expect(readdirSync(folder).sort()).toEqual(['.env', 'kept'])
  })

  it('writes through a link and leaves it a link', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'real.env'), 'A=old')
    symlinkSync('real.env', join(folder, '.env'))
    rewriteFile(join(folder, '.env'), change, join(folder, 'kept'))
    expect(lstatSync(join(folder, '.env')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'real.env'), 'utf8')).toBe('A=new')
  })

  it('does nothing when nothing changes, and keeps the same content once', () => {
    const folder = tempFolder()
    const file = join(folder, '.env')
    writeFileSync(file, 'A=old')
    expect(rewriteFile(file, (text) => text, join(folder, 'kept'))).toEqual({
      changed: false,
      backup: undefined,
    })
    rewriteFile(file, change, join(folder, 'kept'))
    writeFileSync(file, 'A=old')
    rewriteFile(file, change, join(folder, 'kept'))
    expect(readdirSync(join(folder, 'kept'))).toEqual(['.env.1'])
  })

  it('starts over what a killed run left behind, and follows no link there', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, '.env'), 'A=old')
    writeFileSync(join(folder, 'victim'), 'mine')
    symlinkSync('victim', join(folder, '.env.unleak-tmp'))
    rewriteFile(join(folder, '.env'), change, join(folder, 'kept'))
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('A=new')
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('mine')
    expect(existsSync(join(folder, '.env.unleak-tmp'))).toBe(false)
  })

  it('leaves the file as it was when it can not be written', () => {
    const folder = tempFolder()
    const file = join(folder, '.env')
    writeFileSync(file, 'A=old')
    mkdirSync(join(folder, '.env.unleak-tmp')) // the name is taken by something that is no file
    writeFileSync(join(folder, '.env.unleak-tmp', 'x'), '')
    expect(() => rewriteFile(file, change, join(folder, 'kept'))).toThrow(/could not be written/)
    expect(readFileSync(file, 'utf8')).toBe('A=old')
  })
})

describe('writePrivate', () => {
  it('makes a file for its owner only', () => {
    const file = join(tempFolder(), 'a', 'b.txt')
    writePrivate(file, 'é')
    expect(readFileSync(file, 'utf8')).toBe('é')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})
