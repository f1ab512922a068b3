// What git knows of single files: ignored, tracked, ever committed. Paths are taken literally, whatever signs they hold.
import { splitNul } from './paths.ts'
import { gitError, runGit } from './run.ts'

export interface FileStatus {
  readonly isIgnored: boolean
  readonly isTracked: boolean
  /** The first commit that had it on any branch or tag; undefined: none. */
  readonly firstCommit: { readonly id: string; readonly date: string } | undefined
}

/** The status of each path (relative to `root`, with slashes); undefined outside a repository. Throws ToolError. */
export async function fileStatus(
  paths: readonly string[],
  root: string,
): Promise<ReadonlyMap<string, FileStatus> | undefined> {
  const inside = await runGit(['rev-parse', '--is-inside-work-tree'], root)
  if (inside.status !== 0) {
    if (/not a git repository/.test(inside.stderr)) return undefined
    throw gitError('the status of files could not be asked', inside)
  }
  const status = new Map<string, FileStatus>()
  if (paths.length === 0) return status
  const ignored = await ignoredOf(paths, root)
  for (const path of paths) {
    status.set(path, {
      isIgnored: ignored.has(path),
      isTracked: await isTracked(path, root),
      firstCommit: await firstCommit(path, root),
    })
  }
  return status
}

async function ignoredOf(paths: readonly string[], root: string): Promise<Set<string>> {
  const run = await runGit(['check-ignore', '-z', '--stdin'], root, { input: `${paths.join('\0')}\0` })
  if (run.status > 1) throw gitError('the ignored files could not be asked', run)
  return new Set(splitNul(run.stdout).map((path) => path.toString('utf8')))
}

async function isTracked(path: string, root: string): Promise<boolean> {
  const run = await runGit(['--literal-pathspecs', 'ls-files', '-z', '--', path], root)
  if (run.status !== 0) throw gitError('the tracked files could not be listed', run)
  return run.stdout.length > 0
}

async function firstCommit(path: string, root: string): Promise<FileStatus['firstCommit']> {
  const args = ['--literal-pathspecs', 'log', '--all', '--format=%H %cI', '--', path]
  const run = await runGit(args, root)
  if (run.status !== 0) throw gitError(`the history of ${path} could not be read`, run)
  const last = run.stdout.toString('utf8').trim().split('\n').at(-1) ?? ''
  const [id = '', date = ''] = last.split(' ')
  return id === '' ? undefined : { id, date }
}

/** Takes a file out of the index and leaves it on disk. Throws ToolError. */
export async function untrack(path: string, root: string): Promise<void> {
  const run = await runGit(
    ['--literal-pathspecs', 'rm', '-q', '--cached', '--ignore-unmatch', '--', path],
    root,
  )
  if (run.status !== 0) throw gitError(`${path} could not be taken out of git`, run)
}
