// What one file of a disk is, and its bytes, whichever way it is read.
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readListed, readWhole } from '../../src/sources/read-file.ts'
import { tempFolder } from '../helpers/repo.ts'

const folder = tempFolder()
const file = (name: string) => join(folder, name)
mkdirSync(file('folder'))
writeFileSync(file('empty'), '')
writeFileSync(file('small'), 'what it holds\n')
writeFileSync(file('exact'), Buffer.alloc(1 << 20, 'x'))
writeFileSync(file('more'), Buffer.alloc((1 << 20) + 7, 'y'))
symlinkSync('small', file('link'))
symlinkSync('loop', file('loop'))
if (process.platform !== 'win32') execFileSync('mkfifo', [file('pipe')])

describe.each([
  ['readWhole', readWhole],
  ['readListed', readListed],
])('%s', (_, read) => {
  it.each([
    ['empty', 0],
    ['small', 14],
    ['exact', 1 << 20],
    ['more', (1 << 20) + 7],
  ])('reads all of a file: %s', (name, size) => {
    expect(read(file(name))).toHaveLength(size)
    expect(read(Buffer.from(file(name)))).toHaveLength(size)
  })

  it('tells what is no file', () => {
    expect(read(file('folder'))).toBe('folder')
    expect(read(file('link'))).toBe('link')
    expect(read(file('loop'))).toBe('link')
  })

  it.skipIf(process.platform === 'win32')('does not wait for a pipe', () => {
    expect(read(file('pipe'))).toBe('device')
  })

  it.skipIf(process.platform !== 'linux')('reads to its end what is said to be empty', () => {
    expect((read('/proc/self/status') as Buffer).toString()).toContain('VmPeak')
  })

  it('throws what the system says', () => {
    expect(() => read(file('gone'))).toThrow('ENOENT')
    expect(() => read(file('small/below'))).toThrow('ENOTDIR')
  })
})
