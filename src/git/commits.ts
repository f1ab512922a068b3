// Commits of a range, and what each adds to all its parents: ids only, streamed, never patch text.
import { ByteReader } from './byte-reader.ts'
import { decodePath } from './paths.ts'
import { finished, type GitOutcome, gitError, runGit, startGit } from './run.ts'

/** Commits that are worked on at once; what is remembered of them is bounded by it. */
const BATCH = 1000

export interface Commit {
  readonly id: string
  readonly parents: readonly string[]
  /** `Name <mail>` */
  readonly author: string
  /** The committer's clock, in UTC. */
  readonly date: string
  readonly message: Buffer
  /** Messages of the tags that a merge took in: git keeps them in the commit's header. */
  readonly mergedTags: Buffer
}

export interface Change {
  readonly path: string
  readonly mode: string
  readonly blob: string
  /** For each parent: the blob it has at this path. */
  readonly before: readonly (string | undefined)[]
}

/** Ids of the commits that `heads` reach and `excluded` do not, parents first. Throws ToolError. */
export async function* listCommits(
  heads: readonly string[],
  excluded: readonly string[],
  cwd: string,
): AsyncGenerator<string[]> {
  const child = startGit(['rev-list', '--topo-order', '--reverse', '--ignore-missing', '--stdin'], cwd)
  const ended = finished(child)
  ended.catch(() => {}) // awaited below; must not count as unhandled before that
  child.stdin.end([...heads, ...excluded.map((id) => `^${id}`), ''].join('\n'))
  try {
    const reader = new ByteReader(child.stdout)
    let batch: string[] = []
    for (let line = await reader.line(); line !== undefined; line = await reader.line()) {
      batch.push(line)
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
    const outcome = await ended
    if (outcome.status !== 0) throw gitError('the commits could not be listed', outcome)
    if (batch.length > 0) yield batch
  } finally {
    child.kill()
  }
}

/** Reads a raw commit. */
export function parseCommit(id: string, bytes: Buffer): Commit {
  const end = bytes.indexOf('\n\n')
  const head = bytes.subarray(0, end === -1 ? bytes.length : end)
  const lines = head.toString('latin1').split('\n')
  const headerOf = (key: string) =>
    lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1) ?? ''
  const seconds = Number(/> (\d{1,12})/.exec(headerOf('committer'))?.[1] ?? 0)
  return {
    id,
    parents: lines.filter((line) => line.startsWith('parent ')).map((line) => line.slice(7)),
    author: decode(/^.*>/.exec(headerOf('author'))?.[0] ?? headerOf('author'), headerOf('encoding')),
    date: `${new Date(Math.min(seconds, LAST_SECOND) * 1000).toISOString().slice(0, 19)}Z`,
    message: end === -1 ? Buffer.alloc(0) : bytes.subarray(end + 2),
    mergedTags: Buffer.from(mergedTags(lines), 'latin1'),
  }
}

/** The end of the year 9999: a clock that is later is wrong, and its date would not sort. */
const LAST_SECOND = 253_402_300_799

function decode(text: string, encoding: string): string {
  const bytes = Buffer.from(text, 'latin1')
  for (const label of ['utf-8', encoding || 'latin1']) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes)
    } catch {} // not in this encoding, or one that nobody knows
  }
  return text
}

/** Lines of a header begin with a space when they go on. */
function mergedTags(lines: readonly string[]): string {
  let isTag = false
  const kept: string[] = []
  for (const line of lines) {
    if (!line.startsWith(' ')) isTag = line.startsWith('mergetag ')
    else if (isTag) kept.push(line.slice(1))
  }
  return kept.join('\n')
}

export type CommitChanges =
  | { readonly commit: string; readonly changes: readonly Change[] }
  | { readonly commit: string; readonly failed: GitOutcome }

/** git ends at a tree it can't read; it is started again behind it, at most this often. */
const MAX_RESTARTS = 100

/** What each commit has that none of its parents has, commit by commit in the order given; every commit gets an answer. */
export async function* listChanges(commits: readonly string[], cwd: string): AsyncGenerator<CommitChanges> {
  let next = 0
  let failed: GitOutcome = { status: 128, stderr: 'git failed too often' }
  for (let starts = 0; next < commits.length && starts <= MAX_RESTARTS; starts++) {
    const outcome: { failed?: GitOutcome } = {}
    for await (const answer of changesUntilFailure(commits.slice(next), cwd, outcome)) {
      next += 1
      yield answer
    }
    if (outcome.failed === undefined) break
    failed = outcome.failed
    const commit = commits[next++]
    if (commit !== undefined) yield { commit, failed }
  }
  for (const commit of commits.slice(next)) yield { commit, failed }
}

async function* changesUntilFailure(
  commits: readonly string[],
  cwd: string,
  outcome: { failed?: GitOutcome },
): AsyncGenerator<CommitChanges> {
  // -c leaves out what a merge has from one of its parents; --always: a line for every commit, changed or not.
  const args = ['diff-tree', '--stdin', '-r', '-c', '--raw', '-z', '--root', '--always']
  const child = startGit([...args, '--no-renames', '--no-abbrev', '--ignore-submodules=none'], cwd)
  const ended = finished(child)
  ended.catch(() => {}) // awaited below; must not count as unhandled before that
  child.stdin.end(`${commits.join('\n')}\n`)
  try {
    const reader = new ByteReader(child.stdout)
    let open: { commit: string; changes: Change[] } | undefined
    for (let field = await reader.line(0); field !== undefined; field = await reader.line(0)) {
      if (!field.startsWith(':')) {
        if (open) yield open
        open = { commit: field, changes: [] }
        continue
      }
      const path = await reader.line(0)
      if (path !== undefined) addChange(open?.changes ?? [], field, path)
    }
    const { status, stderr } = await ended
    if (open) yield open
    if (status !== 0) outcome.failed = { status, stderr }
  } finally {
    child.kill()
  }
}

/** `:<mode of each parent> <mode> <id of each parent> <id> <status>`, one colon a parent. */
function addChange(changes: Change[], field: string, path: string): void {
  const parents = /^:+/.exec(field)![0].length
  const parts = field.slice(parents).split(' ')
  const [mode = '', blob = ''] = [parts[parents], parts[2 * parents + 1]]
  if (/^0+$/.test(mode)) return // deleted
  const before = Array.from({ length: parents }, (_, i) => {
    const [oldMode = '', id = ''] = [parts[i], parts[parents + 1 + i]]
    return /^0+$/.test(oldMode) || oldMode === '160000' ? undefined : id
  })
  if (before.includes(blob)) return // only its mode is new
  changes.push({ path: decodePath(Buffer.from(path, 'latin1')), mode, blob, before })
}

/** Blobs that `parent` has and `commit` no longer: what looks new may have been moved from there. */
export async function deletedBlobs(parent: string, commit: string, cwd: string): Promise<string[]> {
  const args = ['diff-tree', '-r', '--raw', '-z', '--no-renames', '--no-abbrev', '--diff-filter=D']
  const run = await runGit([...args, parent, commit], cwd)
  if (run.status !== 0) return [] // then every line counts as new
  const fields = run.stdout.toString('latin1').split('\0')
  return fields.flatMap((field) => {
    const [, id = ''] = /^:(?!160000)\d+ 0+ ([0-9a-f]+) 0+ D$/.exec(field) ?? []
    return id === '' ? [] : [id]
  })
}

/** Every file that `treeish` holds. Throws ToolError. */
export async function* listFiles(treeish: string, cwd: string): AsyncGenerator<Change> {
  const child = startGit(['ls-tree', '-r', '-z', '--full-tree', treeish], cwd)
  const ended = finished(child)
  ended.catch(() => {}) // awaited below; must not count as unhandled before that
  child.stdin.end()
  try {
    const reader = new ByteReader(child.stdout)
    for (let field = await reader.line(0); field !== undefined; field = await reader.line(0)) {
      const tab = field.indexOf('\t')
      const [mode = '', , blob = ''] = field.slice(0, tab).split(' ')
      yield { path: decodePath(Buffer.from(field.slice(tab + 1), 'latin1')), mode, blob, before: [] }
    }
    const outcome = await ended
    if (outcome.status !== 0) throw gitError('the files could not be listed', outcome)
  } finally {
    child.kill()
  }
}
