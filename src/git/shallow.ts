// Where a shallow clone ends.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ToolError } from '../model/index.ts'
import { commonDir } from './pack/places.ts'

/**
 * Commits whose parents the clone leaves out on purpose; empty for a whole clone.
 * @param gitDir the folder of the repository or of one of its worktrees
 */
export function readShallow(gitDir: string): ReadonlySet<string> {
  const path = join(commonDir(gitDir), 'shallow')
  try {
    return new Set(readFileSync(path, 'utf8').split(/\r?\n/).filter(Boolean))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set()
    throw new ToolError('E_GIT', `${path}: where the shallow clone ends could not be read.`, { cause: error })
  }
}
