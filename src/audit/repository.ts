// The facts of a repository that an audit depends on.
import { gitError, runGit } from '../git/run.ts'
import { readShallow } from '../git/shallow.ts'
import { ToolError } from '../model/index.ts'

export interface RepositoryFacts {
  /** The directory that holds objects and refs; shared by linked worktrees. */
  readonly gitDir: string
  /** Commits at which a shallow clone ends; empty for a whole one. */
  readonly shallowCommits: readonly string[]
  /** A partial clone: what is missing was left out on purpose, and can be fetched. */
  readonly isPartial: boolean
}

/** Asks git about the repository at `cwd`. Throws ToolError when there is none. */
export async function describeRepository(cwd: string): Promise<RepositoryFacts> {
  const [asked, promisors] = await Promise.all([
    runGit(['rev-parse', '--path-format=absolute', '--git-common-dir'], cwd),
    runGit(['config', '--get-regexp', '^remote\\..*\\.promisor$'], cwd),
  ]).catch((error) => {
    if ((error as ToolError).code === 'E_GIT_NOT_FOUND') throw error
    throw new ToolError('E_NOT_FOUND', `${cwd}: there is no such folder.`, { cause: error })
  })
  if (asked.status !== 0) throw gitError('the history could not be read', asked)
  const [gitDir = ''] = asked.stdout.toString('utf8').split('\n')
  return { gitDir, shallowCommits: [...readShallow(gitDir)], isPartial: promisors.status === 0 }
}
