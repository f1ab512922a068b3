// Exactly what the next commit would record: index blobs by object id, never the working copy.
import { GITLINK, listStaged, type StagedEntry } from '../git/staged.ts'
import { readStagedBlobs } from '../git/staged-blobs.ts'
import type { Problem } from '../model/index.ts'
import { bytesOfAll, once, toChunks } from './blobs.ts'
import { nameChunks } from './names.ts'
import type { Source } from './source.ts'
import { originOf, type StagedBlob, stagedChunk } from './staged-blob.ts'

/** Above this, the files a commit removes are not read to see whether an old line was only moved. */
const MAX_REMOVED_READ = 1000

export const readStaged: Source = async function* (plan, reach, tally, share) {
  const entries = await listStaged(plan.cwd, plan.root)
  const removed = entries.filter((e) => e.status === 'D' && e.headBlob !== undefined)
  const wanted = new Map<string, StagedEntry[]>()
  for (const entry of entries) {
    if (entry.status === 'D' || plan.isIgnoredPath(entry.path)) continue
    if (entry.status === 'U') yield unmerged(entry)
    else if (entry.mode === GITLINK) yield { code: 'W_SUBMODULE', count: 1, examples: [entry.path] }
    else wanted.set(entry.blob, [...(wanted.get(entry.blob) ?? []), entry])
  }
  yield* nameChunks(
    entries.filter((e) => e.status === 'A' && !plan.isIgnoredPath(e.path)).map(({ path }) => ({ path })),
  )
  const read = (oids: readonly string[]) => bytesOfAll(readStagedBlobs(oids, plan.cwd, plan.root))
  const removedBlobs = once(() => read(removed.map((e) => e.headBlob!).slice(0, MAX_REMOVED_READ)))
  const blobs = [...wanted].map(([oid, entries]) => ({ oid, entries }))
  for await (const object of readStagedBlobs(oidsOf(share(blobs)), plan.cwd, plan.root)) {
    const users = wanted.get(object.oid)!
    if ('size' in object) {
      tally.blobs += 1
      tally.files += users.length
      tally.bytes += object.size
    }
    for (const entry of users) {
      const earlier = earlierVersions(entry, read, removedBlobs)
      if ('bytes' in object) yield stagedChunk(object.bytes, object.oid, entry, earlier)
      else yield* toChunks(object, originOf(object.oid, entry), reach, earlier)
      if ('pieces' in object) break // a stream is read once; the other paths hold the same bytes
    }
  }
}

/** The ids that have to be read here. */
async function* oidsOf(blobs: AsyncIterable<StagedBlob>): AsyncGenerator<string> {
  for await (const { oid } of blobs) yield oid
}

/** What HEAD holds that this entry may have come from: its own old version, and the files the commit removes. */
function earlierVersions(
  entry: StagedEntry,
  read: (oids: readonly string[]) => Promise<Uint8Array[]>,
  removedBlobs: () => Promise<Uint8Array[]>,
): () => Promise<Uint8Array[]> {
  return once(async () => {
    if (entry.headBlob) return await read([entry.headBlob])
    return await removedBlobs()
  })
}

function unmerged(entry: StagedEntry): Problem {
  return { code: 'E_UNMERGED', count: 1, examples: [entry.path] }
}
