// What the commits of a range add to all their parents, their messages, and the messages of pushed tags.
import { readObjects } from '../git/cat-file.ts'
import {
  type Change,
  type Commit,
  deletedBlobs,
  listChanges,
  listCommits,
  listFiles,
  parseCommit,
} from '../git/commits.ts'
import { type ResolvedRange, resolveRange } from '../git/range.ts'
import { GITLINK } from '../git/staged.ts'
import {
  type Chunk,
  isZeroId,
  type NamedThing,
  type Origin,
  type Problem,
  type ScanPlan,
  ToolError,
} from '../model/index.ts'
import { isMissing, once, readAll, reasonOf, toChunks, unreadable } from './blobs.ts'
import { nameChunks } from './names.ts'
import type { Source, Tally } from './source.ts'
import { chunkOf } from './windows.ts'

/** Above this, the files a commit removes are not read to see whether an old line was only moved. */
const MAX_REMOVED_READ = 1000
/** Blobs that are wanted before they are read; what is remembered of a tree is bounded by it. */
const BATCH = 20_000

interface Reading {
  readonly plan: ScanPlan
  readonly range: ResolvedRange
  readonly reach: () => number
  readonly tally: Tally
  /** Blobs that are counted. */
  readonly counted: Set<string>
  /** Additions that were scanned; the same content from the same content, on the same path, is scanned once. */
  readonly seen: Set<string>
  /** Names that the range brings: of files, tags and pushed refs. */
  readonly names: NamedThing[]
}

/** One way in which a blob came into the range. */
interface Addition {
  readonly commit: Commit | undefined
  readonly path: string | undefined
  readonly before: readonly (string | undefined)[]
}

type Wanted = Map<string, Addition[]>
type Items = AsyncGenerator<Chunk | Problem>

export const readRange: Source = async function* (plan, reach, tally) {
  if (plan.range === undefined) {
    throw new ToolError('E_USAGE', 'no range was named, so nothing was scanned.', {
      hint: 'Name the commits, such as: unleak ci --range origin/main..HEAD',
    })
  }
  const range = await resolveRange(plan.range, plan.cwd)
  tally.target = range.target
  const reading: Reading = {
    plan,
    range,
    reach,
    tally,
    counted: new Set(),
    seen: new Set(),
    names: refNames(plan, range),
  }
  yield* readTags(reading)
  for (const tree of range.trees) yield* readTree(tree, reading)
  const blobs: Wanted = new Map(
    range.blobs.map((blob) => [blob, [{ commit: undefined, path: undefined, before: [] }]]),
  )
  yield* readBlobs(blobs, reading)
  if (range.heads.length > 0)
    for await (const ids of listCommits(range.heads, range.excluded, plan.cwd))
      yield* readCommits(ids, reading)
  yield* nameChunks(reading.names)
}

/** What a push makes of refs, and the tags of a range. */
function refNames({ range }: ScanPlan, { tags }: ResolvedRange): NamedThing[] {
  const pushed = range?.kind === 'push' ? range.refs.filter(({ localId }) => !isZeroId(localId)) : []
  const names = new Set([
    ...pushed.map(({ remoteRef }) => remoteRef),
    ...tags.map(({ name }) => `refs/tags/${name}`),
  ])
  return [...names].map((path) => ({ path }))
}

async function* readTags({ range, plan, tally }: Reading): Items {
  const names = new Map(range.tags.map((tag) => [tag.id, tag.name]))
  for await (const object of readObjects([...names.keys()], plan.cwd)) {
    const name = names.get(object.oid)!
    if (!('bytes' in object)) {
      if (!('size' in object)) yield unreadable(object, name)
      else yield { code: 'E_OBJECT_CORRUPT', count: 1, examples: [`${name} (${object.oid})`] }
      continue
    }
    const end = object.bytes.indexOf('\n\n')
    const message = object.bytes.subarray(end === -1 ? object.bytes.length : end + 2)
    tally.objects += 1
    tally.bytes += message.length
    yield chunkOf(message, { kind: 'tag', tag: name })
  }
}

/** All files of a commit or tree, as they stand. */
async function* readTree(tree: string, reading: Reading): Items {
  let wanted: Wanted = new Map()
  for await (const change of listFiles(tree, reading.plan.cwd)) {
    yield* addChange(wanted, change, undefined, reading)
    if (wanted.size < BATCH) continue
    yield* readBlobs(wanted, reading)
    wanted = new Map()
  }
  yield* readBlobs(wanted, reading)
}

/** Messages first, then what the commits add. */
async function* readCommits(ids: readonly string[], reading: Reading): Items {
  const { plan, range, tally } = reading
  const commits = new Map<string, Commit>()
  for await (const object of readObjects(ids, plan.cwd)) {
    if (!('bytes' in object)) {
      if (!('size' in object)) yield unreadable(object, 'commit')
      else yield { code: 'E_OBJECT_CORRUPT', count: 1, examples: [`commit (${object.oid})`] }
      continue
    }
    const commit = parseCommit(object.oid, object.bytes)
    tally.commits += 1
    tally.objects += 1
    for (const text of [commit.message, commit.mergedTags]) {
      tally.bytes += text.length
      if (text.length > 0) yield chunkOf(text, { kind: 'message', ...introducedBy(commit) })
    }
    // What it adds can't be known without its parents.
    const isCut = range.shallow.has(commit.id) && commit.parents.length > 0
    if (isCut) yield { code: 'E_SHALLOW', count: 1, examples: [commit.id], message: range.fix }
    else commits.set(commit.id, commit)
  }
  yield* readChanges(commits, reading)
}

async function* readChanges(commits: ReadonlyMap<string, Commit>, reading: Reading): Items {
  if (commits.size === 0) return
  let wanted: Wanted = new Map()
  for await (const answer of listChanges([...commits.keys()], reading.plan.cwd)) {
    if ('failed' in answer) {
      const { stderr } = answer.failed
      const problem = { count: 1, examples: [`files of commit ${answer.commit}`] }
      if (isMissing(stderr)) yield { code: 'E_OBJECT_MISSING', ...problem }
      else yield { code: 'E_OBJECT_CORRUPT', ...problem, message: reasonOf(stderr) }
      continue
    }
    const commit = commits.get(answer.commit)
    for (const change of answer.changes) yield* addChange(wanted, change, commit, reading)
    if (wanted.size < BATCH) continue
    yield* readBlobs(wanted, reading)
    wanted = new Map()
  }
  yield* readBlobs(wanted, reading)
}

function* addChange(
  wanted: Wanted,
  { path, mode, blob, before }: Change,
  commit: Commit | undefined,
  { plan, seen, names }: Reading,
): Generator<Problem> {
  if (plan.isIgnoredPath(path)) return
  if (before.every((id) => id === undefined)) names.push({ path, ...(commit ? introducedBy(commit) : {}) })
  // What a commit moved is told from what it added by what it deleted, so that no other commit stands for it.
  const isEdit = commit !== undefined && before.every((id) => id !== undefined)
  const from = isEdit ? before.join() : (commit?.id ?? '')
  const key = `${blob} ${from} ${path}`
  if (seen.has(key)) return
  seen.add(key)
  if (mode === GITLINK) {
    const submodule = `${GITLINK} ${path}`
    if (!seen.has(submodule)) yield { code: 'W_SUBMODULE', count: 1, examples: [path] }
    seen.add(submodule)
    return
  }
  const addition = { commit, path, before }
  const known = wanted.get(blob)
  if (known) known.push(addition)
  else wanted.set(blob, [addition])
}

async function* readBlobs(wanted: Wanted, reading: Reading): Items {
  if (wanted.size === 0) return
  const { plan, reach, tally, counted } = reading
  const deleted = deletions(plan.cwd)
  for await (const object of readObjects([...wanted.keys()], plan.cwd)) {
    if ('size' in object && !counted.has(object.oid)) {
      counted.add(object.oid)
      tally.objects += 1
      tally.blobs += 1
      tally.bytes += object.size
    }
    const [first, ...others] = wanted.get(object.oid)!
    yield* toChunks(object, originOf(object.oid, first!), reach, earlierOf(first!, plan.cwd, deleted))
    if ('missing' in object || 'broken' in object) continue
    for (const addition of others) {
      const [origin, earlier] = [originOf(object.oid, addition), earlierOf(addition, plan.cwd, deleted)]
      if ('bytes' in object) yield* toChunks(object, origin, reach, earlier)
      // A stream is read once: the next path reads it anew.
      else
        for await (const again of readObjects([object.oid], plan.cwd))
          yield* toChunks(again, origin, reach, earlier)
    }
  }
}

function originOf(blob: string, { commit, path }: Addition): Origin {
  return {
    kind: 'history',
    blob,
    ...(path === undefined ? {} : { path }),
    ...(commit === undefined ? {} : introducedBy(commit)),
  }
}

function introducedBy({ id, author, date }: Commit): { commit: string; author: string; date: string } {
  return { commit: id, author, date }
}

type Deletions = (parent: string, commit: string) => Promise<readonly string[]>

/** Asks git once for each pair. */
function deletions(cwd: string): Deletions {
  const known = new Map<string, Promise<readonly string[]>>()
  return (parent, commit) => {
    const key = `${parent} ${commit}`
    const answer = known.get(key) ?? deletedBlobs(parent, commit, cwd)
    known.set(key, answer)
    return answer
  }
}

/** What the parents hold that an addition may have come from: the file itself, or files that are gone since that parent. */
function earlierOf(
  { commit, before }: Addition,
  cwd: string,
  deleted: Deletions,
): (() => Promise<Uint8Array[]>) | undefined {
  if (commit === undefined) return undefined
  return once(async () => {
    const blobs = new Set<string>()
    for (const [i, blob] of before.entries()) {
      const parent = commit.parents[i]
      if (blob !== undefined) blobs.add(blob)
      else if (parent !== undefined)
        for (const moved of (await deleted(parent, commit.id)).slice(0, MAX_REMOVED_READ)) blobs.add(moved)
    }
    return await readAll([...blobs], cwd)
  })
}
