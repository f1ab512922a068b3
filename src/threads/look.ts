// Whether an item holds nothing at all: no sighting, no trouble, nothing that only the main thread can open.
import { archiveKind } from '../engine/decode/archive-kind.ts'
import type { Engine } from '../engine/index.ts'
import { lazy } from '../engine/lazy.ts'
import { TYPE_NUMBERS } from '../git/pack/contract.ts'
import { findRepositoryFiles } from '../git/repository-files.ts'
import { openStore } from '../git/stored-objects.ts'
import { judgeMatches } from '../judge-matches.ts'
import type { Chunk } from '../model/index.ts'
import { contentsOf } from '../sources/named-file.ts'
import type { Shared } from '../sources/source.ts'
import { stagedChunk } from '../sources/staged-blob.ts'
import { noQuiet, type Quiet } from './quiet.ts'

/** Undefined: it has to be read where sightings are kept. */
export type Look = (item: Shared) => Quiet | undefined

/** @param root top of the repository that has staged blobs */
export function createLook(engine: Engine, cwd: string, root: string): Look {
  const readBlob = lazy(() => looseReader(cwd, root)) // files need none
  return (item) => {
    if (!('oid' in item)) return lookAt(engine, contentsOf(item))
    const bytes = readBlob()(item.oid)
    if (bytes === undefined) return undefined
    const chunks = item.entries.map((entry) => stagedChunk(bytes, item.oid, entry))
    const quiet = lookAt(engine, chunks)
    return quiet && { ...quiet, blobs: 1, bytes: bytes.length } // read once, wherever it stands
  }
}

function looseReader(cwd: string, root: string): (oid: string) => Buffer | undefined {
  const folder = findRepositoryFiles(cwd, root)?.objects
  const store = folder === undefined ? undefined : openStore(folder)
  return (oid) => store?.loose(oid, TYPE_NUMBERS.blob)
}

function lookAt(engine: Engine, contents: Iterable<Chunk | object>): Quiet | undefined {
  const quiet = noQuiet()
  for (const content of contents) {
    if (!('bytes' in content) || !isQuiet(engine, content, quiet.dropped)) return undefined
    quiet.files += 1
    quiet.bytes += content.bytes.length
  }
  return quiet
}

function isQuiet(engine: Engine, chunk: Chunk, dropped: Map<string, number>): boolean {
  if (archiveKind(chunk.bytes) !== undefined) return false
  const { matches, budgetSpent } = engine.match(chunk)
  return !budgetSpent && judgeMatches(matches, chunk, dropped).length === 0
}
