// Matches in a chunk of names → sightings: each name is looked at by itself, for its neighbours say nothing about it.
import type { Engine } from './engine/index.ts'
import { judgeMatches } from './judge-matches.ts'
import { type Chunk, type Match, type NamedThing, wholeChunk } from './model/index.ts'
import type { Sighting } from './sighting.ts'

export interface SightedName {
  readonly sighting: Sighting
  readonly name: NamedThing
}

/** @param matches in the chunk: only the names they touch are looked at */
export function sightNames(
  engine: Engine,
  chunk: Chunk,
  matches: readonly Match[],
  dropped: Map<string, number>,
): SightedName[] {
  if (chunk.origin.kind !== 'name') return []
  const { names } = chunk.origin
  const sighted: SightedName[] = []
  for (const index of linesOf(chunk.bytes, matches)) {
    const name = names[index]
    if (name === undefined) continue
    const own = wholeChunk(Buffer.from(name.path), { kind: 'file', path: name.path })
    for (const sighting of judgeMatches(engine.match(own).matches, own, dropped))
      sighted.push({ name, sighting: { ...sighting, place: placeOf(name, sighting) } })
  }
  return sighted
}

/** Lines from the first to the last byte of each match, each once. */
function linesOf(bytes: Uint8Array, matches: readonly Match[]): number[] {
  const starts = [0]
  for (const [at, byte] of bytes.entries()) if (byte === 0x0a) starts.push(at + 1)
  const lineAt = (offset: number) => starts.findLastIndex((start) => start <= offset)
  const lines = new Set<number>()
  for (const { whole } of matches)
    for (let line = lineAt(whole.start); line <= lineAt(Math.max(whole.start, whole.end - 1)); line++)
      lines.add(line)
  return [...lines].sort((a, b) => a - b)
}

/** A folder that has a secret for its name is told once, not for all that is in it. */
function placeOf({ path, ...brought }: NamedThing, { place }: Sighting): Sighting['place'] {
  const end = path.indexOf('/', place.endColumn - 1)
  const { line, column, endLine, endColumn } = place
  return {
    kind: 'name',
    path: end === -1 ? path : path.slice(0, end),
    line,
    column,
    endLine,
    endColumn,
    ...brought,
  }
}
