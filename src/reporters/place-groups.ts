// The places of a finding, one group for each file or message: what other systems count as one problem each.
import type { Finding, Place } from '../model/index.ts'

const NAMELESS = { message: 'commit message', tag: 'tag message', stdin: 'stdin' } as const

/** What the place is called where there is no path: `message of tag v1`, `commit message`. Not cleaned. */
export function placeName({ kind, path, tag }: Place): string {
  if (path !== undefined) return path
  if (tag !== undefined) return `message of tag ${tag}`
  return kind === 'message' || kind === 'tag' || kind === 'stdin' ? NAMELESS[kind] : kind
}

/** True when the place names a file that other systems can look for. */
export function isInFile({ kind, path }: Place): boolean {
  return path !== undefined && kind !== 'message'
}

/** Places by file, in the report's order; messages by their commit. A finding without a place has one empty group. */
export function placeGroups({ places }: Finding): (readonly Place[])[] {
  const groups = new Map<string, Place[]>()
  for (const place of places) {
    const key = isInFile(place) ? place.path! : `${placeName(place)}\0${place.commit ?? ''}`
    const group = groups.get(key)
    if (group) group.push(place)
    else groups.set(key, [place])
  }
  return groups.size > 0 ? [...groups.values()] : [[]]
}
