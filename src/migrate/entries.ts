// Entries of the ignore file and of the baseline for what another tool held.
import { type BaselineEntry, type Finding, type IgnoreEntry, placeFingerprint } from '../model/index.ts'
import type { Wish } from './types.ts'

/** Who takes it over, and until when what is accepted holds. */
export interface AcceptedBy {
  readonly owner: string | undefined
  readonly until: string | undefined
}

export function ignoreEntry(
  { reason, answer, path }: Wish,
  { id, rule, places }: Finding,
  { owner, until }: AcceptedBy,
): IgnoreEntry {
  const at = path ?? places[0]?.path
  return {
    id,
    reason,
    ...(answer ? { answer } : {}),
    ...(owner ? { owner } : {}),
    ...(until ? { until } : {}),
    rule,
    ...(at ? { path: at } : {}),
  }
}

/** All places of the finding: the other tool knew it. */
export function baselineEntries({ id, rule, places }: Finding): BaselineEntry[] {
  return places.map((place) => ({
    id,
    place: placeFingerprint(id, place),
    rule,
    ...(place.path && place.kind !== 'name' ? { path: place.path } : {}),
  }))
}
