// Everything that keeps a commit alive: refs, HEADs of all worktrees, reflogs and the stash.
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Problem } from '../../model/index.ts'
import { type GitOutcome, gitError, runGit } from '../run.ts'

export type TipKind = 'branch' | 'remote' | 'stash' | 'other' | 'reflog'

/** Where a ref, a detached HEAD or an entry of a reflog points. */
export interface Tip {
  /** The full name; '' for an entry of a reflog, and for a HEAD that is on a branch. */
  readonly name: string
  /** A detached HEAD counts as a branch: people work on it. */
  readonly kind: TipKind
  /** Hex id of what it points at, which may be a tag. */
  readonly oid: string
  readonly isHead?: true
}

export interface Tips {
  readonly tips: readonly Tip[]
  readonly problems: readonly Problem[]
}

type Git = (args: string[], input?: string) => Promise<GitOutcome & { stdout: Buffer }>

function gitIn(gitDir: string): Git {
  return (args, input) =>
    runGit([`--git-dir=${resolve(gitDir)}`, ...args], gitDir, input === undefined ? {} : { input })
}

/** Never looks at the objects of refs, so that a missing one does not end it. */
export async function readTips(gitDir: string): Promise<Tips> {
  const git = gitIn(gitDir)
  const [refs, head, reflog, stash, detached] = await Promise.all([
    git(['for-each-ref', '--format=%(objectname) %(HEAD) %(symref) %(refname)']),
    git(['rev-parse', '--quiet', '--verify', 'HEAD']),
    // The glob matches nothing; it makes an empty list an answer instead of a wrong usage.
    git(['rev-list', '--no-walk=unsorted', '--reflog', '--glob=refs/unleak-none/*']),
    git(['rev-list', '--walk-reflogs', 'refs/stash', '--']),
    detachedWorktrees(gitDir),
  ])
  if (refs.status !== 0) throw gitError('the refs could not be read', refs)
  const { tips, isOnBranch } = parseRefs(lines(refs.stdout))
  tips.push(...detached)
  const [headOid] = head.status === 0 ? lines(head.stdout) : []
  if (headOid !== undefined)
    tips.push({ name: isOnBranch ? '' : 'HEAD', kind: 'branch', oid: headOid, isHead: true })
  // Without a stash this fails. Its newest entry is the ref itself.
  const stashed = stash.status === 0 ? lines(stash.stdout) : []
  for (const [n, oid] of stashed.entries())
    if (n > 0) tips.push({ name: `refs/stash@{${n}}`, kind: 'stash', oid })
  for (const oid of lines(reflog.stdout)) tips.push({ name: '', kind: 'reflog', oid })
  const problems = [
    ...complaints('refs', refs),
    ...(reflog.status === 0 ? [] : complaints('reflogs', reflog)),
  ]
  return { tips, problems }
}

function parseRefs(refs: readonly string[]): { tips: Tip[]; isOnBranch: boolean } {
  const tips: Tip[] = []
  let isOnBranch = false
  for (const line of refs) {
    const [, oid = '', head, symref, name = ''] = /^(\S+) (.) (\S*) (.+)$/.exec(line) ?? []
    if (head === '*') isOnBranch = true
    // A symbolic ref, such as origin/HEAD, is another name of a ref that is listed too.
    if (name !== '' && symref === '') tips.push({ name, kind: kindOf(name), oid })
  }
  return { tips, isOnBranch }
}

function kindOf(name: string): TipKind {
  if (name.startsWith('refs/heads/')) return 'branch'
  if (name.startsWith('refs/remotes/')) return 'remote'
  return name === 'refs/stash' ? 'stash' : 'other'
}

/** Detached HEADs of the other worktrees, under the names git has for them. One on a branch adds nothing. */
async function detachedWorktrees(gitDir: string): Promise<Tip[]> {
  const own = resolve(gitDir)
  const common = resolve(own, (await textOf(join(own, 'commondir'))) ?? '.')
  const ids = await readdir(join(common, 'worktrees')).catch(() => [])
  const names = ['main-worktree', ...ids.sort().map((id) => `worktrees/${id}`)]
  const tips: Tip[] = []
  for (const name of names) {
    const folder = name === 'main-worktree' ? common : join(common, name)
    const oid = folder === own ? undefined : await textOf(join(folder, 'HEAD'))
    if (oid !== undefined && /^[0-9a-f]{40,64}$/.test(oid))
      tips.push({ name: `${name}/HEAD`, kind: 'branch', oid })
  }
  return tips
}

function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  )
}

export interface Peeled {
  readonly oid: string
  readonly type: string
}

/** What tags point at in the end; absent for those that lead to a missing object. */
export async function peelTags(gitDir: string, oids: readonly string[]): Promise<Map<string, Peeled>> {
  const peeled = new Map<string, Peeled>()
  if (oids.length === 0) return peeled
  const asked = oids.map((oid) => `${oid}^{}\n`).join('')
  const answer = await gitIn(gitDir)(
    ['cat-file', '--batch-check=%(objectname) %(objecttype)', '--buffer'],
    asked,
  )
  for (const [i, line] of lines(answer.stdout).entries()) {
    const [oid = '', type = ''] = line.split(' ')
    if (/^(commit|tree|blob)$/.test(type)) peeled.set(oids[i]!, { oid, type })
  }
  return peeled
}

function complaints(what: string, { stderr }: GitOutcome): Problem[] {
  const said = stderr.split('\n').filter((line) => line !== '')
  if (said.length === 0) return []
  const message = `some ${what} could not be read, so where a secret still is may be incomplete`
  return [{ code: 'E_GIT', count: said.length, examples: said.slice(0, 3), message }]
}

function lines(stdout: Buffer): string[] {
  return stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
}
