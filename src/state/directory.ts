// The private directory in which unleak remembers what it did, outside every repository.
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { ToolError } from '../model/index.ts'

/** Where state lies: `explicit`, or the place that the system has for it. */
export function stateDirectory(explicit: string | undefined, env: NodeJS.ProcessEnv): string {
  if (explicit) return resolve(explicit)
  if (env.XDG_STATE_HOME && isAbsolute(env.XDG_STATE_HOME)) return join(env.XDG_STATE_HOME, 'unleak')
  if (process.platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'unleak')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'unleak')
  return join(homedir(), '.local', 'state', 'unleak')
}

/** Makes the directory, or checks that nobody else can write there. Throws ToolError `E_WRITE`. */
export function openDirectory(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const stat = statSync(path)
    const isOurs = process.getuid === undefined || stat.uid === process.getuid()
    if (!isOurs) throw new Error('it belongs to another user')
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) chmodSync(path, 0o700)
    return path
  } catch (cause) {
    throw new ToolError(
      'E_WRITE',
      `${path}: the state directory can't be used: ${(cause as Error).message}`,
      {
        hint: 'Name another one with --state-dir.',
        cause,
      },
    )
  }
}

/** What a folder holds, sorted; nothing where there is none. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
