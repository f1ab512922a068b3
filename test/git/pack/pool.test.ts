// The pool: the same results in the same order for any number of workers, and it ends when told to.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import type { PackOptions } from '../../../src/git/pack/contract.ts'
import { readPacksInWorkers } from '../../../src/git/pack/pool.ts'
import { kernelModule } from '../../engine/kernel/helpers.ts'
import { makeHistory, makeRepo, OPTIONS, type Repo, search, temporaryFolder } from './helpers.ts'

let worker: URL
let repo: Repo

beforeAll(async () => {
  const folder = temporaryFolder()
  const outfile = join(folder, 'worker.mjs')
  const entryPoints = [join(import.meta.dirname, 'hits.worker.ts')]
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' })
  worker = pathToFileURL(outfile)
  repo = makeRepo()
  makeHistory(repo, 30, 41)
  repo.git('repack', '-adq')
  makeHistory(repo, 10, 42)
})

async function read(
  jobs: number,
  options: PackOptions = OPTIONS,
  more: { setup?: string; signal?: AbortSignal } = {},
) {
  return readPacksInWorkers<string[]>(repo.gitDir, options, {
    module: await kernelModule(),
    worker,
    jobs,
    ...more,
  })
}

describe('readPacksInWorkers', () => {
  it('gives the same for one, two and five workers, and what one thread gives', async () => {
    const [one, two, five] = [await read(1), await read(2), await read(5)]
    expect(one.results.flat().length).toBeGreaterThan(50)
    expect(two).toEqual(one)
    expect(five).toEqual(one)
    expect(one.complete).toBe(true)
    const alone = await search(repo.gitDir, {}, () => false)
    const wanted = [...alone].map(([id, { hits }]) => `${id} ${hits.join(' ')}`)
    expect(one.results.flat().sort()).toEqual(wanted.sort())
  })

  it('hands the setup to the visitor and reports an error of it', async () => {
    await expect(read(2, OPTIONS, { setup: 'fail' })).rejects.toThrow('the visitor failed')
  })

  it('ends early when told to', async () => {
    const { complete, results } = await read(2, OPTIONS, { signal: AbortSignal.abort() })
    expect([complete, results]).toEqual([false, []])
  })

  it('reports what is wrong with the repository in the same order', async () => {
    const tiny = { ...OPTIONS, maxObjectBytes: 300 }
    const [one, three] = [await read(1, tiny), await read(3, tiny)]
    expect(one.problems.length).toBeGreaterThan(20)
    expect(three.problems).toEqual(one.problems)
  })
})
