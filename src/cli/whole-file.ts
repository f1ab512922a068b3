// Writes files whole or not at all, in pieces, so that a large report is never one string.
import { accessSync, closeSync, constants, openSync, type Stats, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { replaceFile } from '../disk/replace.ts'
import { ToolError } from '../model/index.ts'

/** Characters that are written at once. */
const BATCH = 1 << 18
/** A report tells where secrets are: nobody else has to read it. */
const PRIVATE = 0o600

/**
 * Writes beside the file and renames: a reader never sees half a report. A link stays one, a file keeps its mode; a
 * pipe or a device is written to as it is. Throws ToolError `E_WRITE`.
 */
export function writeWhole(file: string, text: string | Iterable<string>): void {
  const pieces = typeof text === 'string' ? [text] : text
  try {
    const there = statOf(file)
    if (there?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
    if (there && !there.isFile()) writeThrough(file, pieces)
    else replaceFile(file, batches(pieces), { newMode: PRIVATE })
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === undefined) throw error
    throw new ToolError('E_WRITE', `${file}: the report could not be written (${code}).`, {
      ...(HINTS[code] ? { hint: HINTS[code] } : {}),
      cause: error,
    })
  }
}

/** Finds out before long work that a report can't be written there. Throws ToolError `E_WRITE`. */
export function assertPlace(file: string): void {
  try {
    const there = statOf(file)
    if (there?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
    const folder = dirname(file)
    if (there === undefined && !statSync(folder).isDirectory())
      throw Object.assign(new Error(), { code: 'ENOTDIR' })
    accessSync(there && !there.isFile() ? file : folder, constants.W_OK)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new ToolError('E_WRITE', `${file}: a report can't be written there (${code}); nothing was begun.`, {
      ...(code && HINTS[code] ? { hint: HINTS[code] } : {}),
      cause: error,
    })
  }
}

const HINTS: Readonly<Record<string, string>> = {
  ENOENT: 'Its folder is not there: make it first.',
  EISDIR: 'That is a folder: name a file in it.',
  ENOTDIR: 'A part of its path is a file, not a folder.',
  EACCES: 'You may not write there: name another place with --output FILE or --format FORMAT=FILE.',
  EPERM: 'You may not write there: name another place with --output FILE or --format FORMAT=FILE.',
  EROFS: 'Nothing can be written there: name another place with --output FILE or --format FORMAT=FILE.',
  ENOSPC: 'The disk is full.',
}

function statOf(file: string): Stats | undefined {
  return statSync(file, { throwIfNoEntry: false })
}

/** To a pipe or a device, which nothing can be renamed over. */
function writeThrough(file: string, pieces: Iterable<string>): void {
  const descriptor = openSync(file, 'w')
  try {
    for (const batch of batches(pieces)) {
      const bytes = Buffer.from(batch)
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error // its reader has seen enough
  } finally {
    closeSync(descriptor)
  }
}

/** Joins pieces until they are worth a write. */
export function* batches(pieces: Iterable<string>): Iterable<string> {
  let batch = ''
  for (const piece of pieces) {
    batch += piece
    if (batch.length < BATCH) continue
    yield batch
    batch = ''
  }
  if (batch !== '') yield batch
}
