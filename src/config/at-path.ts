// `paths` of the configuration → what holds for the findings at a path.
import type { PathSettings, Severity } from '../model/index.ts'
import { anyGlob } from '../rules/globs.ts'
import type { PathConfig } from './schema.ts'

/** Globs of the paths that are not scanned at all. */
export function skippedPaths(paths: readonly PathConfig[]): string[] {
  return paths.flatMap(({ match, skip }) => (skip === true ? [match].flat() : []))
}

/** All entries that match count; of their severities the last. */
export function pathSettings(paths: readonly PathConfig[]): (path: string) => PathSettings {
  const entries = paths.map(({ match, skip, rules, severity }) => ({
    matches: anyGlob([match].flat()),
    skip: Array.isArray(skip) ? new Set<string>(skip) : undefined,
    only: rules ? new Set(rules) : undefined,
    severity,
  }))
  const known = new Map<string, PathSettings>()
  const settle = (path: string): PathSettings => {
    const here = entries.filter((entry) => entry.matches(path))
    const severity = here.reduce<Severity | undefined>((last, entry) => entry.severity ?? last, undefined)
    const leavesOut = (rule: string, provider: string) =>
      here.some(({ skip, only }) => {
        const isIn = (names: ReadonlySet<string>) => names.has(rule) || names.has(provider)
        return (skip !== undefined && isIn(skip)) || (only !== undefined && !isIn(only))
      })
    return { leavesOut, severity }
  }
  return (path) => {
    const settings = known.get(path) ?? settle(path)
    known.set(path, settings)
    return settings
  }
}
