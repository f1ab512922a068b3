// Where hooks find unleak: one reading of the PATH for hooks here and hooks of every repository.
import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, it } from 'vitest'
import { findsUnleak, isOnPath } from '../../src/hooks/site.ts'
import type { Site } from '../../src/hooks/types.ts'
import { tempFolder } from '../helpers/repo.ts'

function folders() {
  const root = tempFolder()
  const at = (...names: string[]) => {
    const dir = join(root, ...names)
    mkdirSync(dir, { recursive: true })
    return dir
  }
  const [bin, npx, folder] = [at('bin'), at('_npx', 'node_modules', '.bin'), at('folder')]
  for (const dir of [bin, npx]) writeFileSync(join(dir, 'unleak'), '#!/bin/sh\n', { mode: 0o755 })
  mkdirSync(join(folder, 'unleak'))
  return { root, bin, npx, folder }
}

it('a program in a folder of the PATH, whatever the variable is called', () => {
  const { root, bin, npx, folder } = folders()
  const cases: [NodeJS.ProcessEnv, boolean][] = [
    [{ PATH: ['/nowhere', bin].join(delimiter) }, true],
    [{ Path: bin }, true],
    [{ PATH: npx }, false], // gone tomorrow
    [{ PATH: ['', folder].join(delimiter) }, false], // a folder of that name is no program
    [{}, false],
  ]
  const site = (env: NodeJS.ProcessEnv) =>
    ({ env, top: root, own: [root], project: undefined }) as unknown as Site
  for (const [env, found] of cases)
    expect([env, isOnPath(env), findsUnleak(site(env))]).toEqual([env, found, found])
})
