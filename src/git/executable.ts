// Where git is: on the PATH, and nowhere else.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export const GIT = process.platform === 'win32' ? 'git.exe' : 'git'

/** The first git on the PATH; undefined when there is none. */
export function findGit(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, GIT)).find((path) => existsSync(path))
}
