// A scratch repository with the hook setup of a real one: its hooks, its configuration files, its node_modules.
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { listTracked } from '../git/work-tree.ts'
import { fromTop, isInside } from '../hooks/site.ts'
import type { Site } from '../hooks/types.ts'

export interface Scratch {
  readonly path: string
  readonly remote: string
}

/** In a larger repository only what hooks are known to read is copied. */
const MOST_FILES = 3000
const MOST_BYTES = 1 << 20
const SETUP =
  /^(?:package\.json|\.gitignore|\.gitattributes|\.?lefthook(?:-local)?\..*|\.pre-commit-config\.ya?ml|\.?simple-git-hooks\..*|\.?lint-?staged.*|\.?unleak.*|pnpm-workspace\.yaml|\.husky|\.lefthook|\.lefthook-local|\.githooks|\.config)$/

export async function furnish(
  site: Site,
  { path, remote }: Scratch,
  git: (...args: string[]) => Promise<void>,
): Promise<void> {
  await git('init', '-q')
  await git('init', '-q', '--bare', remote)
  await copyFiles(site, path)
  linkModules(site, path)
  linkBuilt(site, path)
  writeFileSync(join(path, '.git', 'info', 'exclude'), 'node_modules\n')
  await placeHooks(site, path, git)
  await git('-c', 'core.hooksPath=/dev/null', 'add', '-A')
  await git('-c', 'core.hooksPath=/dev/null', 'commit', '-q', '--no-verify', '--allow-empty', '-m', 'base')
}

async function copyFiles(site: Site, to: string): Promise<void> {
  const tracked = await listTracked(site.top)
  const few = tracked.length <= MOST_FILES ? tracked : []
  // What is set up but not yet committed counts as well: that is what git would run.
  const setUp = readdirSync(site.top).filter((name) => SETUP.test(name))
  for (const name of [...few, ...setUp]) copy(join(site.top, name), join(to, name))
  if (site.project) copy(site.project.file, join(to, fromTop(site, site.project.file)))
}

function copy(from: string, to: string): void {
  const stat = lstatSync(from, { throwIfNoEntry: false })
  if (!stat || stat.isSocket() || stat.isFIFO() || (stat.isFile() && stat.size > MOST_BYTES)) return
  if (stat.isDirectory() && existsSync(join(from, '.git'))) return // a submodule
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to, {
    recursive: true,
    force: true,
    verbatimSymlinks: true,
    filter: (name) => !/node_modules$/.test(name),
  })
}

/** Folders that git does not hold and a hook may need, such as what a build has made. */
function linkBuilt(site: Site, to: string): void {
  for (const entry of readdirSync(site.top, { withFileTypes: true }))
    if (entry.isDirectory() && entry.name !== '.git' && !existsSync(join(to, entry.name)))
      symlinkSync(join(site.top, entry.name), join(to, entry.name), 'junction')
}

function linkModules(site: Site, to: string): void {
  const dirs = new Set([site.top, ...(site.project ? [site.project.dir] : []), ...site.own.slice(2)])
  for (const dir of dirs) {
    const modules = join(dir, 'node_modules')
    // A linked worktree uses those of the main one.
    const place = isInside(dir, site.top)
      ? join(to, relative(site.top, dir), 'node_modules')
      : join(to, 'node_modules')
    if (!existsSync(modules) || existsSync(place)) continue
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(modules, place, 'junction')
  }
}

/** At the same place as in the real one: hooks find their files by where they lie. */
async function placeHooks(site: Site, to: string, git: (...args: string[]) => Promise<void>): Promise<void> {
  const { hooksDir, commonDir, hooksConfig } = site
  const isOfGit = isInside(hooksDir, commonDir)
  const isOfTree = !isOfGit && isInside(hooksDir, site.top)
  const place = isOfGit
    ? join(to, '.git', relative(commonDir, hooksDir))
    : isOfTree
      ? join(to, relative(site.top, hooksDir))
      : undefined
  if (place && existsSync(hooksDir))
    cpSync(hooksDir, place, { recursive: true, force: true, verbatimSymlinks: true })
  const isShared = hooksConfig?.scope === 'global' || hooksConfig?.scope === 'system'
  if (hooksConfig && !isShared) await git('config', 'core.hooksPath', place ?? hooksDir)
}
