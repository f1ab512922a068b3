// Matches → sightings: what the filters keep, with its place; what they drop is counted by its reason.
import type { Candidate } from './filters/candidate.ts'
import { judgeMatch } from './filters/contest.ts'
import type { Chunk, Match } from './model/index.ts'
import { type Sighting, sight } from './sighting.ts'

/** An id that is reported with its secret is no finding of its own. */
const PART = 'part of another finding'

/** @param onPath hears that a match is kept for the path it is said to stand at */
export function judgeMatches(
  matches: readonly Match[],
  chunk: Chunk,
  dropped: Map<string, number>,
  onPath?: () => void,
): Sighting[] {
  const place = sight(chunk)
  const kept: { sighting: Sighting; secret: string }[] = []
  for (const claimed of matches) {
    let asked = false
    const see = onPath && ((candidate: Candidate) => watched(candidate, () => (asked = true)))
    const { match, candidate, judgement } = judgeMatch(claimed, chunk, see)
    if (judgement.kept && asked) onPath?.()
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

/** The same candidate; who asks for its path is noticed. */
function watched(candidate: Candidate, onPath: () => void): Candidate {
  const { path } = candidate
  return Object.defineProperty({ ...candidate }, 'path', {
    get() {
      onPath()
      return path
    },
  })
}
