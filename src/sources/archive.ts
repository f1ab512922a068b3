// What is in an archive → chunks of their own, under `archive.zip!/path/in/it`.
import type { Chunk, Origin, Problem } from '../model/index.ts'
import { openArchive } from './archive/open.ts'
import { chunkOf } from './windows.ts'

/** Joins the path of an archive and one in it. */
export function pathInArchive(archive: string, inside: string): string {
  return inside === '' ? archive : `${archive}!/${inside}`
}

/** The chunks of a chunk that is an archive, whole or the first window of one. */
export function* archivedChunks(chunk: Chunk): Generator<Chunk | Problem> {
  const { bytes, origin, earlier } = chunk
  const path = ('path' in origin ? origin.path : undefined) ?? origin.kind
  if (chunk.ownedTo < bytes.length) {
    yield { code: 'W_ARCHIVE', count: 1, examples: [path], message: 'too large' }
    return
  }
  for (const item of openArchive(bytes, path)) {
    const full = pathInArchive(path, item.path)
    if ('closed' in item) yield { code: 'W_ARCHIVE', count: 1, examples: [full], message: item.closed }
    else yield chunkOf(item.bytes, placed(origin, full), earlier && (() => filesIn(earlier, path)))
  }
}

function placed(origin: Origin, path: string): Origin {
  return origin.kind === 'tag' || origin.kind === 'name' ? origin : { ...origin, path }
}

/** What earlier versions of the archive held: a line that moved in it is not new. */
async function filesIn(earlier: NonNullable<Chunk['earlier']>, name: string): Promise<Uint8Array[]> {
  const versions = await earlier()
  return versions.flatMap((bytes) =>
    [...openArchive(bytes, name)].flatMap((item) => ('bytes' in item ? item.bytes : [])),
  )
}
