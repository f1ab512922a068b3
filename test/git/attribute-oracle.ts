// The slow, independent answer: `ls-tree -r` of every commit, and reachability by `rev-list`, one call each.
import type { Repo } from '../helpers/repo.ts'

export interface OracleAnswer {
  readonly paths: string[]
  readonly introduced: string[]
  readonly removed: string[]
  readonly atHead: boolean
  readonly refs: string[]
  readonly published: string[]
  readonly unreachable: boolean
}

const words = (text: string) => text.split('\n').filter((line) => line !== '')

/** Every blob that any commit has, as git itself tells it. */
export function oracle(repo: Repo): Map<string, OracleAnswer> {
  const objects = words(
    repo.git('cat-file', '--batch-all-objects', '--batch-check=%(objecttype) %(objectname)'),
  )
  const commits = objects.filter((line) => line.startsWith('commit ')).map((line) => line.slice(7))
  const trees = new Map(commits.map((commit) => [commit, blobsOf(repo, commit)]))
  const has = (commit: string, blob: string) => trees.get(commit)?.has(blob) === true
  const listed = repo.tryGit(['rev-list', '--no-walk=unsorted', '--parents', '--stdin'], {
    input: `${commits.join('\n')}\n`,
  })
  const parents = new Map(words(listed.stdout).map((line) => [line.split(' ')[0]!, line.split(' ').slice(1)]))
  const refs = words(repo.git('for-each-ref', '--format=%(refname)'))
  const reaches = new Map(refs.map((ref) => [ref, words(repo.git('rev-list', '--topo-order', ref))]))
  const tips = new Map(refs.map((ref) => [ref, reaches.get(ref)![0]!]))
  const alive = new Set(words(repo.git('rev-list', '--all', '--reflog', 'HEAD')))
  const head = repo.git('rev-parse', 'HEAD').trim()
  const blobs = new Set([...trees.values()].flatMap((tree) => [...tree.keys()]))
  const answer = (blob: string): OracleAnswer => {
    const holders = commits.filter((commit) => has(commit, blob))
    return {
      paths: [...new Set(holders.flatMap((commit) => trees.get(commit)!.get(blob)!))].sort(),
      introduced: holders
        .filter((commit) => !parents.get(commit)!.some((parent) => has(parent, blob)))
        .sort(),
      removed: commits
        .filter((commit) => !has(commit, blob) && parents.get(commit)!.some((parent) => has(parent, blob)))
        .sort(),
      atHead: has(head, blob),
      refs: refs.filter((ref) => has(tips.get(ref)!, blob)).sort(),
      published: refs
        .filter((ref) => ref.startsWith('refs/remotes/') && reaches.get(ref)!.some((c) => has(c, blob)))
        .map((ref) => ref.slice('refs/remotes/'.length))
        .sort(),
      unreachable: !holders.some((commit) => alive.has(commit)),
    }
  }
  return new Map([...blobs].map((blob) => [blob, answer(blob)]))
}

/** The paths of each blob in a commit. */
function blobsOf(repo: Repo, commit: string): Map<string, string[]> {
  const blobs = new Map<string, string[]>()
  for (const line of repo.git('ls-tree', '-r', '-z', commit).split('\0')) {
    const [, type, oid, path] = /^\d+ (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
    if (type === 'blob') blobs.set(oid!, [...(blobs.get(oid!) ?? []), path!])
  }
  return blobs
}
