// Reads staged blobs by id. What was just staged lies loose: such files are read here, the rest through git.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadKernel } from '../engine/kernel/load.ts'
import { type ReadObject, readObjects, WHOLE_OBJECT_LIMIT } from './cat-file.ts'
import { createLooseReader, type ReadLooseBlob } from './loose-blobs.ts'
import { commonDir } from './pack/places.ts'

/** Answers for every id, in no particular order; the same as `readObjects` gives. */
export async function* readStagedBlobs(
  oids: readonly string[],
  cwd: string,
  root: string,
): AsyncGenerator<ReadObject> {
  const folder = objectFolder(cwd, root)
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
async function looseReader(): Promise<ReadLooseBlob> {
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

/** Where git puts what is staged, by the same variables and files that git goes by; undefined when in doubt. */
function objectFolder(cwd: string, root: string): string | undefined {
  if (process.env.GIT_OBJECT_DIRECTORY) return resolve(cwd, process.env.GIT_OBJECT_DIRECTORY)
  const gitDir = process.env.GIT_DIR ? resolve(cwd, process.env.GIT_DIR) : gitDirOf(root)
  if (gitDir === undefined || !existsSync(join(gitDir, 'HEAD'))) return undefined
  const common = process.env.GIT_COMMON_DIR ? resolve(cwd, process.env.GIT_COMMON_DIR) : commonDir(gitDir)
  const folder = join(common, 'objects')
  return existsSync(folder) ? folder : undefined
}

/** `.git` is a folder, or in linked trees and submodules a file that names one. */
function gitDirOf(root: string): string | undefined {
  const path = join(root, '.git')
  try {
    const named = /^gitdir: (.+?)\r?\n?$/.exec(readFileSync(path, 'utf8'))?.[1]
    return named === undefined ? undefined : resolve(root, named)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EISDIR' ? path : undefined
  }
}
