// Folders and repositories the measurements run in; all of them are gone at the end.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cleanEnv } from './measure.mjs'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

export const FOLDER = realpathSync(mkdtempSync(join(tmpdir(), 'unleak-bench-')))
process.on('exit', () => rmSync(FOLDER, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

/** A copy of the built package: a build in the meantime changes nothing. */
export const PACKAGE = join(FOLDER, 'package')
mkdirSync(PACKAGE)
for (const part of ['bin', 'dist', 'package.json'])
  cpSync(join(ROOT, part), join(PACKAGE, part), { recursive: true })
export const BIN = join(PACKAGE, 'bin/unleak.js')

export function write(folder, files) {
  for (const [name, content] of files) {
    const file = join(folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}

export function git(folder, ...args) {
  const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'gc.auto=0']
  const options = { cwd: folder, env: cleanEnv(), encoding: 'utf8', maxBuffer: 1 << 28 }
  return execFileSync('git', [...person, ...args], options)
}

/** A repository with `files` committed and packed, as a clone has them. */
export function repository(name, files) {
  const folder = join(FOLDER, name)
  mkdirSync(folder)
  git(folder, 'init', '-q', '-b', 'main')
  write(folder, files)
  git(folder, 'add', '-A')
  git(folder, 'commit', '-q', '--no-verify', '-m', 'all of it')
  git(folder, 'repack', '-adq')
  return folder
}
