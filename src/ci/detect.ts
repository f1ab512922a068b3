// What every CI system's file gives: from its environment, the range that this run is about.
import { isZeroId, type RangeFix, type RangeRequest } from '../model/index.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Reads the file that describes the event, where the CI system writes one. Throws ToolError. */
export type ReadEvent = (path: string) => unknown

/** Undefined: this is another system. Pure but for `readEvent`. */
export type Detect = (env: Environment, readEvent: ReadEvent) => RangeRequest | undefined

/** For a whole clone that has fetched too few branches. */
export const FETCH_ALL = "git fetch origin '+refs/heads/*:refs/remotes/origin/*'"

/** For systems that clone whole unless they are told not to. */
export function unshallow(line: string): RangeFix {
  return { shallow: line, missing: `Run this before unleak: ${FETCH_ALL}` }
}

/** Revisions of a branch of the server; `refs/heads/main` and `main` are the same. */
export function remoteBranch(name: string | undefined): string[] {
  return name ? [`refs/remotes/origin/${name.replace(/^refs\/heads\//, '')}`] : []
}

/** The branch that the server calls its own, where the clone knows it. */
export const SERVER_HEAD = 'refs/remotes/origin/HEAD'

/** A revision from the environment; zeros and nothing are none. */
export function revision(value: string | undefined): string[] {
  return value && !isZeroId(value) ? [value] : []
}

/** A value from outside as an object, whatever it is. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}
