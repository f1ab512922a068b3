// One name of a working tree → its chunk, or what it is instead. Synchronous, for any thread.
import { lstatSync, readlinkSync } from 'node:fs'
import type { Chunk, Origin, Problem } from '../model/index.ts'
import { bytesBehind, mayHideBytes } from './byte-names.ts'
import { readListed, readWhole } from './read-file.ts'
import { chunkOf } from './windows.ts'

/** Something to read; it can be posted to another thread. */
export interface Named {
  readonly path: string
  /** Relative to where unleak was started, with `/`. */
  readonly shown: string
  /** By git: a file or a link. */
  readonly isListed?: boolean
}

/** A file that is read piece by piece. */
export interface Large {
  readonly large: string | Buffer
}

/** Nothing, where there is nothing to read; several, where a name that is not UTF-8 stands for several files. */
export function* contentsOf(named: Named): Generator<Chunk | Problem | Large> {
  for (const file of mayHideBytes(named.path) ? onDisk(named.path) : [named.path]) {
    const content = contentOf(file, named)
    if (content !== undefined) yield content
  }
}

/** A name that is not UTF-8 is not there as it is written; what else it stands for is. */
function onDisk(path: string): readonly (string | Buffer)[] {
  return lstatSync(path, { throwIfNoEntry: false }) ? [path] : bytesBehind(path)
}

/** A symbolic link counts as its target's name, as git records it. */
function contentOf(
  file: string | Buffer,
  { shown, isListed = false }: Named,
): Chunk | Problem | Large | undefined {
  const origin: Origin = { kind: 'file', path: shown }
  try {
    const content = isListed ? readListed(file) : readWhole(file)
    if (content === 'link') return chunkOf(readlinkSync(file, 'buffer'), origin)
    if (content === 'folder' && shown.includes('\ufffd')) throw new Error('the name of a folder is not UTF-8')
    if (content === 'folder') return { code: 'W_SUBMODULE', count: 1, examples: [shown] }
    if (content === 'device') return { code: 'W_NOT_A_FILE', count: 1, examples: [shown] }
    return content === 'large' ? { large: file } : chunkOf(content, origin)
  } catch (error) {
    return troubleWith(error, shown)
  }
}

/** A file that was removed meanwhile, or is tracked and not checked out, is not part of the working tree. */
export function troubleWith(error: unknown, shown: string): Problem | undefined {
  const code = (error as NodeJS.ErrnoException).code ?? (error as Error).message
  return code === 'ENOENT' ? undefined : { code: 'E_UNREADABLE', count: 1, examples: [shown], message: code }
}
