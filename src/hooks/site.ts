// Looks at the place: what git says about it, where the package is, which hooks directory counts.
import { isUtf8 } from 'node:buffer'
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, delimiter, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { askGit, type Environment } from '../git/ask.ts'
import { ToolError } from '../model/errors.ts'
import { parsePackageJson } from './package-json.ts'
import { detectPackageManager, hasLockfile } from './package-manager.ts'
import type { PackageJson, Project, Site } from './types.ts'

export async function surveySite(from: string, env: Environment): Promise<Site> {
  // Git answers with real paths; ours must compare with them.
  const cwd = existsSync(from) ? realpathSync(from) : from
  const git = askGit(cwd, env)
  if (!(await git.isInsideWorkTree())) {
    // Asked for its error: outside a repository git says why.
    await git.gitDir()
    throw new ToolError('E_NOT_A_REPOSITORY', `${cwd} is a bare repository or inside a git directory`, {
      hint: 'Run `unleak init` in a work tree: commits are made there.',
    })
  }
  const top = await git.topLevel()
  const commonDir = await git.commonDir()
  const hooksConfig = await git.config('core.hooksPath')
  const hooksDir = await git.hooksPath()
  return {
    git,
    env,
    top,
    commonDir,
    own: [top, commonDir, ...(commonDir.endsWith(`${sep}.git`) ? [dirname(commonDir)] : [])],
    hooksDir,
    hooksConfig,
    project: findProject(cwd, top, hooksDir),
  }
}

/** The directories from `dir` up to `top`, both included. */
export function upwards(dir: string, top: string): string[] {
  const dirs = [dir]
  for (let at = dir; at !== top && at !== dirname(at); at = dirname(at)) dirs.push(dirname(at))
  return dirs
}

export function isInside(path: string, dir: string): boolean {
  const way = relative(dir, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/** `path` seen from the top of the work tree, with `/`. */
export function fromTop(site: Pick<Site, 'top'>, path: string): string {
  return relative(site.top, path).split(sep).join('/')
}

export const readOptional = (path: string): Buffer | undefined =>
  existsSync(path) ? readFileSync(path) : undefined

/** The real file behind a link, so that a write keeps the link; refused when it leads out of the repository. */
export function realFile(site: Site, path: string): string {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return path
  const real = existsSync(path) ? realpathSync(path) : undefined
  if (real !== undefined && site.own.some((dir) => isInside(real, realpathSync(dir)))) return real
  throw new ToolError('E_HOOK', `${path} is a link to ${real ?? 'nothing'}, outside this repository`, {
    hint: 'Put a file of its own in its place: other repositories may use that one too.',
  })
}

/** husky 9 points core.hooksPath at `<directory>/_`. */
export const isHuskyDir = (hooksDir: string): boolean => basename(hooksDir) === '_'

/** The other worktrees of this repository, as git has them written down. */
export function otherWorktrees(site: Site): string[] {
  const list = join(site.commonDir, 'worktrees')
  const linked = (existsSync(list) ? readdirSync(list) : []).flatMap((name) => {
    const link = readOptional(join(list, name, 'gitdir'))
    return link ? [dirname(link.toString().trimEnd())] : []
  })
  const main = site.own[2]
  return [...(main ? [main] : []), ...linked].filter((dir) => dir !== site.top && existsSync(dir))
}

/** Hooks are written only into the repository: its directory for them may be a link that leads elsewhere. */
export function assertOwn(site: Site, dir: string): void {
  let existing = dir
  while (!existsSync(existing)) existing = dirname(existing)
  const real = realpathSync(existing)
  if (site.own.some((own) => isInside(real, realpathSync(own)))) return
  throw new ToolError('E_HOOK', `${dir} leads to ${real}, outside this repository`, {
    hint: 'Put a directory of its own in its place.',
  })
}

/** True when the hook will find unleak: where unleak.sh looks. */
export function findsUnleak(site: Site): boolean {
  const below = site.project ? relative(site.top, site.project.dir) : ''
  const trees = site.own.flatMap((dir) => [join(dir, below), dir])
  return trees.some((dir) => holdsUnleak(join(dir, 'node_modules', '.bin'))) || isOnPath(site.env)
}

/** True when a hook of any repository finds unleak on the PATH. An npx cache there is gone tomorrow. */
export function isOnPath(env: Site['env']): boolean {
  const dirs = (env.PATH ?? env.Path ?? '').split(delimiter)
  return dirs.some((dir) => dir !== '' && !/node_modules/.test(dir) && holdsUnleak(dir))
}

/** A folder of that name is no program. */
const holdsUnleak = (dir: string): boolean =>
  statSync(join(dir, 'unleak'), { throwIfNoEntry: false })?.isFile() ?? false

export const dependsOn = (data: PackageJson, name: string): boolean =>
  data.dependencies?.[name] !== undefined || data.devDependencies?.[name] !== undefined

export const usesHusky = (project: Project): boolean =>
  dependsOn(project.data, 'husky') || existsSync(join(project.dir, '.husky'))

function findProject(cwd: string, top: string, hooksDir: string): Project | undefined {
  const start = isInside(cwd, top) ? cwd : top
  const dirs = upwards(start, top)
  // `cd .. && husky frontend/.husky`: the package lies beside the hooks, below where we stand.
  const hookHome = dirname(dirname(hooksDir))
  if (isInside(hookHome, top) && !dirs.includes(hookHome)) dirs.push(hookHome)
  const projects = dirs.flatMap((dir) => readProject(dir, top))
  return (
    projects.find(usesHusky) ??
    projects.find((project) => dependsOn(project.data, 'unleak')) ??
    projects.find((project) => hasLockfile(project.dir)) ??
    projects[0]
  )
}

function readProject(dir: string, top: string): Project[] {
  const file = join(dir, 'package.json')
  if (!existsSync(file)) return []
  const text = readFileSync(file)
  if (!isUtf8(text))
    throw new ToolError('E_CONFIG', `${file} is not UTF-8`, { hint: 'Mend it, then try again.' })
  const data = parsePackageJson(text.toString(), file)
  return [{ dir, file, text, data, packageManager: detectPackageManager(upwards(dir, top), data) }]
}
