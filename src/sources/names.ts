// Names of files and refs are text that is published, too: a chunk of names, one on each line.
import { type Chunk, type NamedThing, wholeChunk } from '../model/index.ts'

/** Names that are looked at together. */
const BATCH = 10_000

/** Chunks of names; each line is the path of one. */
export function* nameChunks(names: readonly NamedThing[]): Generator<Chunk> {
  for (let at = 0; at < names.length; at += BATCH) {
    const some = names.slice(at, at + BATCH)
    const text = some.map(({ path }) => path.replaceAll('\n', ' ')).join('\n')
    yield wholeChunk(Buffer.from(text), { kind: 'name', names: some })
  }
}
