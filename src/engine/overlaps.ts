// Matches that claim the same bytes: one winner.
import type { Match } from '../model/index.ts'

/**
 * One winner for each stretch of secret bytes: the rule that names itself before the one that needs
 * context before the generic one, then the text as it stands before a decoded one, then the longer, then the
 * one whose name stands nearest.
 */
export function resolveOverlaps(matches: readonly Match[]): Match[] {
  const byPlace = matches.toSorted((a, b) => a.whole.start - b.whole.start || a.whole.end - b.whole.end)
  const kept: Match[] = []
  for (let i = 0; i < byPlace.length; ) {
    const cluster = [byPlace[i]!]
    let end = byPlace[i]!.whole.end
    for (i += 1; i < byPlace.length && byPlace[i]!.whole.start < end; i++) {
      cluster.push(byPlace[i]!)
      end = Math.max(end, byPlace[i]!.whole.end)
    }
    kept.push(...winners(cluster))
  }
  return kept.sort((a, b) => a.span.start - b.span.start)
}

function winners(cluster: readonly Match[]): Match[] {
  if (cluster.length === 1) return [...cluster]
  const ranked = cluster.toSorted(
    (a, b) =>
      b.rule.tier - a.rule.tier ||
      a.layer.via.length - b.layer.via.length ||
      b.span.end - b.span.start - (a.span.end - a.span.start) ||
      Number(b.rule.context !== undefined) - Number(a.rule.context !== undefined) ||
      Number(isNamed(b)) - Number(isNamed(a)) ||
      a.whole.end - a.whole.start - (b.whole.end - b.whole.start) ||
      (a.rule.id < b.rule.id ? -1 : 1),
  )
  const kept: { winner: Match; others: Match[] }[] = []
  for (const match of ranked) {
    const claimant = kept.find(({ winner }) => claims(winner, match))
    if (!claimant) kept.push({ winner: match, others: [] })
    else if (match.layer === claimant.winner.layer) claimant.others.push(match)
  }
  return kept.map(({ winner, others }) => (others.length === 0 ? winner : { ...winner, others }))
}

/** The match begins with the name of what its secret is for; where two do, the nearer name counts. */
function isNamed(match: Match): boolean {
  return match.whole.start < match.span.start
}

/** A winner claims its secret's bytes, and from a weaker rule all it matched: the parts belong to one credential. */
function claims(winner: Match, other: Match): boolean {
  const own = winner.rule.tier > other.rule.tier ? winner.whole : winner.span
  return own.start < other.span.end && other.span.start < own.end
}
