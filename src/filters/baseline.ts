// Leaves out what was there when the baseline was made; a known secret at a new place is reported.
import {
  type BaselineEntry,
  type Finding,
  type Place,
  pathFromRoot,
  placeFingerprint,
  type ScanPlan,
} from '../model/index.ts'

export interface BaselineResult {
  readonly findings: Finding[]
  /** Findings of which every place is in the baseline. */
  readonly held: number
  /** Entries whose place no longer holds their secret; all of them are told only where all was scanned. */
  readonly stale: readonly BaselineEntry[]
}

/** What a finding says when the baseline knows it from other places. */
export const SPREAD = 'known from the baseline, and now at a new place'

export interface BaselineQuestion {
  readonly scope: ScanPlan['scope']
  /** See `placeFingerprint`. */
  readonly below: string
  /** By path from the top of the repository: the names that a file had before it was renamed. */
  readonly formerNames?: ReadonlyMap<string, readonly string[]>
}

/**
 * Holds back the findings that stand where the baseline says. One that stands at further places is reported with
 * those only: it spreads. A file that was renamed is no new place. Where all was scanned, as many new places as old
 * ones are gone are files that moved.
 */
export function applyBaseline(
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
  question: BaselineQuestion,
): BaselineResult {
  const known = new Map<string, Map<string, BaselineEntry>>()
  for (const entry of entries) {
    const places = known.get(entry.id) ?? new Map<string, BaselineEntry>()
    known.set(entry.id, places.set(entry.place, entry))
  }
  const kept: Finding[] = []
  for (const finding of findings) {
    const places = known.get(finding.id)
    if (places === undefined) {
      kept.push(finding)
      continue
    }
    const fresh = freshPlaces(finding, places, question)
    const isMoved = question.scope === 'all' && fresh.paths > 0 && fresh.paths <= places.size
    if (isMoved) dropFirst(places, fresh.paths)
    else if (fresh.places.length > 0)
      kept.push({ ...finding, places: fresh.places, evidence: [...finding.evidence, SPREAD] })
  }
  const stale = [...known.values()].flatMap((places) => [...places.values()])
  return { findings: kept, held: findings.length - kept.length, stale }
}

/** The paths, from the top of the repository, at which findings spread: of these it is worth asking for former names. */
export function spreadPaths(findings: readonly Finding[], below: string): string[] {
  return findings
    .filter(({ evidence }) => evidence.includes(SPREAD))
    .flatMap(({ places }) => places.flatMap((place) => pathFromRoot(place, below) ?? []))
}

/** The places that the baseline does not know, and by how many names; those that it knows are taken from `places`. */
function freshPlaces(finding: Finding, places: Map<string, BaselineEntry>, question: BaselineQuestion) {
  const prints = finding.places.map((place) => {
    const all = printsOf(finding.id, place, question)
    return all.find((print) => places.has(print)) ?? all[0]!
  })
  // An object of the history that nothing names, such as what was staged once, tells of no new place.
  const isFresh = finding.places.map(
    ({ kind, path }, i) => !places.has(prints[i]!) && (kind !== 'history' || path !== undefined),
  )
  const fresh = finding.places.filter((_, i) => isFresh[i])
  const paths = new Set(prints.filter((_, i) => isFresh[i])).size
  for (const print of prints) places.delete(print)
  return { places: fresh, paths }
}

/** The fingerprint of a place, and those it had under former names of its file. */
function printsOf(id: string, place: Place, { below, formerNames }: BaselineQuestion): string[] {
  const path = pathFromRoot(place, below)
  const former = (path === undefined ? undefined : formerNames?.get(path)) ?? []
  const own = placeFingerprint(id, place, below)
  if (place.kind === 'message' || place.kind === 'tag') return [own]
  return [own, ...former.map((name) => placeFingerprint(id, { ...place, kind: 'history', path: name }))]
}

function dropFirst(places: Map<string, BaselineEntry>, count: number): void {
  for (const print of [...places.keys()].slice(0, count)) places.delete(print)
}
