// For findings of a range: who brought the secret, who took it out again, and whether the newest commit still has it.
import type { Engine } from './engine/index.ts'
import { bytesOf, readObjects } from './git/cat-file.ts'
import { type Commit, listChanges, parseCommit } from './git/commits.ts'
import { resolveRange } from './git/range.ts'
import { commitsTouching, lookUp, refsAt } from './git/revisions.ts'
import { judgeMatches } from './judge-matches.ts'
import type { CommitRef, Finding, History, ScanPlan } from './model/index.ts'
import { archivedChunks } from './sources/archive.ts'
import { chunkOf } from './sources/windows.ts'

/** Commits that are compared with their parents; in more, who took a secret out is not looked for. */
const MAX_COMMITS = 2000
/** A secret that is moved from file to file is followed this often. */
const MAX_MOVES = 5

export async function describeRange(
  findings: readonly Finding[],
  plan: ScanPlan,
  engine: Engine,
): Promise<Finding[]> {
  if (plan.range === undefined) return [...findings]
  const { heads, excluded } = await resolveRange(plan.range, plan.cwd)
  if (heads.length === 0) return [...findings]
  const refs = await refsAt(heads, plan.cwd)
  const holds = createHolds(engine, plan.cwd)
  const described: Finding[] = []
  for (const finding of findings) {
    const end = isName(finding)
      ? { atHead: await isNamedAt(finding, heads, plan.cwd), removed: null }
      : isMessage(finding)
        ? { atHead: true, removed: null } // a message stays as long as its commit does
        : await findEnd(finding, { heads, excluded }, holds, plan.cwd)
    const held = end.atHead ? refs : []
    const history: History = {
      introduced: introducedBy(finding),
      ...end,
      refs: held,
      published: held.flatMap((ref) => /^refs\/remotes\/(.+)$/.exec(ref)?.[1] ?? []),
    }
    described.push({ ...finding, history })
  }
  return described
}

function isMessage({ places }: Finding): boolean {
  return places.every(({ kind }) => kind === 'message' || kind === 'tag')
}

function isName({ places }: Finding): boolean {
  return places.every(({ kind }) => kind === 'name')
}

/** Whether one of these commits has a file or folder of that name; a ref that is pushed has its own. */
async function isNamedAt({ places }: Finding, heads: readonly string[], cwd: string): Promise<boolean> {
  const paths = places.flatMap(({ path }) => path ?? [])
  const names = heads.flatMap((head) => paths.map((path) => `${head}:${path}`))
  return (await lookUp(names, cwd)).size > 0
}

function introducedBy({ places }: Finding): CommitRef | null {
  const brought = places.filter(({ commit }) => commit !== undefined)
  const [first] = brought.toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1))
  if (first === undefined) return null
  const { commit = '', author = '', date = '', path } = first
  return { commit, author, date, ...(path === undefined ? {} : { path }) }
}

/** Which of these paths hold the finding in each commit; all of them are asked at once. */
type Holds = (
  finding: string,
  commits: readonly string[],
  paths: readonly string[],
) => Promise<Map<string, string>>

/** Commit → the first of the paths at which it holds the finding. Every blob is scanned once. */
function createHolds(engine: Engine, cwd: string): Holds {
  const known = new Map<string, ReadonlySet<string>>()
  return async (finding, commits, paths) => {
    const names = commits.flatMap((commit) =>
      paths.map((path) => ({ commit, path, name: `${commit}:${path}` })),
    )
    const objects = await lookUp(
      names.map(({ name }) => name),
      cwd,
    )
    const pathOf = new Map<string, string>()
    for (const { path, name } of names) {
      const id = objects.get(name)?.id
      if (id !== undefined && !known.has(id)) pathOf.set(id, path)
    }
    for await (const object of readObjects([...pathOf.keys()], cwd))
      known.set(
        object.oid,
        'size' in object ? findingsIn(engine, await bytesOf(object), pathOf.get(object.oid)!) : new Set(),
      )
    const held = new Map<string, string>()
    for (const { commit, path, name } of names)
      if (!held.has(commit) && known.get(objects.get(name)?.id ?? '')?.has(finding)) held.set(commit, path)
    return held
  }
}

function findingsIn(engine: Engine, bytes: Uint8Array, path: string): Set<string> {
  const chunk = chunkOf(bytes, { kind: 'history', blob: '', path })
  const ids = new Set<string>()
  for (const item of [chunk, ...archivedChunks(chunk)]) {
    if (!('bytes' in item)) continue
    for (const { rule, secret } of judgeMatches(engine.match(item).matches, item, new Map()))
      ids.add(secret.id(rule.id))
  }
  return ids
}

interface Ends {
  readonly heads: readonly string[]
  readonly excluded: readonly string[]
}

/** Follows the secret to the newest commit, into the files it was moved to. */
async function findEnd(
  { id, places }: Finding,
  { heads, excluded }: Ends,
  holds: Holds,
  cwd: string,
): Promise<Pick<History, 'atHead' | 'removed'>> {
  // In an archive it is the archive that git knows.
  const files = places.filter(({ kind }) => kind !== 'name')
  const paths = new Set(files.flatMap(({ path }) => (path === undefined ? [] : path.split('!/')[0]!)))
  for (let moves = 0; moves <= MAX_MOVES; moves++) {
    const all = [...paths]
    if ((await holds(id, heads, all)).size > 0) return { atHead: true, removed: null }
    const touching = await commitsTouching(heads, excluded, all, cwd)
    if (touching.length > MAX_COMMITS) break
    const commits = await readCommits(touching, cwd)
    const parents = commits.flatMap((commit) => commit.parents)
    const held = await holds(id, [...touching, ...parents], all)
    const last = lastWithout(commits, held)
    if (last === undefined) break
    const [target] = await movedTo(id, last, paths, holds, cwd)
    if (target === undefined) {
      const from = held.get(last.parents.find((parent) => held.has(parent))!)!
      return { atHead: false, removed: { commit: last.id, author: last.author, date: last.date, path: from } }
    }
    paths.add(target)
  }
  return { atHead: false, removed: null }
}

/** A merge takes a secret out only where no side of it had done so before. */
function lastWithout(commits: readonly Commit[], held: ReadonlyMap<string, string>): Commit | undefined {
  const without = commits.filter(
    ({ id, parents }) => !held.has(id) && parents.some((parent) => held.has(parent)),
  )
  return without.findLast(({ parents }) => parents.every((parent) => held.has(parent))) ?? without.at(-1)
}

async function readCommits(ids: readonly string[], cwd: string): Promise<Commit[]> {
  const commits: Commit[] = []
  for await (const object of readObjects(ids, cwd))
    if ('bytes' in object) commits.push(parseCommit(object.oid, object.bytes))
  return commits
}

/** Files of the commit that got the secret as it was taken out of another. */
async function movedTo(
  finding: string,
  commit: Commit,
  paths: ReadonlySet<string>,
  holds: Holds,
  cwd: string,
): Promise<string[]> {
  const changed: string[] = []
  for await (const answer of listChanges([commit.id], cwd))
    if ('changes' in answer) changed.push(...answer.changes.map(({ path }) => path))
  const others = changed.filter((path) => !paths.has(path))
  return [...(await holds(finding, [commit.id], others)).values()]
}
