// Sightings → findings: one per rule and secret, all places together, in an order that never changes.
import { isFixture } from './filters/fixture-path.ts'
import { hasChecksum } from './filters/index.ts'
import {
  CONFIDENCES,
  type Finding,
  type Place,
  pathFromRoot,
  type ResponseStep,
  type RulesetAbout,
  type ScanPlan,
  SEVERITIES,
  type Severity,
  STEPS,
} from './model/index.ts'
import type { Sighting } from './sighting.ts'

const BY_PATH = 'left out at this path by the configuration'

/** Groups sightings; findings below the plan's severity are left out. Most severe first, then by place. */
export function collectFindings(
  sightings: readonly Sighting[],
  plan: ScanPlan,
  about: RulesetAbout,
  dropped?: Map<string, number>,
): Finding[] {
  const groups = new Map<string, Sighting[]>()
  const counted = plan.atPath ? sightings.filter((sighting) => countsThere(sighting, plan)) : sightings
  if (counted.length < sightings.length) dropped?.set(BY_PATH, sightings.length - counted.length)
  for (const sighting of oldestOfNames(counted)) {
    const id = sighting.secret.id(sighting.rule.id)
    const group = groups.get(id)
    if (group) group.push(sighting)
    else groups.set(id, [sighting])
  }
  const least = SEVERITIES.indexOf(plan.minSeverity)
  return [...groups]
    .map(([id, group]) => toFinding(id, group, about, plan))
    .filter((finding) => SEVERITIES.indexOf(finding.severity) >= least)
    .sort(compareFindings)
}

/** Many files stand in one folder, and many versions of a file under one name: of the places of one name the oldest stays. */
function oldestOfNames(sightings: readonly Sighting[]): Sighting[] {
  const oldest = new Map<string, Sighting>()
  for (const sighting of sightings) {
    const { kind, path, column, date = '~' } = sighting.place
    if (kind !== 'name') continue
    const key = `${sighting.secret.id(sighting.rule.id)} ${column} ${path}`
    const known = oldest.get(key)
    if (!known || date < (known.place.date ?? '~')) oldest.set(key, sighting)
  }
  return [...sightings.filter(({ place }) => place.kind !== 'name'), ...oldest.values()]
}

function countsThere({ rule, place }: Sighting, plan: ScanPlan): boolean {
  const path = pathFromRoot(place, plan.below ?? '')
  return path === undefined || !plan.atPath?.(path).leavesOut(rule.id, rule.provider)
}

function toFinding(id: string, group: readonly Sighting[], about: RulesetAbout, plan: ScanPlan): Finding {
  const best = group.reduce((a, b) => (rank(b) > rank(a) ? b : a))
  const { rule, secret } = best
  return {
    id,
    rule: rule.id,
    provider: rule.provider,
    title: about.rules[rule.id]?.title ?? rule.id,
    severity: group
      .map((sighting) => severityOf(sighting, plan))
      .reduce((a, b) => (rankOf(b) > rankOf(a) ? b : a)),
    confidence: best.confidence,
    evidence: [...new Set(group.flatMap((s) => s.evidence))],
    secret,
    places: withoutArchives(group.map((s) => s.place)).sort(comparePlaces),
    verdict: { state: 'unchecked' },
    response: responseOf(rule, id, about),
  }
}

/** Where a file in an archive is named, the archive's own bytes say nothing more. */
function withoutArchives(places: Place[]): Place[] {
  const opened = new Set<string>()
  for (const { path = '' } of places)
    for (let end = path.indexOf('!/'); end !== -1; end = path.indexOf('!/', end + 1))
      opened.add(path.slice(0, end))
  return opened.size === 0 ? places : places.filter(({ path, kind }) => !opened.has(path ?? kind))
}

/**
 * The rule's, but low where its checksum does not match, and where things are made up: a name or the words around
 * say little in a test, an example or a document. A marker of the provider's, a proof or a whole pair counts there too.
 */
function severityOf({ rule, proven, confidence, place }: Sighting, plan: ScanPlan): Severity {
  const { path, parts } = place
  const there = plan.atPath?.(pathFromRoot(place, plan.below ?? '') ?? '').severity
  if (there !== undefined && path !== undefined) return there
  if (confidence === 'low' && rule.confidence !== 'low' && hasChecksum(rule)) return 'low'
  if (rule.tier === 2 || proven || parts || path === undefined || !isFixture(path)) return rule.severity
  return 'low'
}

function rankOf(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}

function rank(sighting: Sighting): number {
  return CONFIDENCES.indexOf(sighting.confidence)
}

function responseOf(rule: Sighting['rule'], id: string, about: RulesetAbout): ResponseStep[] {
  const ofProvider = about.providers[rule.provider]?.response
  if (!ofProvider) return []
  const plan = { ...ofProvider, ...about.rules[rule.id]?.response }
  return STEPS.map((step) => ({
    step,
    text: plan[step].text,
    ...(plan[step].url ? { url: plan[step].url } : {}),
    command: `unleak respond ${id}`,
  }))
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    comparePlaces(a.places[0]!, b.places[0]!) ||
    compareText(a.id, b.id)
  )
}

function comparePlaces(a: Place, b: Place): number {
  return (
    compareText(a.path ?? '', b.path ?? '') ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.blob ?? '', b.blob ?? '')
  )
}

/** By code units: the same on every machine, whatever its locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
