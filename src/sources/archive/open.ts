// Archive → the files in it, those of archives in it too; bounded, so that a bomb ends with a word instead of the machine.
import { gunzipSync } from 'node:zlib'
import { type ArchiveKind, archiveKind } from '../../engine/decode/archive-kind.ts'
import { Closed, type Member } from './member.ts'
import { readTar } from './tar.ts'
import { readZip } from './zip.ts'

/** A file in an archive. */
export interface ArchivedFile {
  /** Below the archive, with `!/` where an archive in it begins. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** What was not opened, and why: `encrypted`, `damaged`, … */
export interface LeftClosed {
  /** Below the archive; empty for itself. */
  readonly path: string
  readonly closed: string
}

export interface ArchiveLimits {
  readonly depth: number
  readonly files: number
  /** Bytes of one file, and of all of one outermost archive. */
  readonly fileBytes: number
  readonly bytes: number
  /** All bytes against those of the outermost archive, once they are more than `freeBytes`. */
  readonly ratio: number
  readonly freeBytes: number
}

const LIMITS: ArchiveLimits = {
  depth: 4,
  files: 10_000,
  fileBytes: 64 << 20,
  bytes: 256 << 20,
  ratio: 200,
  freeBytes: 32 << 20,
}

interface Budget {
  readonly limits: ArchiveLimits
  files: number
  bytes: number
}

/** Files of `bytes`, which is an archive by its first bytes, in its own order. `name`: what it is called, for its content's. */
export function* openArchive(
  bytes: Uint8Array,
  name: string,
  limits: ArchiveLimits = LIMITS,
): Generator<ArchivedFile | LeftClosed> {
  const kind = archiveKind(bytes)
  if (kind === undefined) return
  const allowed = Math.min(limits.bytes, Math.max(limits.freeBytes, bytes.length * limits.ratio))
  yield* open(
    bufferOf(bytes),
    kind,
    { name, path: '', depth: 1 },
    { limits, files: limits.files, bytes: allowed },
  )
}

interface Level {
  readonly name: string
  readonly path: string
  readonly depth: number
}

function* open(
  bytes: Buffer,
  kind: ArchiveKind,
  level: Level,
  budget: Budget,
): Generator<ArchivedFile | LeftClosed> {
  try {
    if (kind === 'closed') throw new Closed('of a kind that is not opened')
    if (level.depth > budget.limits.depth) throw new Closed('nested too deep')
    if (kind === 'gzip') yield* openGzip(bytes, level, budget)
    else
      for (const member of kind === 'zip' ? readZip(bytes) : readTar(bytes)) {
        if (budget.files === 0) throw new Closed('too many files')
        budget.files -= 1
        yield* openMember(member, level, budget)
      }
  } catch (error) {
    yield { path: level.path, closed: reasonOf(error) }
  }
}

/** What is wrong with one file leaves the others alone. */
function* openMember(member: Member, level: Level, budget: Budget): Generator<ArchivedFile | LeftClosed> {
  const path = level.path === '' ? member.path : `${level.path}!/${member.path}`
  let content: Buffer
  try {
    content = spend(budget, member.size, (limit) => bufferOf(member.read(limit)))
  } catch (error) {
    yield { path, closed: reasonOf(error) }
    return
  }
  yield { path, bytes: content }
  const kind = archiveKind(content)
  if (kind) yield* open(content, kind, { name: member.path, path, depth: level.depth + 1 }, budget)
}

/** A tar in it belongs to it: `x.tar.gz!/file`. */
function* openGzip(bytes: Buffer, level: Level, budget: Budget): Generator<ArchivedFile | LeftClosed> {
  const content = spend(budget, 0, (limit) => gunzipSync(bytes, { maxOutputLength: limit }))
  const kind = archiveKind(content)
  if (kind === 'tar') {
    yield* open(content, kind, level, budget)
    return
  }
  const name = (level.name.split('/').at(-1) ?? '').replace(/\.(?:gz|gzip)$/i, '') || 'content'
  const path = level.path === '' ? name : `${level.path}!/${name}`
  yield { path, bytes: content }
  if (kind) yield* open(content, kind, { name, path, depth: level.depth + 1 }, budget)
}

/** Reads within the limits; what was read is taken off them. */
function spend(budget: Budget, said: number, read: (limit: number) => Buffer): Buffer {
  const limit = Math.min(budget.limits.fileBytes, budget.bytes)
  if (said > limit || limit <= 0) throw new Closed(TOO_LARGE)
  const content = read(limit)
  if (content.length > limit) throw new Closed(TOO_LARGE)
  budget.bytes -= content.length
  return content
}

const TOO_LARGE = 'unpacks to too much'

function reasonOf(error: unknown): string {
  if ((error as Error).name === 'Closed') return (error as Closed).reason
  return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? TOO_LARGE : 'damaged'
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
