// The files of a working tree that git tracks, and the untracked ones it does not ignore.
import { decodePath, splitNul } from './paths.ts'
import { gitError, runGit } from './run.ts'

/**
 * Paths relative to `directory`, sorted, without submodules; undefined when it is in no working tree of git
 * or git could not be asked, so that the caller walks the folder itself.
 */
export async function listWorkTree(directory: string): Promise<string[] | undefined> {
  const listed = await runGit(
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    directory,
  ).catch(() => undefined)
  if (listed?.status !== 0) return undefined
  return splitNul(listed.stdout)
    .map((name) => decodePath(name))
    .filter((name) => !name.endsWith('/'))
}

/** Tracked paths only, relative to `directory`. Throws ToolError. */
export async function listTracked(directory: string): Promise<string[]> {
  const listed = await runGit(['ls-files', '-z', '--cached', '--deduplicate'], directory)
  if (listed.status !== 0) throw gitError('the tracked files could not be listed', listed)
  return splitNul(listed.stdout).map((name) => decodePath(name))
}
