// Which package manager a project uses, and the commands that init may need of it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageJson, PackageManager } from './types.ts'

const LOCKFILES: Readonly<Record<string, string>> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
}

export const hasLockfile = (dir: string): boolean =>
  Object.keys(LOCKFILES).some((name) => existsSync(join(dir, name)))

/** `dirs`: from the project's own directory upwards; `data`: its package.json. */
export function detectPackageManager(dirs: readonly string[], data: PackageJson): PackageManager {
  const field = typeof data.packageManager === 'string' ? data.packageManager : ''
  const [named, version = ''] = field.split('@')
  const locked = dirs.flatMap((dir) =>
    Object.entries(LOCKFILES).flatMap(([file, name]) => (existsSync(join(dir, file)) ? [name] : [])),
  )
  const name = named || locked[0] || 'npm'
  const home = dirs[0] ?? '.'
  if (name === 'yarn') {
    const isBerry = /^([2-9]|\d\d)/.test(version) || dirs.some((dir) => existsSync(join(dir, '.yarnrc.yml')))
    // Yarn 1 wants to be told that the top of a workspace is meant; later ones don't know the flag.
    const top = !isBerry && data.workspaces !== undefined ? ['-W'] : []
    return commands('yarn', ['add', '-D', ...top], ['remove', ...top], isBerry ? 'postinstall' : 'prepare')
  }
  if (name === 'pnpm') {
    const top = existsSync(join(home, 'pnpm-workspace.yaml')) ? ['-w'] : []
    return commands('pnpm', ['add', '-D', ...top], ['remove', ...top], 'prepare')
  }
  if (name === 'bun') return commands('bun', ['add', '-d'], ['remove'], 'prepare')
  return commands('npm', ['install', '-D'], ['uninstall'], 'prepare')
}

function commands(
  name: string,
  add: readonly string[],
  remove: readonly string[],
  prepare: PackageManager['prepare'],
): PackageManager {
  return { name, install: [name, 'install'], addDev: [name, ...add], remove: [name, ...remove], prepare }
}
