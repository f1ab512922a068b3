// Reads staged blobs by id. What was just staged lies loose: such files are read here, the rest through git.
import { join } from 'node:path'
import { loadKernel } from '../engine/kernel/load.ts'
import { type ReadObject, readObjects, WHOLE_OBJECT_LIMIT } from './cat-file.ts'
import { createLooseReader, type ReadLooseObject } from './loose-blobs.ts'
import { findRepositoryFiles } from './repository-files.ts'

/** Answers for every id, in no particular order; the same as `readObjects` gives. */
export async function* readStagedBlobs(
  oids: readonly string[],
  cwd: string,
  root: string,
): AsyncGenerator<ReadObject> {
  const folder = findRepositoryFiles(cwd, root)?.objects
  const readBlob = folder === undefined || oids.length === 0 ? undefined : await looseReader()
  const rest: string[] = []
  for (const oid of oids) {
    const bytes = readBlob?.(join(folder!, oid.slice(0, 2), oid.slice(2)))
    if (bytes) yield { oid, type: 'blob', size: bytes.length, bytes }
    else rest.push(oid) // packed, in an alternate, too large, or broken: git says which
  }
  yield* readObjects(rest, cwd)
}

/** With the kernel, or with zlib where this runtime has no SIMD. */
async function looseReader(): Promise<ReadLooseObject> {
  const kernel = loadKernel()
  if (kernel) return createLooseReader(kernel, WHOLE_OBJECT_LIMIT)
  const [{ readLoose }, { TYPE_NUMBERS }] = await Promise.all([
    import('./pack/loose.ts'),
    import('./pack/contract.ts'),
  ])
  return (path) => {
    const read = readLoose(path, WHOLE_OBJECT_LIMIT)
    if (!('type' in read) || read.type !== TYPE_NUMBERS.blob) return undefined
    return Buffer.from(read.bytes.buffer, read.bytes.byteOffset, read.bytes.byteLength)
  }
}
