// Reads objects by id through one `git cat-file --batch`: raw bytes, never a filter, a textconv or a replacement.
import { ByteReader } from './byte-reader.ts'
import { finished, type GitOutcome, startGit } from './run.ts'

/** Objects above this size are handed out piece by piece. */
export const WHOLE_OBJECT_LIMIT = 64 << 20

export type ReadObject =
  | { readonly oid: string; readonly type: string; readonly size: number; readonly bytes: Buffer }
  | {
      readonly oid: string
      readonly type: string
      readonly size: number
      readonly pieces: AsyncIterable<Buffer>
    }
  | { readonly oid: string; readonly missing: true }
  | { readonly oid: string; readonly broken: GitOutcome }

/** All bytes of an object, in one piece. */
export async function bytesOf(object: Extract<ReadObject, { size: number }>): Promise<Buffer> {
  if ('bytes' in object) return object.bytes
  const parts: Buffer[] = []
  for await (const piece of object.pieces) parts.push(piece)
  return Buffer.concat(parts)
}

/** Whether an id is the hash of this content. */
export function isContentOf(oid: string, type: string, bytes: Uint8Array): boolean {
  const { createHash } = process.getBuiltinModule('node:crypto') // the hook has no need of it
  const hash = createHash(oid.length === 40 ? 'sha1' : 'sha256')
  return hash.update(`${type} ${bytes.length}\0`).update(bytes).digest('hex') === oid
}

/** git ends at an object it can't read; it is started again behind it, at most this often in a row. */
const MAX_RESTARTS = 100

/**
 * Reads `oids` in order. Every id gets exactly one answer: its object, `missing`, or `broken` when git gave up on it.
 * `pieces` must be read to their end before the next object is asked for.
 */
export async function* readObjects(oids: readonly string[], cwd: string): AsyncGenerator<ReadObject> {
  let next = 0
  for (let restarts = 0; next < oids.length && restarts <= MAX_RESTARTS; restarts++) {
    const before = next
    for await (const object of readUntilBroken(oids.slice(next), cwd)) {
      next += 1
      yield object
    }
    if (next > before + 1) restarts = 0
  }
  const broken = { status: 128, stderr: 'git failed too often' }
  for (const oid of oids.slice(next)) yield { oid, broken }
}

/** Reads until the end, or up to and including the first object that git breaks off at. */
async function* readUntilBroken(oids: readonly string[], cwd: string): AsyncGenerator<ReadObject> {
  const child = startGit(['cat-file', '--batch', '--buffer'], cwd)
  const ended = finished(child)
  ended.catch(() => {}) // awaited below; must not count as unhandled before that
  child.stdin.end(`${oids.join('\n')}\n`)
  const reader = new ByteReader(child.stdout)
  try {
    for (const oid of oids) {
      const object = await readOne(reader, oid)
      yield object ?? { oid, broken: await ended }
      if (!object) return
    }
    await ended
  } finally {
    child.kill()
  }
}

async function readOne(reader: ByteReader, oid: string): Promise<ReadObject | undefined> {
  const header = await reader.line()
  if (header === undefined) return undefined
  const [, type = '', size = ''] = header.split(' ')
  if (type === 'missing' || type === 'ambiguous' || type === 'submodule') return { oid, missing: true }
  const length = Number(size)
  if (!Number.isSafeInteger(length)) return undefined
  if (length > WHOLE_OBJECT_LIMIT) return { oid, type, size: length, pieces: largeBody(reader, length) }
  const bytes = await reader.bytes(length)
  if (bytes === undefined || (await reader.bytes(1)) === undefined) return undefined
  return { oid, type, size: length, bytes }
}

async function* largeBody(reader: ByteReader, length: number): AsyncGenerator<Buffer> {
  const missing = yield* reader.pieces(length)
  if (missing > 0) throw new Error(`git cat-file ended ${missing} bytes early`)
  await reader.bytes(1)
}
