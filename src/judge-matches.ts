// Matches → sightings: what the filters keep, with its place; what they drop is counted by its reason.
import { judgeMatch } from './filters/contest.ts'
import type { Chunk, Match } from './model/index.ts'
import { type Sighting, sight } from './sighting.ts'

export function judgeMatches(
  matches: readonly Match[],
  chunk: Chunk,
  dropped: Map<string, number>,
): Sighting[] {
  const place = sight(chunk)
  const kept: Sighting[] = []
  for (const claimed of matches) {
    const { match, candidate, judgement } = judgeMatch(claimed, chunk)
    if (judgement.kept) kept.push(place(match, candidate, judgement))
    else dropped.set(judgement.reason, (dropped.get(judgement.reason) ?? 0) + 1)
  }
  return kept
}
