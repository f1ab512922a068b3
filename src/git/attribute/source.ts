// Where attribution gets its objects from: a contract, and the reference that asks git.
import { ByteReader } from '../byte-reader.ts'
import { finished, gitError, startGit } from '../run.ts'
import type { CommitGraph } from './commits.ts'
import type { TagReader } from './tags.ts'
import type { TreeGraph } from './trees.ts'

/**
 * Every tree and commit of the object store, reachable or not, in any order. The bytes are valid during the call
 * only. An id comes as hex or raw. An object that can't be read is left out: attribution sees for itself what is
 * missing. An error thrown by `visit` ends the walk, which rejects with it.
 */
export interface ObjectSource {
  eachTree(visit: (oid: Uint8Array | string, bytes: Uint8Array) => void): Promise<void>
  eachCommit(visit: (oid: string, bytes: Uint8Array) => void): Promise<void>
  /** Without it, git is asked where the tags lead: a second for each twenty thousand. */
  eachTag?(visit: (oid: string, bytes: Uint8Array) => void): Promise<void>
}

/** What has been read of all trees, commits and tags. */
export interface ObjectGraphs {
  readonly trees: TreeGraph
  readonly commits: CommitGraph
  readonly tags: TagReader
}

/** Who reads all objects in a way of its own gives what is to be known of them at once. */
export interface GraphSource {
  /** @param blobs hex ids, in the order of their numbers */
  graphs(blobs: readonly string[], signal: AbortSignal | undefined): Promise<ObjectGraphs>
}

type Visit = (oid: string, bytes: Uint8Array) => void
type Listed = 'tree' | 'commit' | 'tag'

/** The reference: all objects listed by git, then those of one type read through one `git cat-file`. */
export function gitObjects(gitDir: string): ObjectSource {
  let listed: Promise<Record<Listed, string[]>> | undefined
  const each = async (type: Listed, visit: Visit) => {
    listed ??= listObjects(gitDir)
    await readAll((await listed)[type], gitDir, visit)
  }
  return {
    eachTree: (visit) => each('tree', visit),
    eachCommit: (visit) => each('commit', visit),
    eachTag: (visit) => each('tag', visit),
  }
}

async function listObjects(gitDir: string): Promise<Record<Listed, string[]>> {
  const format = '--batch-check=%(objecttype) %(objectname)'
  const child = startGit(['cat-file', '--batch-all-objects', format, '--unordered', '--buffer'], gitDir)
  const ended = finished(child)
  ended.catch(() => {}) // awaited below; must not count as unhandled before that
  const ids: Record<Listed, string[]> = { tree: [], commit: [], tag: [] }
  const reader = new ByteReader(child.stdout)
  for (let line = await reader.line(); line !== undefined; line = await reader.line()) {
    const [type, oid] = line.split(' ')
    if (oid !== undefined && (type === 'tree' || type === 'commit' || type === 'tag')) ids[type].push(oid)
  }
  const outcome = await ended
  // git may complain of a broken pack and still list the others; without anything listed it has failed.
  if (outcome.status !== 0 && ids.tree.length + ids.commit.length === 0)
    throw gitError('the objects could not be listed', outcome)
  return ids
}

/** git ends at an object it can't read; it is started again behind it, at most this often in a row. */
const MAX_RESTARTS = 100

async function readAll(ids: readonly string[], gitDir: string, visit: Visit): Promise<void> {
  let next = 0
  for (let restarts = 0; next < ids.length && restarts <= MAX_RESTARTS; restarts++) {
    const answered = await readUntilBroken(ids.slice(next), gitDir, visit)
    if (answered > 0) restarts = 0
    next += answered + 1
  }
}

/** Returns how many of the ids were answered. Hundreds of thousands of small objects: no promise for each. */
async function readUntilBroken(ids: readonly string[], gitDir: string, visit: Visit): Promise<number> {
  const child = startGit(['cat-file', '--batch', '--buffer'], gitDir)
  const ended = finished(child)
  ended.catch(() => {}) // awaited below; must not count as unhandled before that
  child.stdin.end(`${ids.join('\n')}\n`)
  let answered = 0
  let parts: Buffer[] = []
  let [have, need] = [0, 1]
  try {
    for await (const part of child.stdout as AsyncIterable<Buffer>) {
      parts.push(part)
      have += part.length
      // A large object is put together once, not at every part.
      if (have < need) continue
      const bytes = parts.length === 1 ? part : Buffer.concat(parts, have)
      const read = readAnswers(bytes, visit)
      answered += read.answers
      parts = [bytes.subarray(read.end)]
      have = bytes.length - read.end
      need = read.need
    }
    await ended
  } finally {
    child.kill()
  }
  return answered
}

/** Visits the objects that are there whole. `need`: how many bytes from `end` on the next one takes at least. */
function readAnswers(bytes: Buffer, visit: Visit): { answers: number; end: number; need: number } {
  let [answers, at] = [0, 0]
  for (;;) {
    const headerEnd = bytes.indexOf(0x0a, at)
    if (headerEnd < 0) return { answers, end: at, need: bytes.length - at + 1 }
    const [oid = '', , size] = bytes.toString('latin1', at, headerEnd).split(' ')
    // 'missing' has no size and no body.
    const end = size === undefined ? headerEnd + 1 : headerEnd + 1 + Number(size) + 1
    if (end > bytes.length) return { answers, end: at, need: end - at }
    if (size !== undefined) visit(oid, bytes.subarray(headerEnd + 1, end - 1))
    answers += 1
    at = end
  }
}
