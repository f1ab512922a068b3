// Blobs of git → chunks, and the earlier versions that a hit is compared with.
import { bytesOf, type ReadObject, readObjects } from '../git/cat-file.ts'
import type { Chunk, Origin, Problem } from '../model/index.ts'
import { chunkOf, chunksOf } from './windows.ts'

/** The chunks of an object, or the trouble with it. */
export async function* toChunks(
  object: ReadObject,
  origin: Origin,
  reach: () => number,
  earlier?: () => Promise<Uint8Array[]>,
): AsyncGenerator<Chunk | Problem> {
  if ('bytes' in object) yield chunkOf(object.bytes, origin, earlier)
  else if ('pieces' in object) yield* chunksOf(object.pieces, origin, reach, earlier ? { earlier } : {})
  else yield unreadable(object, 'path' in origin && origin.path !== undefined ? origin.path : origin.kind)
}

/** The problem of an object that is not there, or that git gave up on. */
export function unreadable(object: Exclude<ReadObject, { type: string }>, name: string): Problem {
  const examples = [`${name} (${object.oid})`]
  // A partial clone has left it on the server, and nothing is fetched here.
  const isLeftOut = 'broken' in object && isMissing(object.broken.stderr)
  if ('missing' in object || isLeftOut) return { code: 'E_OBJECT_MISSING', count: 1, examples }
  return { code: 'E_OBJECT_CORRUPT', count: 1, examples, message: reasonOf(object.broken.stderr) }
}

/** True when git ended because an object is not there. */
export function isMissing(stderr: string): boolean {
  return /promisor|lazy fetching|unable to read tree/.test(stderr)
}

/** The line of git's complaint that says what went wrong; hints and warnings may stand before it. */
export function reasonOf(stderr: string): string {
  const lines = stderr.split('\n')
  return lines.find((line) => /^(fatal|error): /.test(line)) ?? lines[0] ?? ''
}

/** Whole blobs; what can't be read is left out. */
export async function readAll(oids: readonly string[], cwd: string): Promise<Uint8Array[]> {
  return await bytesOfAll(readObjects(oids, cwd))
}

/** The same of objects that come from elsewhere. */
export async function bytesOfAll(objects: AsyncIterable<ReadObject>): Promise<Uint8Array[]> {
  const blobs: Uint8Array[] = []
  for await (const object of objects) if ('size' in object) blobs.push(Buffer.from(await bytesOf(object)))
  return blobs
}

/** Makes a value at its first use, and keeps it. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined
  return () => {
    value ??= make()
    return value
  }
}
