// Found secrets → findings with their history: who brought them, who took them out, what still holds them.
import type { Engine } from '../engine/index.ts'
import { collectFindings } from '../findings.ts'
import { attribute, type BlobHistory, gitObjects, historyOf, refsReaching } from '../git/attribute.ts'
import { readObjects } from '../git/cat-file.ts'
import { runGit } from '../git/run.ts'
import type { CommitRef, Finding, History, Place, Ruleset, RulesetAbout, ScanPlan } from '../model/index.ts'
import type { ScanLog, ScanTools } from '../scan.ts'
import { leaveOutAccepted } from '../settle.ts'
import { type Sighting, sealSecret } from '../sighting.ts'
import { pathInArchive } from '../sources/archive.ts'
import { examineByPath } from './by-path.ts'
import type { Whereabouts } from './cache/told.ts'
import type { FoundSecret, Harvest } from './examine.ts'
import { blobsNamed, examineRefs, groupNamed, historyOfNames, placesNamed } from './names.ts'
import { type PackObjects, packObjects } from './objects.ts'
import type { RepositoryFacts } from './repository.ts'
import { readTags, refsOfTags, type TagHeader } from './tags.ts'

export interface TellTools {
  readonly facts: RepositoryFacts
  readonly ruleset: Ruleset
  readonly engine: () => Engine
  readonly about: () => Promise<RulesetAbout>
  readonly tools: ScanTools
  readonly log: ScanLog
  /** How to read objects straight from the packs; undefined: through git. */
  readonly packs: PackObjects | undefined
  /** What an earlier audit of the same objects and refs learned. */
  readonly known: Whereabouts | undefined
}

export interface Told {
  readonly findings: Finding[]
  /** For the next audit; absent when something of the history could not be walked. */
  readonly whereabouts: Whereabouts | undefined
}

/** Each costs a walk over all commits; of more, git is asked as they are told. */
const MAX_MESSAGES = 1000

/** Places named for one blob; more say nothing new. */
const MAX_PATHS = 20

export async function tellFindings(harvest: Harvest, plan: ScanPlan, tell: TellTools): Promise<Told> {
  const { facts, log, ruleset } = tell
  const blobOf = await blobsNamed(harvest.secrets, facts.gitDir)
  const { histories, complete } = await whereBlobsStood(blobsOf(harvest, blobOf), tell)
  const there = { ruleset, gitDir: facts.gitDir, plan }
  const byPath = await examineByPath(harvest, histories, there, log.dropped)
  const refs = tell.known?.plainRefs ? [] : await examineRefs(tell.engine(), facts.gitDir, log.dropped)
  const secrets = [...harvest.secrets, ...byPath, ...refs]
  const holding = new Map(tell.known?.holding ?? (await refsOfMessages(secrets, tell)))
  const whereabouts = complete ? { histories, holding, plainRefs: refs.length === 0 } : undefined
  if (secrets.length === 0)
    return { findings: await leaveOutAccepted([], plan, tell.tools, log), whereabouts }
  const headers = await readHeaders(secrets, facts.gitDir)
  const tags = await readTags(secrets, facts.gitDir)
  const origins = { histories, headers, tags, blobOf }
  const sightings = [
    ...secrets.flatMap((found) => (found.named ? [] : sightingsOf(found, tell, origins, plan))),
    ...groupNamed(secrets).flatMap((group) => sightingsOfName(group, tell, origins, plan)),
  ]
  const found = collectFindings(sightings, plan, await tell.about(), log.dropped)
  const accepted = await leaveOutAccepted(found, plan, tell.tools, log)
  const findings: Finding[] = []
  for (const finding of accepted)
    findings.push(await withHistory(finding, { histories, headers, tags, holding }, facts.gitDir))
  return { findings, whereabouts }
}

function blobsOf({ secrets, byPath }: Harvest, blobOf: ReadonlyMap<string, string>): string[] {
  const own = secrets.flatMap(({ place }) => (place.kind === 'history' ? [place.blob!] : []))
  return [...new Set([...own, ...byPath, ...blobOf.values()])].sort()
}

async function whereBlobsStood(
  blobs: readonly string[],
  { facts, log, packs, known }: TellTools,
): Promise<{ histories: ReadonlyMap<string, BlobHistory>; complete: boolean }> {
  if (known && blobs.every((blob) => known.histories.has(blob)))
    return { histories: known.histories, complete: true }
  const trees = packs ? packObjects(facts.gitDir, packs) : gitObjects(facts.gitDir)
  const { histories, problems } = await attribute(facts.gitDir, blobs, { trees, tips: packs?.kept?.tips })
  // What is missing has been counted from what names it, commits and folders included.
  const others = problems.filter(({ code }) => code !== 'E_OBJECT_MISSING')
  for (const problem of others) log.problems.add(problem)
  return { histories, complete: others.length === 0 }
}

interface Origins {
  readonly histories: ReadonlyMap<string, BlobHistory>
  readonly headers: ReadonlyMap<string, CommitRef>
  readonly tags: ReadonlyMap<string, TagHeader>
  /** For objects that have a secret for a name: the blob whose paths tell where. */
  readonly blobOf: ReadonlyMap<string, string>
}

/** One sighting for each path the blob ever stood at. */
function sightingsOf(
  found: FoundSecret,
  { ruleset }: TellTools,
  { histories, headers, tags }: Origins,
  plan: ScanPlan,
): Sighting[] {
  const base = sealed(found, ruleset)
  if (found.place.kind === 'tag')
    return [{ ...base, place: { ...found.place, ...tags.get(found.place.tag ?? '')?.place } }]
  if (found.place.kind !== 'history')
    return [{ ...base, place: { ...found.place, ...headers.get(found.place.commit ?? '') } }]
  const history = histories.get(found.place.blob!)
  const paths = (found.paths ?? history?.paths ?? []).filter((path) => !plan.isIgnoredPath(path))
  if (history && history.paths.length > 0 && paths.length === 0) return []
  const { inside } = found
  const shown = (path: string) => (inside === undefined ? path : pathInArchive(path, inside))
  const places: Place[] = paths
    .slice(0, MAX_PATHS)
    .map((path) => ({ ...found.place, path: shown(path), ...bringer(history!, path) }))
  const nowhere = inside === undefined ? found.place : { ...found.place, path: inside }
  return (places.length > 0 ? places : [nowhere]).map((place) => ({ ...base, place }))
}

/** One sighting for each path that ever had the name. */
function sightingsOfName(
  group: readonly FoundSecret[],
  { ruleset }: TellTools,
  { histories, blobOf }: Origins,
  plan: ScanPlan,
): Sighting[] {
  const base = sealed(group[0]!, ruleset)
  const own = group.flatMap(({ named = '' }) => histories.get(blobOf.get(named) ?? '') ?? [])
  const places = placesNamed(group[0]!, own)
  return places.filter(({ path }) => !plan.isIgnoredPath(path!)).map((place) => ({ ...base, place }))
}

function sealed({ rule: id, secret, confidence, evidence, proven }: FoundSecret, { rules }: Ruleset) {
  const rule = rules.find((one) => one.id === id)!
  return {
    rule,
    secret: sealSecret(rule, secret),
    confidence,
    evidence,
    proven,
    lines: '',
    earlier: undefined,
  }
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

/** The refs that keep the commits with a secret in their message, where the history has just been read. */
async function refsOfMessages(
  secrets: readonly FoundSecret[],
  { packs }: TellTools,
): Promise<Map<string, string[]>> {
  const commits = secrets.flatMap(({ place }) => (place.kind === 'message' ? (place.commit ?? []) : []))
  if (commits.length === 0 || !packs?.kept) return new Map()
  const graphs = packs.kept.joined()
  const { tips } = await packs.kept.tips()
  return refsReaching(graphs.commits, graphs.tags, tips, [...new Set(commits)].slice(0, MAX_MESSAGES))
}

interface Known {
  readonly histories: ReadonlyMap<string, BlobHistory>
  readonly headers: ReadonlyMap<string, CommitRef>
  readonly tags: ReadonlyMap<string, TagHeader>
  /** Filled as commits are asked for. */
  readonly holding: Map<string, readonly string[]>
}

async function withHistory(
  finding: Finding,
  { histories, headers, tags, holding }: Known,
  gitDir: string,
): Promise<Finding> {
  const blobs = [...new Set(finding.places.flatMap(({ blob }) => blob ?? []))].flatMap(
    (id) => histories.get(id) ?? [],
  )
  const messages = finding.places.flatMap(({ kind, commit }) =>
    kind === 'message' && commit ? [commit] : [],
  )
  const names = finding.places.filter(({ kind }) => kind === 'name')
  if (names.length === finding.places.length)
    return { ...finding, history: await historyOfNames(names, gitDir) }
  const ofTags = await refsOfTags(finding.places, tags, gitDir)
  if (messages.length === 0) {
    const history = historyOf(blobs)
    return { ...finding, history: { ...history, refs: [...new Set([...history.refs, ...ofTags])].sort() } }
  }
  const refs = await refsHolding([...new Set(messages)].slice(0, 5), holding, gitDir)
  const own = headers.get(messages[0]!) ?? null
  const known = blobs.length > 0 ? historyOf(blobs) : undefined
  const history: History = {
    introduced: earlier(known?.introduced ?? null, own),
    removed: null, // a message stays as long as its commit does
    atHead: refs.includes('HEAD') || (known?.atHead ?? false),
    refs: [...new Set([...refs.filter((ref) => ref !== 'HEAD'), ...(known?.refs ?? []), ...ofTags])].sort(),
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

/** A symbolic ref, such as origin/HEAD, is another name of a ref that is listed too. */
const NO_ALIASES = '%(if)%(symref)%(then)%(else)%(refname)%(end)'

/** Refs from which one of these commits can be reached, and HEAD when it is among them. */
async function refsHolding(
  commits: readonly string[],
  holding: Map<string, readonly string[]>,
  gitDir: string,
): Promise<string[]> {
  for (const commit of commits) {
    if (holding.has(commit)) continue
    const listed = await runGit(['for-each-ref', `--format=${NO_ALIASES}`, '--contains', commit], gitDir)
    const refs = listed.stdout.toString('utf8').split('\n').filter(Boolean)
    const head = await runGit(['merge-base', '--is-ancestor', commit, 'HEAD'], gitDir)
    holding.set(commit, head.status === 0 ? [...refs, 'HEAD'] : refs)
  }
  return [...new Set(commits.flatMap((commit) => holding.get(commit)!))]
}
