// What is kept between runs: compiled code in the user's cache folder, never in what is scanned; no run depends on it.
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unleak } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'

const KEY = openaiKey()
const hasOwnCache = 'enableCompileCache' in process.getBuiltinModule('node:module')

function stagedRepo(text: string) {
  const repo = makeRepo()
  repo.write({ 'a.ts': text })
  repo.git('add', '-A')
  return repo
}

/** All files below `folder`, by name. */
function filesIn(folder: string): string[] {
  return (readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[])
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

describe('the compile cache', () => {
  it('is written by the first run and changes nothing', () => {
    const repo = stagedRepo(`const key = '${KEY}'\n`)
    const cache = tempFolder()
    const env = { XDG_CACHE_HOME: cache }
    const [first, second] = [unleak(['staged'], repo.path, { env }), unleak(['staged'], repo.path, { env })]
    expect(first.status).toBe(1)
    expect(first.stdout).toContain('a.ts:1:14')
    expect(second).toEqual(first)
    expect(filesIn(cache)).not.toEqual([])
    for (const path of filesIn(cache)) expect(readFileSync(path, 'latin1')).not.toContain(KEY)
    expect(repo.git('status', '--porcelain')).toBe('A  a.ts\n')
  })

  it('is not kept inside what is scanned, nor when it is switched off, nor where nothing can be written', () => {
    const repo = stagedRepo('const a = 1\n')
    const elsewhere = tempFolder()
    const file = join(elsewhere, 'file')
    writeFileSync(file, '')
    for (const env of [
      { XDG_CACHE_HOME: join(repo.path, 'cache') },
      { XDG_CACHE_HOME: join(elsewhere, 'off'), NODE_DISABLE_COMPILE_CACHE: '1' },
      { XDG_CACHE_HOME: file },
    ]) {
      expect(unleak(['staged'], repo.path, { env })).toMatchObject({ status: 0, stderr: '' })
    }
    expect(repo.git('status', '--porcelain')).toBe('A  a.ts\n')
    expect(readdirSync(elsewhere)).toEqual(['file'])
  })

  it.skipIf(hasOwnCache)('that is damaged, or that others can write, is not run', () => {
    const repo = stagedRepo(`const key = '${KEY}'\n`)
    const cache = tempFolder()
    const run = () => unleak(['staged'], repo.path, { env: { XDG_CACHE_HOME: cache } })
    const wanted = run()
    const [path] = filesIn(cache)
    const whole = readFileSync(path!)
    for (const damaged of [
      whole.subarray(0, 50_000),
      Buffer.from(whole).fill(1, 60_000, 60_100),
      Buffer.alloc(9),
    ]) {
      writeFileSync(path!, damaged)
      expect(run()).toEqual(wanted)
    }
    writeFileSync(path!, whole.subarray(0, 50_000))
    chmodSync(path!, 0o666)
    expect(run()).toEqual(wanted)
    expect(statSync(path!).mode & 0o777).toBe(0o600)
  })

  it('keeps cold modules within reach', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'a.ts'), `const key = '${KEY}'\n`)
    const env = { XDG_CACHE_HOME: tempFolder() }
    for (let i = 0; i < 2; i++) expect(unleak(['scan', '.'], folder, { env }).stdout).toContain('a.ts:1:14')
  })
})
