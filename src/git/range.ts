// What a push or a CI run adds → the commits to scan, or the reason why that can't be known.
import {
  type CommitRange,
  type FilesRange,
  isZeroId,
  type PushRange,
  type RangeRequest,
  ToolError,
} from '../model/index.ts'
import {
  followTag,
  isAncestor,
  lookUp,
  type Named,
  shallowCommits,
  type Tag,
  trackingRefs,
} from './revisions.ts'

export interface ResolvedRange {
  /** What is scanned, for people. */
  readonly target: string
  /** Commits to start from, and those whose history is not scanned. */
  readonly heads: readonly string[]
  readonly excluded: readonly string[]
  /** Tags whose messages are scanned. */
  readonly tags: readonly Tag[]
  /** Commits or trees whose files are scanned as they stand, and single blobs. */
  readonly trees: readonly string[]
  readonly blobs: readonly string[]
  /** Commits whose parents the clone leaves out. */
  readonly shallow: ReadonlySet<string>
  /** What to do when one of those is in the range. */
  readonly fix: string
}

const UNSHALLOW = 'git fetch --unshallow'

/** Throws ToolError `E_RANGE` when the clone does not have what is needed to know the range. */
export async function resolveRange(request: RangeRequest, cwd: string): Promise<ResolvedRange> {
  const shallow = await shallowCommits(cwd)
  if (request.kind === 'commits') return await resolveCommits(request, shallow, cwd)
  return request.kind === 'files'
    ? await resolveFiles(request, cwd)
    : await resolvePush(request, shallow, cwd)
}

const NOTHING = {
  heads: [],
  excluded: [],
  tags: [],
  trees: [],
  blobs: [],
  shallow: new Set<string>(),
  fix: '',
}

async function resolveFiles({ head, reason, source }: FilesRange, cwd: string): Promise<ResolvedRange> {
  const name = `${head}^{commit}`
  const id = (await lookUp([name], cwd)).get(name)?.id
  if (id === undefined) {
    throw new ToolError('E_RANGE', `${head}: there is no such commit in this clone, so nothing was scanned.`)
  }
  return {
    ...NOTHING,
    target: `the files of ${short(id)}, not its history: ${reason} (${source})`,
    trees: [id],
  }
}

async function resolveCommits(
  request: CommitRange,
  shallow: ReadonlySet<string>,
  cwd: string,
): Promise<ResolvedRange> {
  const clone: Clone = { known: await lookUp(namesOf(request), cwd), shallow, cwd }
  const fix = fixOf(request, clone)
  const headName = firstOf(request.head, clone)
  if (headName === undefined) throw missing('the commit', request.head, request, clone)
  const head = idOf(headName, clone)
  const tags = await tagsOf(clone.known.get(headName), headName, cwd)
  const range = { ...NOTHING, tags, heads: [head], shallow, fix }
  const baseName = firstOf(request.base, clone)
  const excluded = [
    ...(baseName === undefined ? [] : [idOf(baseName, clone)]),
    ...targetOf(request, head, clone.known),
  ]
  if (excluded.length === 0) return { ...range, ...(await withoutBase(request, head, clone)) }
  return { ...range, target: `${short(excluded[0]!)}..${short(head)} (${request.source})`, excluded }
}

interface Clone {
  readonly known: ReadonlyMap<string, Named>
  readonly shallow: ReadonlySet<string>
  readonly cwd: string
}

/** A new branch, or one whose former tip a force push took away: what the trunk does not have. */
async function withoutBase(
  request: CommitRange,
  head: string,
  clone: Clone,
): Promise<Pick<ResolvedRange, 'target' | 'excluded'> & Partial<ResolvedRange>> {
  const { source, base, trunk = [] } = request
  const isGone = base.length > 0
  if (isGone && !(request.isBaseOptional && clone.shallow.size === 0))
    throw (await beforeTheFirst(request, clone)) ?? missing('the base', base, request, clone)
  const trunkName = firstOf(trunk, clone)
  if (request.otherwise === 'files' && !(await isAheadOf(trunkName, head, clone))) {
    const reason = 'nothing tells what is new'
    return await resolveFiles({ kind: 'files', source, head, reason }, clone.cwd)
  }
  // A shallow clone may have left the trunk out; a whole one can only have too much without it.
  if (trunkName === undefined && trunk.length > 0 && clone.shallow.size > 0)
    throw missing('the branch', trunk, request, clone)
  const why = `${source}; ${isGone ? `the former tip ${shownName(base[0]!)} is gone` : 'it is new'}`
  return trunkName === undefined
    ? { target: `everything up to ${short(head)} (${why})`, excluded: [] }
    : { target: `${shownName(trunkName)}..${short(head)} (${why})`, excluded: [idOf(trunkName, clone)] }
}

async function isAheadOf(trunkName: string | undefined, head: string, clone: Clone): Promise<boolean> {
  return trunkName !== undefined && !(await isAncestor(head, idOf(trunkName, clone), clone.cwd))
}

const commitOf = (name: string): string => `${name}^{commit}`

function namesOf({ head, base, trunk = [], testMerge }: CommitRange): string[] {
  const commits = [...head, ...base, ...trunk].map(commitOf)
  return [...head, ...commits, ...(testMerge === undefined ? [] : parentsOf(testMerge))]
}

const firstOf = (names: readonly string[], { known }: Clone): string | undefined =>
  names.find((name) => known.has(commitOf(name)))

const idOf = (name: string, { known }: Clone): string => known.get(commitOf(name))!.id

const fixOf = ({ fix }: CommitRange, { shallow }: Clone): string =>
  shallow.size > 0 ? fix.shallow : fix.missing

const parentsOf = (merge: string): [string, string] => [`${merge}^1`, `${merge}^2`]

/** Where a merge that was made to test `head` starts from: that is not new either. */
function targetOf({ testMerge }: CommitRange, head: string, known: ReadonlyMap<string, Named>): string[] {
  if (testMerge === undefined) return []
  const [target, tested] = parentsOf(testMerge).map((name) => known.get(name)?.id)
  return tested === head && target !== undefined ? [target] : []
}

async function tagsOf(named: Named | undefined, name: string, cwd: string): Promise<readonly Tag[]> {
  if (named?.type !== 'tag') return []
  return (await followTag(named.id, name.replace(/^refs\/tags\//, ''), cwd)).tags
}

function missing(what: string, names: readonly string[], request: CommitRange, clone: Clone): ToolError {
  const lacks = clone.shallow.size > 0 ? 'the clone is shallow and lacks' : 'the clone lacks'
  const text = `${lacks} ${what} ${shownName(names[0] ?? '')} (${request.source}), so nothing was scanned.`
  return new ToolError('E_RANGE', text, { hint: fixOf(request, clone) })
}

/** `HEAD~1` of a first commit can't be fetched. A shallow clone may only lack it. */
async function beforeTheFirst(
  { base: [name = ''], source }: CommitRange,
  { shallow, cwd }: Clone,
): Promise<ToolError | undefined> {
  const from = /^([^~^]+)[~^][~^\d]*$/.exec(name)?.[1]
  if (from === undefined || shallow.size > 0) return undefined
  if (!(await lookUp([commitOf(from)], cwd)).has(commitOf(from))) return undefined
  const text = `there is no ${name} (${source}): ${from} has no such parent, so nothing was scanned.`
  return new ToolError('E_RANGE', text, {
    hint: `When ${from} is the first commit, its whole history is new: unleak audit`,
  })
}

async function resolvePush(
  { remote, refs, isReceived }: PushRange,
  shallow: ReadonlySet<string>,
  cwd: string,
): Promise<ResolvedRange> {
  const pushed = refs.filter((ref) => !isZeroId(ref.localId))
  const base = { ...NOTHING, shallow, fix: UNSHALLOW }
  if (pushed.length === 0)
    return { ...base, target: refs.length === 0 ? 'nothing to push' : 'nothing to push but deletions' }
  const known = await lookUp(
    pushed.flatMap((ref) => [ref.localId, `${ref.remoteId}^{commit}`]),
    cwd,
  )
  const found = { heads: [] as string[], tags: [] as Tag[], trees: [] as string[], blobs: [] as string[] }
  for (const { localRef, remoteRef, localId } of pushed) {
    const object = known.get(localId)
    if (object === undefined)
      throw new ToolError(
        'E_RANGE',
        `${localRef} (${short(localId)}) could not be read, so nothing was scanned.`,
      )
    const name = remoteRef.replace(/^refs\/(tags|heads)\//, '')
    const { tags, end } =
      object.type === 'tag' ? await followTag(localId, name, cwd) : { tags: [], end: object }
    found.tags.push(...tags)
    if (end.type === 'commit') found.heads.push(end.id)
    else if (end.type === 'tree') found.trees.push(end.id)
    else if (end.type === 'blob') found.blobs.push(end.id)
  }
  const there = pushed.flatMap((ref) => known.get(`${ref.remoteId}^{commit}`)?.id ?? [])
  const hasNew = pushed.some((ref) => !known.has(`${ref.remoteId}^{commit}`))
  const already = isReceived ? await ownRefs(cwd) : await published(remote, hasNew, cwd)
  const excluded = [...there, ...already]
  const names = pushed.map((ref) => ref.remoteRef.replace(/^refs\/(heads|tags)\//, ''))
  return {
    ...base,
    ...found,
    excluded: [...new Set(excluded)],
    target: `${names.join(', ')} → ${withoutPassword(remote)}`,
  }
}

/** What the remote is known to have; where nothing is known of it, a new branch is compared with all remotes. */
async function published(remote: string, hasNew: boolean, cwd: string): Promise<string[]> {
  const refs = await trackingRefs(cwd)
  const own = refs.filter(({ name }) => name.startsWith(`refs/remotes/${remote}/`))
  return (own.length > 0 || !hasNew ? own : refs).map(({ id }) => id)
}

/** A server runs its hook before it moves a ref: all that its refs reach was there. */
async function ownRefs(cwd: string): Promise<string[]> {
  const refs = await trackingRefs(cwd, 'refs/')
  const commits = await lookUp(
    refs.map(({ id }) => commitOf(id)),
    cwd,
  )
  return [...new Set([...commits.values()].map(({ id }) => id))]
}

/** A push to an address has it for the remote's name. */
const withoutPassword = (remote: string): string => remote.replace(/\/\/[^/@]*@/, '//')

const short = (id: string): string => id.slice(0, 12)

/** A name as people know it: ids short, refs without their folders. */
function shownName(name: string): string {
  return /^[0-9a-f]{40,64}$/.test(name) ? short(name) : name.replace(/^refs\/(remotes|heads|tags)\//, '')
}
