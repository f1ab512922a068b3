// The reference: every object as git prints it, scanned whole. Slower, and right for any repository git can read.
import type { Engine } from '../engine/index.ts'
import { ByteReader } from '../git/byte-reader.ts'
import { isLfsPointer } from '../git/lfs.ts'
import { finished, startGit } from '../git/run.ts'
import type { ProblemList } from '../problems.ts'
import type { Harvest } from './examine.ts'
import { examineWhole } from './examine-whole.ts'
import { createReferenceCheck } from './references.ts'
import type { ObjectCounts } from './run.ts'

/** Scans all objects. An object that git breaks off at ends its stream: what is left is read by id. */
export async function scanWithGit(
  gitDir: string,
  engine: Engine,
  harvest: Harvest,
  log: { counts: ObjectCounts; problems: ProblemList; signal?: AbortSignal | undefined },
): Promise<void> {
  const args = ['cat-file', '--batch-all-objects', '--batch', '--unordered', '--buffer']
  const child = startGit(args, gitDir)
  const ended = finished(child)
  child.stdin.end()
  const reader = new ByteReader(child.stdout)
  const present = new Set<string>()
  let check: ReturnType<typeof createReferenceCheck> | undefined
  try {
    for (let header = await reader.line(); header !== undefined; header = await reader.line()) {
      const [id = '', type = '', size = '0'] = header.split(' ')
      const bytes = await reader.bytes(Number(size))
      if (bytes === undefined || (await reader.bytes(1)) === undefined) break
      count(log.counts, type, bytes)
      present.add(id)
      check ??= createReferenceCheck(id.length / 2, () => false, harvest.missing) // all that is named, for now
      if (type === 'tree') check.tree(id, bytes)
      else if (type !== 'blob') check.header(id, bytes)
      examineWhole(engine, { id, type, bytes }, harvest)
      if (log.signal?.aborted) return
    }
  } finally {
    child.kill()
  }
  for (const id of present) harvest.missing.delete(id)
  const { status, stderr } = await ended
  if (status !== 0) {
    log.problems.add({
      code: 'E_GIT',
      count: 1,
      examples: [],
      message: stderr.split('\n')[0] ?? 'git failed',
    })
  }
}

export function count(counts: ObjectCounts, type: string, bytes: Uint8Array): void {
  counts.objects += 1
  counts.bytes += bytes.length
  if (type === 'blob') counts.blobs += 1
  if (type === 'blob' && isLfsPointer(bytes)) counts.lfsPointers += 1
  if (type === 'commit') counts.commits += 1
}
