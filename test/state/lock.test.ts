import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withLock } from '../../src/state/lock.ts'
import { tempFolder } from '../helpers/repo.ts'

describe('withLock', () => {
  it('lets one run at a time, and is free again after it, also after an error', async () => {
    const folder = tempFolder()
    await withLock(folder, 'a', async () => {
      await expect(withLock(folder, 'a', async () => 1)).rejects.toThrow(/another run/)
      expect(await withLock(folder, 'b', async () => 2)).toBe(2)
    })
    await expect(withLock(folder, 'a', () => Promise.reject(new Error('x')))).rejects.toThrow('x')
    expect(existsSync(join(folder, 'locks', 'a'))).toBe(false)
  })

  it('is never seen without its holder, and leaves nothing else behind', async () => {
    const folder = tempFolder()
    await withLock(folder, 'a', async () => {
      expect(readFileSync(join(folder, 'locks', 'a'), 'utf8')).toBe(String(process.pid))
      expect(readdirSync(join(folder, 'locks'))).toEqual(['a'])
    })
    expect(readdirSync(join(folder, 'locks'))).toEqual([])
  })

  it('does not wait for a process that was killed', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'locks'))
    writeFileSync(join(folder, 'locks', 'a'), '999999999')
    expect(await withLock(folder, 'a', async () => 1)).toBe(1)
    writeFileSync(join(folder, 'locks', 'a'), '')
    expect(await withLock(folder, 'a', async () => 2)).toBe(2)
  })
})
