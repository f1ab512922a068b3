// Earlier names of files, as far as commits and the index say that a file was renamed and not copied.
import { decodePath, splitNul } from './paths.ts'
import { runGit } from './run.ts'

const TIMEOUT_MS = 4000
/** Each asks for a walk through the history. */
const MAX_ASKED = 20

/**
 * For each of `paths` the names that it had before, the latest first. Left out is a name that is in use again, and
 * one that another file of today has taken over: then there is one more file than before.
 * @param paths from `root`, the top of the repository
 */
export async function formerNames(
  paths: readonly string[],
  root: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const asked = [...new Set(paths)].sort().slice(0, MAX_ASKED)
  const staged = await stagedRenames(root)
  const chains = new Map<string, string[]>()
  for (const path of asked) chains.set(path, await chainOf(path, staged, root))
  const inUse = await namesInUse([...asked, ...[...chains.values()].flat()], root)
  const taken = new Set<string>()
  return new Map(
    asked.map((path) => {
      const free = chains.get(path)!.filter((name) => !inUse.has(name) && !taken.has(name))
      if (inUse.has(path)) for (const name of free) taken.add(name)
      return [path, free]
    }),
  )
}

/** New name → old name, for what the next commit would rename. */
async function stagedRenames(root: string): Promise<ReadonlyMap<string, string>> {
  const args = [
    'diff',
    '--cached',
    '--no-ext-diff',
    '-M',
    '--diff-filter=R',
    '--name-status',
    '-z',
    'HEAD',
    '--',
  ]
  return new Map((await renamesIn(args, root)).map(({ from, to }) => [to, from]))
}

async function chainOf(path: string, staged: ReadonlyMap<string, string>, root: string): Promise<string[]> {
  const before = staged.get(path)
  const chain = before === undefined ? [] : [before]
  let name = before ?? path
  const log = [
    '--literal-pathspecs',
    'log',
    '--all',
    '--follow',
    '--no-ext-diff',
    '--no-textconv',
    '--format=',
  ]
  const args = [...log, '-M', '--diff-filter=R', '--name-status', '-z', '--', name]
  for (const { from, to } of await renamesIn(args, root)) {
    // Git follows copies as well; behind one the names are those of another file.
    if (to !== name) break
    chain.push(from)
    name = from
  }
  return chain
}

/** None where git says nothing: outside a repository, before the first commit, or when it takes too long. */
async function renamesIn(args: readonly string[], root: string): Promise<{ from: string; to: string }[]> {
  const done = await runGit(args, root, { timeoutMs: TIMEOUT_MS }).catch(() => undefined)
  if (done?.status !== 0) return []
  const fields = splitNul(done.stdout).map(decodePath)
  return fields.flatMap((field, i) =>
    /^\n?R\d+$/.test(field) && fields[i + 2] !== undefined
      ? [{ from: fields[i + 1]!, to: fields[i + 2]! }]
      : [],
  )
}

/** Those of `names` that are files today: in the index or, without a working tree, in the last commit. */
async function namesInUse(names: readonly string[], root: string): Promise<ReadonlySet<string>> {
  const index = await runGit(['--literal-pathspecs', 'ls-files', '-z', '--', ...names], root)
  const told =
    index.status === 0
      ? index
      : await runGit(['--literal-pathspecs', 'ls-tree', '-z', '--name-only', 'HEAD', '--', ...names], root)
  return new Set(told.status === 0 ? splitNul(told.stdout).map(decodePath) : names)
}
