// Found secrets → findings with their history: who brought them, who took them out, what still holds them.
import { collectFindings } from '../findings.ts'
import { attribute, type BlobHistory, gitObjects, historyOf } from '../git/attribute.ts'
import { readObjects } from '../git/cat-file.ts'
import { runGit } from '../git/run.ts'
import type { CommitRef, Finding, History, Place, Ruleset, RulesetAbout, ScanPlan } from '../model/index.ts'
import type { ScanLog, ScanTools } from '../scan.ts'
import { leaveOutAccepted } from '../settle.ts'
import { type Sighting, sealSecret } from '../sighting.ts'
import type { FoundSecret } from './examine.ts'
import { packObjects } from './objects.ts'
import type { RepositoryFacts } from './repository.ts'

export interface TellTools {
  readonly facts: RepositoryFacts
  readonly ruleset: Ruleset
  readonly about: RulesetAbout
  readonly tools: ScanTools
  readonly log: ScanLog
  readonly module: WebAssembly.Module | undefined
}

/** Places named for one blob; more say nothing new. */
const MAX_PATHS = 20

export async function tellFindings(
  secrets: readonly FoundSecret[],
  plan: ScanPlan,
  tell: TellTools,
): Promise<Finding[]> {
  const { facts, log, module } = tell
  const blobs = [
    ...new Set(secrets.flatMap(({ place }) => (place.kind === 'history' ? [place.blob!] : []))),
  ].sort()
  const trees = module ? packObjects(facts.gitDir, module) : gitObjects(facts.gitDir)
  const { histories, problems } = await attribute(facts.gitDir, blobs, { trees })
  // What is missing has been counted from what names it, commits and folders included.
  for (const problem of problems) if (problem.code !== 'E_OBJECT_MISSING') log.problems.add(problem)
  const headers = await readHeaders(secrets, facts.gitDir)
  const sightings = secrets.flatMap((found) => sightingsOf(found, tell, histories, headers, plan))
  const found = collectFindings(sightings, plan, tell.about)
  if (found.length === 0) return []
  const findings = leaveOutAccepted(found, await tell.tools.ignores(), log)
  return await Promise.all(findings.map((finding) => withHistory(finding, histories, headers, facts.gitDir)))
}

/** One sighting for each path the blob ever stood at. */
function sightingsOf(
  found: FoundSecret,
  { ruleset }: TellTools,
  histories: ReadonlyMap<string, BlobHistory>,
  headers: ReadonlyMap<string, CommitRef>,
  plan: ScanPlan,
): Sighting[] {
  const rule = ruleset.rules.find(({ id }) => id === found.rule)!
  const base = {
    rule,
    secret: sealSecret(rule, found.secret),
    confidence: found.confidence,
    evidence: found.evidence,
    proven: found.proven,
    lines: '',
    earlier: undefined,
  }
  if (found.place.kind !== 'history')
    return [{ ...base, place: { ...found.place, ...headers.get(found.place.commit ?? '') } }]
  const history = histories.get(found.place.blob!)
  const paths = (history?.paths ?? []).filter((path) => !plan.isIgnoredPath(path))
  if (history && history.paths.length > 0 && paths.length === 0) return []
  const places: Place[] = paths
    .slice(0, MAX_PATHS)
    .map((path) => ({ ...found.place, path, ...bringer(history!, path) }))
  return (places.length > 0 ? places : [found.place]).map((place) => ({ ...base, place }))
}

/** The commit that brought the blob to this path, or else the first that brought it anywhere. */
function bringer({ introduced }: BlobHistory, path: string): Pick<Place, 'commit' | 'author' | 'date'> {
  const first = introduced.find((commit) => commit.path === path) ?? introduced[0]
  return first ? { commit: first.commit, author: first.author, date: first.date } : {}
}

/** Author and date of the commits and tags whose messages hold a secret. */
async function readHeaders(secrets: readonly FoundSecret[], gitDir: string): Promise<Map<string, CommitRef>> {
  const ids = [
    ...new Set(
      secrets.flatMap(({ place }) => (place.kind === 'message' && place.commit ? [place.commit] : [])),
    ),
  ]
  const headers = new Map<string, CommitRef>()
  for await (const object of readObjects(ids, gitDir)) {
    if (!('bytes' in object)) continue
    const [, author = '', seconds = '0'] =
      /^author (.*) (\d+) [+-]\d{4}$/m.exec(object.bytes.toString('utf8')) ?? []
    headers.set(object.oid, { commit: object.oid, author, date: isoDate(Number(seconds)) })
  }
  return headers
}

function isoDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}

async function withHistory(
  finding: Finding,
  histories: ReadonlyMap<string, BlobHistory>,
  headers: ReadonlyMap<string, CommitRef>,
  gitDir: string,
): Promise<Finding> {
  const blobs = [...new Set(finding.places.flatMap(({ blob }) => blob ?? []))].flatMap(
    (id) => histories.get(id) ?? [],
  )
  const messages = finding.places.flatMap(({ kind, commit }) =>
    kind === 'message' && commit ? [commit] : [],
  )
  if (messages.length === 0) return { ...finding, history: historyOf(blobs) }
  const refs = await refsHolding([...new Set(messages)].slice(0, 5), gitDir)
  const own = headers.get(messages[0]!) ?? null
  const known = blobs.length > 0 ? historyOf(blobs) : undefined
  const history: History = {
    introduced: earlier(known?.introduced ?? null, own),
    removed: null, // a message stays as long as its commit does
    atHead: refs.includes('HEAD') || (known?.atHead ?? false),
    refs: [...new Set([...refs.filter((ref) => ref !== 'HEAD'), ...(known?.refs ?? [])])].sort(),
    published: [...new Set([...refs.flatMap(remoteName), ...(known?.published ?? [])])].sort(),
  }
  return { ...finding, history }
}

function earlier(a: CommitRef | null, b: CommitRef | null): CommitRef | null {
  if (!a || !b) return a ?? b
  return a.date <= b.date ? a : b
}

function remoteName(ref: string): string[] {
  return ref.startsWith('refs/remotes/') ? [ref.slice('refs/remotes/'.length)] : []
}

/** Refs from which one of these commits can be reached, and HEAD when it is among them. */
async function refsHolding(commits: readonly string[], gitDir: string): Promise<string[]> {
  const refs = new Set<string>()
  for (const commit of commits) {
    const listed = await runGit(['for-each-ref', '--format=%(refname)', '--contains', commit], gitDir)
    for (const ref of listed.stdout.toString('utf8').split('\n')) if (ref) refs.add(ref)
    const head = await runGit(['merge-base', '--is-ancestor', commit, 'HEAD'], gitDir)
    if (head.status === 0) refs.add('HEAD')
  }
  return [...refs]
}
