// Where attribution gets its objects from: a contract, and the reference that asks git.
import { ByteReader } from '../byte-reader.ts'
import { readObjects } from '../cat-file.ts'
import { finished, gitError, startGit } from '../run.ts'

/**
 * Every tree and commit of the object store, reachable or not, in any order. The bytes are valid during the call
 * only. An id comes as hex or raw. An object that can't be read is left out: attribution sees for itself what is
 * missing. An error thrown by `visit` ends the walk, which rejects with it.
 */
export interface ObjectSource {
  eachTree(visit: (oid: Uint8Array | string, bytes: Uint8Array) => void): Promise<void>
  eachCommit(visit: (oid: string, bytes: Uint8Array) => void): Promise<void>
}

/** The reference: all objects listed by git, then those of one type read through one `git cat-file`. */
export function gitObjects(gitDir: string): ObjectSource {
  let listed: Promise<ObjectIds> | undefined
  const each = async (type: keyof ObjectIds, visit: (oid: string, bytes: Uint8Array) => void) => {
    listed ??= listObjects(gitDir)
    for await (const object of readObjects((await listed)[type], gitDir)) {
      if ('bytes' in object) visit(object.oid, object.bytes)
      else if ('pieces' in object) visit(object.oid, await joined(object.pieces))
    }
  }
  return {
    eachTree: (visit) => each('tree', visit),
    eachCommit: (visit) => each('commit', visit),
  }
}

interface ObjectIds {
  readonly tree: string[]
  readonly commit: string[]
}

async function listObjects(gitDir: string): Promise<ObjectIds> {
  const format = '--batch-check=%(objecttype) %(objectname)'
  const child = startGit(['cat-file', '--batch-all-objects', format, '--unordered', '--buffer'], gitDir)
  const ended = finished(child)
  ended.catch(() => {}) // awaited below; must not count as unhandled before that
  const ids: ObjectIds = { tree: [], commit: [] }
  const reader = new ByteReader(child.stdout)
  for (let line = await reader.line(); line !== undefined; line = await reader.line()) {
    const [type, oid] = line.split(' ')
    if (oid !== undefined && (type === 'tree' || type === 'commit')) ids[type].push(oid)
  }
  const outcome = await ended
  // git may complain of a broken pack and still list the others; without anything listed it has failed.
  if (outcome.status !== 0 && ids.tree.length + ids.commit.length === 0)
    throw gitError('the objects could not be listed', outcome)
  return ids
}

async function joined(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const piece of pieces) parts.push(piece)
  return Buffer.concat(parts)
}
