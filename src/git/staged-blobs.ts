// Reads blobs by id. What was just staged lies loose, and little is asked for of packs: such are read here, the rest through git.
import { type ReadObject, readObjects, WHOLE_OBJECT_LIMIT } from './cat-file.ts'
import { loosePath } from './loose-path.ts'
import { TYPE_NUMBERS } from './pack/contract.ts'
import { findRepositoryFiles } from './repository-files.ts'
import { openStore } from './stored-objects.ts'

/** Of more blobs that are not loose, git reads all at once. */
const MOST_PACKED = 32

/** Answers for every id, in no particular order; the same as `readObjects` gives, but bytes hold until the next is asked for. */
export async function* readStagedBlobs(
  oids: Iterable<string> | AsyncIterable<string>,
  cwd: string,
  root: string,
): AsyncGenerator<ReadObject> {
  const folder = findRepositoryFiles(cwd, root)?.objects
  const store = folder === undefined ? undefined : (openStore(folder) ?? (await slowStore(folder)))
  const rest: string[] = []
  let packed = 0
  try {
    for await (const oid of oids) {
      const bytes =
        store?.loose(oid, TYPE_NUMBERS.blob) ??
        (packed++ < MOST_PACKED ? store?.packed(oid, TYPE_NUMBERS.blob) : undefined)
      if (bytes) yield { oid, type: 'blob', size: bytes.length, bytes }
      else rest.push(oid) // in an alternate, too large, or broken: git says which
    }
  } finally {
    store?.close()
  }
  yield* readObjects(rest, cwd)
}

/** With zlib, where this runtime has no SIMD. */
async function slowStore(folder: string): Promise<ReturnType<typeof openStore>> {
  const { readLoose } = await import('./pack/loose.ts')
  const loose = (oid: string, type: number) => {
    const read = readLoose(loosePath(folder, oid), WHOLE_OBJECT_LIMIT)
    if (!('type' in read) || read.type !== type) return undefined
    return Buffer.from(read.bytes.buffer, read.bytes.byteOffset, read.bytes.byteLength)
  }
  return { loose, packed: () => undefined, close() {} }
}
