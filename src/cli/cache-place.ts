// Where compiled code is kept: in the user's own cache folder, never in what is scanned, never where others write.
import { statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'

/** `NODE_DISABLE_COMPILE_CACHE` is node's own switch, and holds for ours. Undefined: nothing is kept. */
export function cacheFolder(env: NodeJS.ProcessEnv, cwd: string): string | undefined {
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined
  const base = env.XDG_CACHE_HOME || usualPlace(env)
  if (!base) return undefined
  const folder = resolve(base, 'unleak', 'code')
  return folder.startsWith(cwd.endsWith(sep) ? cwd : cwd + sep) ? undefined : folder
}

function usualPlace(env: NodeJS.ProcessEnv): string | undefined {
  if (process.platform === 'win32') return env.LOCALAPPDATA
  if (!env.HOME) return undefined
  return process.platform === 'darwin' ? join(env.HOME, 'Library', 'Caches') : join(env.HOME, '.cache')
}

/** True when nobody but this user can have written what `path` holds; Windows keeps the folder of a user its own. */
export function isOwn(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return false
  return process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o022) === 0)
}
