// Names → objects, without a name ever standing on a command line; and whether the clone is shallow.
import { readObjects } from './cat-file.ts'
import { gitError, runGit } from './run.ts'
import { readShallow } from './shallow.ts'

export interface Named {
  readonly id: string
  /** commit, tag, tree or blob. */
  readonly type: string
}

/** What each name stands for here; names of nothing are left out. Throws ToolError outside a repository. */
export async function lookUp(names: readonly string[], cwd: string): Promise<Map<string, Named>> {
  const asked = [...new Set(names)].filter((name) => name !== '' && !/[\n\0]/.test(name))
  if (asked.length === 0) return new Map()
  const args = ['cat-file', '--batch-check=%(objectname) %(objecttype)']
  const run = await runGit(args, cwd, { input: `${asked.join('\n')}\n` })
  if (run.status !== 0) {
    // A partial clone may end git at the first name it has not: ask one by one.
    if (asked.length > 1) return await lookUpEach(asked, cwd)
    if (/not a git repository|dubious ownership/.test(run.stderr))
      throw gitError('the commits could not be listed', run)
  }
  const found = new Map<string, Named>()
  run.stdout
    .toString('utf8')
    .split('\n')
    .forEach((line, i) => {
      const [, id, type] = /^([0-9a-f]{40}|[0-9a-f]{64}) (commit|tag|tree|blob)$/.exec(line) ?? []
      if (id !== undefined && type !== undefined) found.set(asked[i]!, { id, type })
    })
  return found
}

async function lookUpEach(names: readonly string[], cwd: string): Promise<Map<string, Named>> {
  const found = new Map<string, Named>()
  for (const name of names) for (const [key, value] of await lookUp([name], cwd)) found.set(key, value)
  return found
}

/** Commits whose parents the clone leaves out; empty for a whole clone. */
export async function shallowCommits(cwd: string): Promise<ReadonlySet<string>> {
  const run = await runGit(['rev-parse', '--path-format=absolute', '--git-common-dir'], cwd)
  if (run.status !== 0) throw gitError('the repository could not be read', run)
  return readShallow(run.stdout.toString('utf8').replace(/\r?\n$/, ''))
}

export interface Tag {
  readonly id: string
  readonly name: string
}

/** Follows a tag, and the tags it may name, to what they are about. */
export async function followTag(id: string, name: string, cwd: string): Promise<{ tags: Tag[]; end: Named }> {
  const tags: Tag[] = []
  let at: Named = { id, type: 'tag' }
  while (at.type === 'tag') {
    tags.push({ id: at.id, name })
    for await (const object of readObjects([at.id], cwd)) {
      const head = 'bytes' in object ? object.bytes.toString('latin1', 0, 200) : ''
      const [, target, type] = /^object ([0-9a-f]+)\ntype (commit|tag|tree|blob)\n/.exec(head) ?? []
      // Of a tag that can't be read nothing else is known; whoever reads its message reports it.
      at =
        target && type && !tags.some((tag) => tag.id === target) ? { id: target, type } : { id: '', type: '' }
    }
  }
  return { tags, end: at }
}

/** Remote-tracking refs, or all that stand below another folder: name and id. */
export async function trackingRefs(
  cwd: string,
  below = 'refs/remotes/',
): Promise<{ name: string; id: string }[]> {
  const run = await runGit(['for-each-ref', '--format=%(objectname) %(refname)', below], cwd)
  if (run.status !== 0) throw gitError('the branches could not be listed', run)
  return run.stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ id: line.slice(0, line.indexOf(' ')), name: line.slice(line.indexOf(' ') + 1) }))
}

/** True when everything that `commit` reaches is reached by `other` too. */
export async function isAncestor(commit: string, other: string, cwd: string): Promise<boolean> {
  return (await runGit(['merge-base', '--is-ancestor', commit, other], cwd)).status === 0
}

/** Commits of `heads` without `excluded` that change one of the paths, parents first. Throws ToolError. */
export async function commitsTouching(
  heads: readonly string[],
  excluded: readonly string[],
  paths: readonly string[],
  cwd: string,
): Promise<string[]> {
  const args = ['--literal-pathspecs', 'rev-list', '--topo-order', '--reverse', '--full-history']
  const input = [
    ...heads,
    ...excluded.map((id) => `^${id}`),
    '--',
    ...paths.filter((path) => !path.includes('\n')),
  ]
  const top = await topOf(cwd)
  const run = await runGit([...args, '--ignore-missing', '--stdin'], top, { input: `${input.join('\n')}\n` })
  if (run.status !== 0) throw gitError('the commits could not be listed', run)
  return run.stdout.toString('latin1').split('\n').filter(Boolean)
}

/** Paths are those from the top; in a bare repository there is none but itself. */
async function topOf(cwd: string): Promise<string> {
  const run = await runGit(['rev-parse', '--show-toplevel'], cwd)
  return run.status === 0 ? run.stdout.toString('utf8').replace(/\r?\n$/, '') : cwd
}

/** Full names of the refs that point at one of these commits, and HEAD when it does, sorted. */
export async function refsAt(commits: readonly string[], cwd: string): Promise<string[]> {
  const points = commits.flatMap((commit) => ['--points-at', commit])
  const run = await runGit(['for-each-ref', '--format=%(refname)', ...points], cwd)
  if (run.status !== 0) throw gitError('the refs could not be listed', run)
  const head = (await lookUp(['HEAD'], cwd)).get('HEAD')?.id
  const names = run.stdout.toString('utf8').split('\n').filter(Boolean)
  return [...names, ...(head !== undefined && commits.includes(head) ? ['HEAD'] : [])].sort()
}

/** Full names of all refs. Throws ToolError. */
export async function refNames(cwd: string): Promise<string[]> {
  const run = await runGit(['for-each-ref', '--format=%(refname)'], cwd)
  if (run.status !== 0) throw gitError('the refs could not be listed', run)
  return run.stdout.toString('utf8').split('\n').filter(Boolean)
}

/** The first file in a tree and the trees in it. */
export async function firstBlobIn(tree: string, cwd: string): Promise<string | undefined> {
  const run = await runGit(['ls-tree', '-r', '--full-tree', tree], cwd)
  return /^\d+ blob ([0-9a-f]+)\t/m.exec(run.stdout.toString('latin1'))?.[1]
}
