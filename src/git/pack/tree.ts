// Of a tree only the names are text: keeps the hits that lie in names, drops those in ids and modes.
import type { HitBuffer } from '../../engine/prefilter.ts'

/** Calls `visit` with start and end of each name, and where its id begins. False when the tree is damaged. */
export function eachName(
  bytes: Uint8Array,
  hashBytes: number,
  visit: (start: number, end: number, id: number) => void,
): boolean {
  let at = 0
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at)
    const end = space < 0 ? -1 : bytes.indexOf(0, space)
    if (end < 0 || end + 1 + hashBytes > bytes.length) return false
    visit(space + 1, end, end + 1)
    at = end + 1 + hashBytes
  }
  return true
}

/** Drops hits and runs that do not begin in a name; a damaged tree keeps all of them. */
export function keepNames(
  bytes: Uint8Array,
  hashBytes: number,
  hits: HitBuffer,
  runs: Uint32Array,
): { hits: HitBuffer; runs: Uint32Array } {
  const inName = new Uint8Array(bytes.length)
  if (!eachName(bytes, hashBytes, (start, end) => inName.fill(1, start, end))) return { hits, runs }
  let kept = 0
  for (let i = 0; i < hits.length; i++) {
    if (!inName[hits.offsets[i]!]) continue
    hits.offsets[kept] = hits.offsets[i]!
    hits.keywords[kept] = hits.keywords[i]!
    kept += 1
  }
  hits.length = kept
  return { hits, runs: clipRuns(inName, runs) }
}

/** A run may begin or end in an id beside the name: what lies in names stays, however short. */
function clipRuns(inName: Uint8Array, runs: Uint32Array): Uint32Array {
  const kept: number[] = []
  for (let i = 0; i < runs.length; i += 2) {
    let start = runs[i]!
    for (let at = start; at <= runs[i + 1]!; at++) {
      if (at < runs[i + 1]! && inName[at]) continue
      if (at > start) kept.push(start, at)
      start = at + 1
    }
  }
  return Uint32Array.from(kept)
}
