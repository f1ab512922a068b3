// Changes a file whole or not at all, and keeps the old bytes in a private place.
import { mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { replaceFile } from '../disk/replace.ts'
import { ToolError } from '../model/index.ts'

/** Files with keys: only their owner reads them, a power cut loses nothing, and a lock keeps other runs away. */
const PRIVATE = { newMode: 0o600, isDurable: true, isLocked: true } as const

export interface Rewritten {
  /** False: it held these bytes already. */
  readonly changed: boolean
  /** Where the bytes from before are kept, readable by the owner only; none when nothing was there. */
  readonly backup: string | undefined
}

/**
 * Replaces the content of `file` by what `edit` makes of it (latin1 text, so bytes stay bytes). A link stays a link:
 * its target is rewritten. Mode and owner stay; a new file is readable by its owner only.
 * Throws ToolError `E_WRITE` and leaves the file as it was.
 */
export function rewriteFile(file: string, edit: (text: string) => string, backupDir: string): Rewritten {
  const target = realPath(file)
  try {
    const before = readOptional(target)
    const after = edit(before ?? '')
    if (after === before) return { changed: false, backup: undefined }
    const backup = before === undefined ? undefined : keep(before, target, backupDir)
    replaceFile(target, [Buffer.from(after, 'latin1')], PRIVATE)
    return { changed: true, backup }
  } catch (cause) {
    if (cause instanceof ToolError) throw cause
    throw new ToolError('E_WRITE', `${file} could not be written: ${(cause as Error).message}`, {
      hint: 'It is as it was. Mend that and run the command again.',
      cause,
    })
  }
}

/** Writes a new file that only its owner can read, whole or not at all. */
export function writePrivate(file: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  replaceFile(file, [bytes], PRIVATE)
}

function realPath(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}

function readOptional(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The same content is kept once; the name says from which file, not what is in it. */
function keep(text: string, target: string, backupDir: string): string {
  mkdirSync(backupDir, { recursive: true, mode: 0o700 })
  for (let n = 1; ; n++) {
    const backup = join(backupDir, `${basename(target)}.${n}`)
    const there = readOptional(backup)
    if (there === text) return backup
    if (there !== undefined) continue
    replaceFile(backup, [Buffer.from(text, 'latin1')], PRIVATE)
    return backup
  }
}
