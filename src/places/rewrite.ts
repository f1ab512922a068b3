// Changes a file whole or not at all: written beside it, synced, renamed over it; the old bytes kept in a private place.
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ToolError } from '../model/index.ts'

const PRIVATE = 0o600

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
    replace(target, Buffer.from(after, 'latin1'))
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
  replace(file, Buffer.from(bytes as string, 'utf8'))
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
    replace(backup, Buffer.from(text, 'latin1'))
    return backup
  }
}

/** One fixed name beside the file: what a killed run left behind is overwritten by the next. */
function replace(target: string, bytes: Buffer): void {
  const temporary = join(dirname(target), `${basename(target)}.unleak-tmp`)
  try {
    rmSync(temporary, { force: true }) // not written through: it might be a link by now
    const descriptor = openSync(temporary, 'wx', PRIVATE)
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    keepOwner(target, temporary)
    renameSync(temporary, target)
    syncFolder(dirname(target))
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function keepOwner(target: string, temporary: string): void {
  let stat: ReturnType<typeof statSync>
  try {
    stat = statSync(target)
  } catch {
    return // a new file stays private
  }
  try {
    chownSync(temporary, stat.uid, stat.gid)
  } catch {
    // Only root may give files away; a file in a folder of ours is ours.
  }
  chmodSync(temporary, stat.mode & 0o7777)
}

/** Without this a power cut may undo the rename. Windows has no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
