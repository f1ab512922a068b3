// Blobs that hold a secret or not by where they stand: examined again, at each of their paths.

import { addCounts } from '../counts.ts'
import { createEngine, createFastPrefilter, type Engine } from '../engine/index.ts'
import type { BlobHistory } from '../git/attribute.ts'
import { bytesOf, readObjects } from '../git/cat-file.ts'
import { judgeMatches } from '../judge-matches.ts'
import type { Ruleset, ScanPlan } from '../model/index.ts'
import { chunkOf } from '../sources/windows.ts'
import { type FoundSecret, type Harvest, onlyRules, secretOf } from './examine.ts'

/** The rules that can decide about these blobs: those that match there, unless some look at certain paths only. */
function rulesFor(
  ids: readonly string[],
  { byId, ruleset }: { byId: Harvest['hot']; ruleset: Ruleset },
): Ruleset {
  if (ruleset.rules.some(({ paths }) => paths !== undefined)) return ruleset
  const wanted = new Set(ids.flatMap((id) => [...(byId.get(id) ?? [])]))
  return onlyRules(ruleset, wanted)
}

/** @param dropped what was not reported, counted once for each blob */
export async function examineByPath(
  { byPath: ids, hot: byId }: Pick<Harvest, 'byPath' | 'hot'>,
  histories: ReadonlyMap<string, BlobHistory>,
  { ruleset, gitDir, plan }: { ruleset: Ruleset; gitDir: string; plan: ScanPlan },
  dropped: Map<string, number>,
): Promise<FoundSecret[]> {
  if (ids.length === 0) return []
  const engine = createEngine(rulesFor(ids, { byId, ruleset }), createFastPrefilter)
  const secrets: FoundSecret[] = []
  for await (const object of readObjects([...ids].sort(), gitDir)) {
    if (!('size' in object)) continue // it was read a moment ago: what is wrong with it has been said
    const known = histories.get(object.oid)?.paths ?? []
    const paths = known.filter((path) => !plan.isIgnoredPath(path))
    if (known.length > 0 && paths.length === 0) continue
    secrets.push(...examineAt(engine, object.oid, await bytesOf(object), paths, dropped))
  }
  return secrets
}

/** Secrets with the paths at which they count; without any path the blob stands for itself. */
function examineAt(
  engine: Engine,
  blob: string,
  bytes: Uint8Array,
  paths: readonly string[],
  dropped: Map<string, number>,
): FoundSecret[] {
  const found = new Map<string, { secret: FoundSecret; at: string[] }>()
  for (const [i, path] of (paths.length > 0 ? paths : [undefined]).entries()) {
    const chunk = chunkOf(bytes, { kind: 'history', blob, ...(path === undefined ? {} : { path }) })
    const counts = new Map<string, number>()
    for (const sighting of judgeMatches(engine.match(chunk).matches, chunk, counts)) {
      const { line, column } = sighting.place
      const key = `${sighting.rule.id} ${line}:${column}`
      const known = found.get(key) ?? { secret: secretOf(sighting), at: [] }
      if (path !== undefined) known.at.push(path)
      found.set(key, known)
    }
    if (i === 0) addCounts(dropped, counts)
  }
  return [...found.values()].map(({ secret, at }) => (at.length > 0 ? { ...secret, paths: at } : secret))
}
