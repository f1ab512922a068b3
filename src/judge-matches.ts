// Matches → sightings: what the filters keep, with its place; what they drop is counted by its reason.
import { judge } from './filters/index.ts'
import { candidateOf } from './filters/view.ts'
import type { Chunk, Match } from './model/index.ts'
import { type Sighting, sight } from './sighting.ts'

export function judgeMatches(
  matches: readonly Match[],
  chunk: Chunk,
  dropped: Map<string, number>,
): Sighting[] {
  const place = sight(chunk)
  const kept: Sighting[] = []
  for (const match of matches) {
    const candidate = candidateOf(match, chunk)
    const judgement = judge(candidate)
    if (judgement.kept) kept.push(place(match, candidate, judgement))
    else dropped.set(judgement.reason, (dropped.get(judgement.reason) ?? 0) + 1)
  }
  return kept
}
