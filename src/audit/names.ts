// Secrets in the names of files, folders and refs of a history.

import { addCounts } from '../counts.ts'
import type { Engine, Found } from '../engine/index.ts'
import { type BlobHistory, compareCommits } from '../git/attribute.ts'
import { eachName } from '../git/pack/tree.ts'
import { firstBlobIn, lookUp, refNames } from '../git/revisions.ts'
import type { History, Match, NamedThing, Place } from '../model/index.ts'
import { sightNames } from '../sight-names.ts'
import { nameChunks } from '../sources/names.ts'
import { addHot, type FoundSecret, type Harvest, secretOf } from './examine.ts'

/**
 * Scans the names in a tree, each at its own; true when one holds a secret.
 * @param found where another prefilter says to look: names without any of it are passed over
 */
export function examineTree(
  engine: Engine,
  id: string,
  bytes: Uint8Array,
  harvest: Harvest,
  found?: Pick<Found, 'hits' | 'runs'>,
): boolean {
  const hashBytes = id.length / 2
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const objects = new Map<NamedThing, string>()
  const isFound = found && createLookup(found)
  eachName(bytes, hashBytes, (start, end, at) => {
    if (isFound?.(start, end) === false) return
    objects.set({ path: buffer.toString('utf8', start, end) }, buffer.toString('hex', at, at + hashBytes))
  })
  if (objects.size === 0) return false
  const dropped = new Map<string, number>()
  const matches: Match[] = []
  const secrets = secretsIn(engine, [...objects.keys()], dropped, matches)
  for (const { name, secret } of secrets) harvest.secrets.push({ ...secret, named: objects.get(name)! })
  if (secrets.length > 0) addHot(harvest, id, matches)
  addCounts(secrets.length > 0 ? harvest.droppedHot : harvest.dropped, dropped)
  return secrets.length > 0
}

/** Whether something was found in a name; asked in ascending order. */
function createLookup({ hits, runs }: Pick<Found, 'hits' | 'runs'>): (start: number, end: number) => boolean {
  let hit = 0
  let run = 0
  return (start, end) => {
    while (hit < hits.length && hits.offsets[hit]! < start) hit += 1
    while (run < runs.length && runs[run + 1]! <= start) run += 2
    return (hit < hits.length && hits.offsets[hit]! < end) || (run < runs.length && runs[run]! < end)
  }
}

/** The secrets in the names that refs have now. */
export async function examineRefs(
  engine: Engine,
  gitDir: string,
  dropped: Map<string, number>,
): Promise<FoundSecret[]> {
  const names = (await refNames(gitDir)).map((path) => ({ path }))
  return secretsIn(engine, names, dropped).map(({ name, secret }) => ({
    ...secret,
    place: { ...secret.place, path: name.path },
  }))
}

function secretsIn(
  engine: Engine,
  names: readonly NamedThing[],
  dropped: Map<string, number>,
  all: Match[] = [],
): { name: NamedThing; secret: FoundSecret }[] {
  return [...nameChunks(names)].flatMap((chunk) => {
    const { matches } = engine.match(chunk)
    if (matches.length === 0) return []
    all.push(...matches)
    return sightNames(engine, chunk, matches, dropped).map(({ name, sighting }) => ({
      name,
      secret: secretOf(sighting),
    }))
  })
}

/** For each object that has such a name, a blob by which its paths are known: itself, or one in the folder. */
export async function blobsNamed(
  secrets: readonly FoundSecret[],
  gitDir: string,
): Promise<Map<string, string>> {
  const ids = [...new Set(secrets.flatMap(({ named }) => named ?? []))]
  const blobs = new Map<string, string>()
  for (const [id, { type }] of await lookUp(ids, gitDir)) {
    const blob = type === 'tree' ? await firstBlobIn(id, gitDir) : id
    if (blob !== undefined) blobs.set(id, blob)
  }
  return blobs
}

/** Secrets in names, those in one name together: every version of a file stands under it. */
export function groupNamed(secrets: readonly FoundSecret[]): FoundSecret[][] {
  const groups = new Map<string, FoundSecret[]>()
  for (const found of secrets) {
    if (found.named === undefined) continue
    const key = JSON.stringify([found.rule, found.secret, found.place.path, found.place.column])
    groups.set(key, [...(groups.get(key) ?? []), found])
  }
  return [...groups.values()]
}

/** Places of a name: the paths that ever had it, each once, and who brought it first. */
export function placesNamed({ place }: FoundSecret, histories: readonly BlobHistory[]): Place[] {
  const name = place.path!
  const brought = histories.flatMap(({ introduced }) => introduced).sort(compareCommits)
  const places = new Map<string, Place>()
  for (const path of histories.flatMap(({ paths }) => paths)) {
    const parts = path.split('/')
    const depth = parts.indexOf(name)
    const own = parts.slice(0, depth + 1).join('/')
    if (depth === -1 || places.has(own)) continue
    const shift = own.length - name.length
    const first = brought.find((commit) => `${commit.path}/`.startsWith(`${own}/`)) ?? brought[0]
    const by = first && { commit: first.commit, author: first.author, date: first.date }
    const { column, endColumn } = place
    places.set(own, { ...place, path: own, column: column + shift, endColumn: endColumn + shift, ...by })
  }
  return places.size > 0 ? [...places.values()] : [place]
}

/** Refs whose tips are asked whether they have the path; with more, nothing is said of refs. */
const MAX_REFS = 2000

/** Where names that hold a secret are now. A ref stands for itself. */
export async function historyOfNames(places: readonly Place[], gitDir: string): Promise<History> {
  const paths = [...new Set(places.flatMap(({ path }) => path ?? []))]
  const all = await refNames(gitDir)
  const tips = [...(all.length <= MAX_REFS ? all : []), 'HEAD']
  const asked = tips.flatMap((tip) => paths.map((path) => ({ tip, name: `${tip}:${path}` })))
  const there = await lookUp(
    asked.map(({ name }) => name),
    gitDir,
  )
  const isRef = new Set(all)
  const held = new Set([
    ...asked.filter(({ name }) => there.has(name)).map(({ tip }) => tip),
    ...paths.filter((path) => isRef.has(path)),
  ])
  const refs = [...held].filter((ref) => ref !== 'HEAD').sort()
  const [first] = places
    .filter(({ commit }) => commit !== undefined)
    .sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1))
  const { commit = '', author = '', date = '', path = '' } = first ?? {}
  return {
    introduced: first ? { commit, author, date, path } : null,
    removed: null,
    atHead: held.has('HEAD'),
    refs,
    published: refs.flatMap((ref) => /^refs\/remotes\/(.+)$/.exec(ref)?.[1] ?? []),
  }
}
