// Matches → sightings: what the filters keep, with its place; what they drop is counted by its reason.
import { judgeMatch } from './filters/contest.ts'
import type { Chunk, Match } from './model/index.ts'
import { type Sighting, sight } from './sighting.ts'

/** An id that is reported with its secret is no finding of its own. */
const PART = 'part of another finding'

export function judgeMatches(
  matches: readonly Match[],
  chunk: Chunk,
  dropped: Map<string, number>,
): Sighting[] {
  const place = sight(chunk)
  const kept: { sighting: Sighting; secret: string }[] = []
  for (const claimed of matches) {
    const { match, candidate, judgement } = judgeMatch(claimed, chunk)
    if (judgement.kept) kept.push({ sighting: place(match, candidate, judgement), secret: candidate.secret })
    else dropped.set(judgement.reason, (dropped.get(judgement.reason) ?? 0) + 1)
  }
  const parts = new Set(
    kept.flatMap(({ sighting }) => (sighting.place.parts ?? []).map(({ value }) => value)),
  )
  const whole = kept.filter(({ secret }) => !parts.has(secret))
  const told = kept.length - whole.length
  if (told > 0) dropped.set(PART, (dropped.get(PART) ?? 0) + told)
  return whole.map(({ sighting }) => sighting)
}
