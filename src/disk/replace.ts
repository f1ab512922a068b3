// The one way in which a file is written over: whole or not at all, beside it first, synced, then renamed over it.
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

export interface Replacing {
  /** Mode of a new file, as far as the umask lets it; default 0o666. One that is there keeps its own, and its owner. */
  readonly newMode?: number
  /** Mode whatever was there, and whatever the umask. */
  readonly mode?: number
  /** Stays written when the power goes. */
  readonly isDurable?: boolean
  /**
   * Only one process writes this file, under a lock: then the name beside it is always the same, and what a killed
   * run left behind is overwritten by the next.
   */
  readonly isLocked?: boolean
}

/** A link stays one: what it leads to is replaced. Throws what the file system says, and leaves the file as it was. */
export function replaceFile(
  file: string,
  pieces: Iterable<string | Uint8Array>,
  { newMode = 0o666, mode, isDurable = false, isLocked = false }: Replacing = {},
): void {
  const target = realPath(file)
  const there = statSync(target, { throwIfNoEntry: false })
  const temporary = join(dirname(target), besideName(basename(target), isLocked))
  if (isLocked) rmSync(temporary, { force: true }) // not written through: it might be a link by now
  const descriptor = openSync(temporary, 'wx', newMode)
  try {
    writeAll(descriptor, pieces)
    if (there) keepOwner(there, temporary)
    if (mode !== undefined || there) chmodSync(temporary, mode ?? there!.mode & 0o7777)
    renameSync(temporary, target)
    if (isDurable) syncFolder(dirname(target))
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function realPath(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}

function besideName(name: string, isLocked: boolean): string {
  if (isLocked) return `${name}.unleak-tmp`
  const { randomBytes } = process.getBuiltinModule('node:crypto') // loads when a file is written
  return `.${name}.${randomBytes(6).toString('hex')}.unleak-tmp`
}

function writeAll(descriptor: number, pieces: Iterable<string | Uint8Array>): void {
  try {
    for (const piece of pieces) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
    }
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function keepOwner({ uid, gid }: Stats, temporary: string): void {
  try {
    chownSync(temporary, uid, gid)
  } catch {
    // Only root may give files away; a file in a folder of ours is ours.
  }
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
