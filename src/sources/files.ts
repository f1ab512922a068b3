// Files and directories: what git tracks or would add, through git; elsewhere fast-glob and .gitignore.
import { createReadStream, lstatSync, readlinkSync } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { listWorkTree } from '../git/work-tree.ts'
import {
  type Chunk,
  type NamedThing,
  type Origin,
  type Problem,
  type ScanPlan,
  ToolError,
} from '../model/index.ts'
import { bytesBehind, mayHideBytes } from './byte-names.ts'
import { nameChunks } from './names.ts'
import { type FileContent, readListed, readWhole } from './read-file.ts'
import type { Source, Tally } from './source.ts'
import { chunkOf, chunksOf } from './windows.ts'

export const readFiles: Source = async function* (plan, reach, tally) {
  const seen = new Set<string>()
  const names: NamedThing[] = []
  for (const target of plan.paths.length > 0 ? plan.paths : ['.']) {
    for (const named of await expand(target, plan)) {
      if (seen.has(named.path) || plan.isIgnoredPath(named.shown)) continue
      seen.add(named.path)
      names.push({ path: named.shown })
      yield* readNamed(named, reach, tally)
    }
  }
  yield* nameChunks(names)
}

async function* readNamed(
  { path, shown, isListed = false }: Named,
  reach: () => number,
  tally: Tally,
): AsyncGenerator<Chunk | Problem> {
  for (const file of mayHideBytes(path) ? onDisk(path) : [path]) {
    const read = readOne(file, shown, isListed ? readListed : readWhole)
    if (read === 'large') yield* readLarge(file, shown, reach, tally)
    else if (read !== undefined) yield 'bytes' in read ? count(read, tally) : read
  }
}

/** A name that is not UTF-8 is not there as it is written; what else it stands for is. */
function onDisk(path: string): readonly (string | Buffer)[] {
  return lstatSync(path, { throwIfNoEntry: false }) ? [path] : bytesBehind(path)
}

interface Named {
  readonly path: string
  /** Relative to where unleak was started, with `/`. */
  readonly shown: string
  /** By git: a file or a link. */
  readonly isListed?: boolean
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

/** One file; a symbolic link counts as its target's name, as git records it. Undefined: there is nothing to read. */
function readOne(
  path: string | Buffer,
  shown: string,
  read: (path: string | Buffer) => FileContent,
): Chunk | Problem | 'large' | undefined {
  const origin: Origin = { kind: 'file', path: shown }
  try {
    const content = read(path)
    if (content === 'link') return chunkOf(readlinkSync(path, 'buffer'), origin)
    if (content === 'folder' && shown.includes('\ufffd')) throw new Error('the name of a folder is not UTF-8')
    if (content === 'folder') return { code: 'W_SUBMODULE', count: 1, examples: [shown] }
    if (content === 'device') return { code: 'W_NOT_A_FILE', count: 1, examples: [shown] }
    return content === 'large' ? content : chunkOf(content, origin)
  } catch (error) {
    return troubleWith(error, shown)
  }
}

async function* readLarge(
  path: string | Buffer,
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
      createReadStream(path, { highWaterMark: 1 << 20 }),
      { kind: 'file', path: shown },
      reach,
      { onBytes },
    )
  } catch (error) {
    const trouble = troubleWith(error, shown)
    if (trouble) yield trouble
  }
}

/** A file that was removed meanwhile, or is tracked and not checked out, is not part of the working tree. */
function troubleWith(error: unknown, shown: string): Problem | undefined {
  const code = (error as NodeJS.ErrnoException).code ?? (error as Error).message
  return code === 'ENOENT' ? undefined : { code: 'E_UNREADABLE', count: 1, examples: [shown], message: code }
}

function count(chunk: Chunk, tally: Tally): Chunk {
  tally.files += 1
  tally.bytes += chunk.bytes.length
  return chunk
}
