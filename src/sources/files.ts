// Files and directories: what git tracks or would add, through git; elsewhere fast-glob and .gitignore.
import { createReadStream } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { listWorkTree } from '../git/work-tree.ts'
import { type Chunk, type Problem, type ScanPlan, ToolError } from '../model/index.ts'
import { contentsOf, type Large, type Named, troubleWith } from './named-file.ts'
import { nameChunks } from './names.ts'
import type { Source, Tally } from './source.ts'
import { chunksOf } from './windows.ts'

export const readFiles: Source = async function* (plan, reach, tally, share) {
  const files = await listFiles(plan)
  for await (const named of share(files)) {
    for (const content of contentsOf(named)) {
      if ('large' in content) yield* readLarge(content, named.shown, reach, tally)
      else yield 'bytes' in content ? count(content, tally) : content
    }
  }
  yield* nameChunks(files.map(({ shown }) => ({ path: shown })))
}

/** All files of the plan's paths, each once. */
async function listFiles(plan: ScanPlan): Promise<Named[]> {
  const files = new Map<string, Named>()
  for (const target of plan.paths.length > 0 ? plan.paths : ['.']) {
    for (const named of await expand(target, plan))
      if (!files.has(named.path) && !plan.isIgnoredPath(named.shown)) files.set(named.path, named)
  }
  return [...files.values()]
}

/** The files a target stands for. */
async function expand(target: string, plan: ScanPlan): Promise<Named[]> {
  const path = resolve(plan.cwd, target)
  const named = (file: string): Named => ({ path: file, shown: shownAs(file, plan.cwd) })
  const stat = await lstat(path).catch(() => undefined)
  if (stat?.isDirectory()) {
    const tracked = await listWorkTree(path)
    // A folder that is itself ignored has no files for git, and was named all the same.
    return tracked?.length ? below(path, tracked, plan.cwd) : (await globFiles(path)).map(named)
  }
  if (stat) return [named(path)]
  const { matchFiles } = await import('./glob.ts')
  const matched = await matchFiles(target, plan.cwd).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENAMETOOLONG') return [] // no file can have such a name
    throw error
  })
  if (matched.length > 0) return matched.map(named)
  throw new ToolError('E_NOT_FOUND', `${target}: there is no such file or folder.`, {
    hint: 'Name files, folders or globs; nothing was scanned.',
  })
}

function shownAs(path: string, cwd: string): string {
  return relative(cwd, path).split('\\').join('/') || path
}

/** git names files from the folder down, so that nothing has to be resolved for each of thousands. */
function below(folder: string, names: readonly string[], cwd: string): Named[] {
  const start = folder.endsWith(sep) ? folder : folder + sep
  const shown = folder === cwd ? '' : `${shownAs(folder, cwd)}/`
  return names.map((name) => ({ path: start + name, shown: shown + name, isListed: true }))
}

async function globFiles(path: string): Promise<string[]> {
  const { walkFiles } = await import('./glob.ts')
  return await walkFiles(path)
}

async function* readLarge(
  { large }: Large,
  shown: string,
  reach: () => number,
  tally: Tally,
): AsyncGenerator<Chunk | Problem> {
  const onBytes = (length: number) => {
    tally.bytes += length
  }
  tally.files += 1
  try {
    yield* chunksOf(
      createReadStream(large, { highWaterMark: 1 << 20 }),
      { kind: 'file', path: shown },
      reach,
      { onBytes },
    )
  } catch (error) {
    const trouble = troubleWith(error, shown)
    if (trouble) yield trouble
  }
}

function count(chunk: Chunk, tally: Tally): Chunk {
  tally.files += 1
  tally.bytes += chunk.bytes.length
  return chunk
}
