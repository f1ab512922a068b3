// Findings that were there when unleak came: by finding id and place, so that only new ones are reported.
import type { Place } from './finding.ts'

export const BASELINE_SCHEMA = 'unleak-baseline/1'

/** One place of one finding, as a line of the baseline holds it. */
export interface BaselineEntry {
  /** Finding id: 16 hex digits. */
  readonly id: string
  /** Fingerprint of the place: 16 hex digits; see `placeFingerprint`. */
  readonly place: string
  /** What it was, for people; neither decides anything. */
  readonly rule?: string
  readonly path?: string
}

/**
 * Names a place by what stays when lines move: the path from the top of the repository, or the commit or tag whose
 * message it is. Hashed together with the finding's id, since a path may itself hold the secret.
 * @param below folders from the top of the repository to where `place.path` starts, with `/`; empty: the top
 */
export function placeFingerprint(id: string, place: Place, below = ''): string {
  const { createHash } = process.getBuiltinModule('node:crypto') // loads when something is found
  return createHash('sha256')
    .update(`unleak-place/1\0${id}\0${placeName(place, below)}`)
    .digest('hex')
    .slice(0, 16)
}

function placeName(place: Place, below: string): string {
  if (place.kind === 'message') return `message:${place.commit ?? ''}`
  if (place.kind === 'tag') return `tag:${place.tag ?? ''}`
  return `path:${pathFromRoot(place, below) ?? place.kind}`
}

/** The path from the top of the repository: files are named from where unleak was started, all else from the top. */
export function pathFromRoot({ kind, path }: Place, below: string): string | undefined {
  return path === undefined || kind !== 'file' ? path : below + path
}
