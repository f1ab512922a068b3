// A file is written over whole or not at all; its link, mode and owner stay.
import {
  chmodSync,
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
import { replaceFile } from '../../src/disk/replace.ts'
import { unleak } from '../helpers/cli.ts'
import { tempFolder } from '../helpers/repo.ts'

const modeOf = (file: string) => statSync(file).mode & 0o777
const isWindows = process.platform === 'win32'

describe('replaceFile', () => {
  it('writes all pieces, and leaves nothing beside the file', () => {
    const folder = tempFolder()
    replaceFile(join(folder, 'a'), ['one ', Buffer.from('two'), ''], { newMode: 0o600 })
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('one two')
    expect(readdirSync(folder)).toEqual(['a'])
    if (!isWindows) expect(modeOf(join(folder, 'a'))).toBe(0o600)
  })

  it.skipIf(isWindows)('keeps a link and the mode, unless one is given', () => {
    const folder = tempFolder()
    const file = join(folder, 'real')
    writeFileSync(file, 'old')
    chmodSync(file, 0o664)
    symlinkSync('real', join(folder, 'link'))
    replaceFile(join(folder, 'link'), ['new'], { newMode: 0o600 })
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true)
    expect([readFileSync(file, 'utf8'), modeOf(file)]).toEqual(['new', 0o664])
    replaceFile(file, ['new'], { mode: 0o755 })
    expect(modeOf(file)).toBe(0o755)
  })

  it.each([false, true])('leaves all as it was when a piece fails (locked: %s)', (isLocked) => {
    const folder = tempFolder()
    const file = join(folder, 'a')
    writeFileSync(file, 'old')
    function* pieces() {
      yield 'half'
      throw new Error('no more')
    }
    expect(() => replaceFile(file, pieces(), { isLocked })).toThrow('no more')
    expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['old', ['a']])
  })

  it('under a lock, what a killed run left behind is overwritten and a link there is not followed', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'victim'), 'precious')
    symlinkSync('victim', join(folder, 'a.unleak-tmp'))
    replaceFile(join(folder, 'a'), ['new'], { isLocked: true })
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('precious')
    expect(readdirSync(folder).sort()).toEqual(['a', 'victim'])
  })
})

it.skipIf(isWindows)('an ignore file that is a link stays one', () => {
  const folder = tempFolder()
  mkdirSync(join(folder, 'shared'))
  writeFileSync(join(folder, 'shared/ignore.yaml'), 'ignore: []\n')
  symlinkSync('shared/ignore.yaml', join(folder, 'unleak.ignore.yaml'))
  expect(unleak(['ignore', '0123456789abcdef', '--reason', 'why'], folder).status).toBe(0)
  expect(lstatSync(join(folder, 'unleak.ignore.yaml')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(folder, 'shared/ignore.yaml'), 'utf8')).toContain('0123456789abcdef')
})
