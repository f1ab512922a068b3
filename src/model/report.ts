// The value a scan returns: what was scanned, what was found, what went wrong.
import { isPartial, type Problem } from './errors.ts'
import type { Finding } from './finding.ts'

export const REPORT_SCHEMA = 'unleak-report/1'

export interface Counts {
  readonly commits: number
  readonly objects: number
  readonly blobs: number
  readonly files: number
  readonly bytes: number
}

/** Reasons for which findings, not mere candidates, are left out: the summary tells of them. */
export const HELD = { ignored: 'accepted in the ignore file', baseline: 'held by the baseline' } as const

/** A candidate that was not reported, counted by the named reason. */
export interface Dropped {
  readonly reason: string
  readonly count: number
}

export interface ScanSummary {
  readonly command: string
  readonly target: string
  readonly state: 'complete' | 'partial'
  readonly startedAt: string
  readonly durationMs: number
  readonly counts: Counts
  readonly problems: readonly Problem[]
  readonly dropped: readonly Dropped[]
  readonly remembered?: Remembered
}

/** Objects among those counted that an earlier audit has read, and this one has not. */
export interface Remembered {
  readonly objects: number
  /** When the earlier audit began, as ISO 8601 writes it. */
  readonly since: string
}

export interface Report {
  readonly schema: typeof REPORT_SCHEMA
  readonly tool: { readonly version: string; readonly ruleset: string }
  readonly scan: ScanSummary
  readonly findings: readonly Finding[]
}

/** Complete only when nothing that was asked for was left out. */
export function scanState(problems: readonly Problem[]): ScanSummary['state'] {
  return problems.some(isPartial) ? 'partial' : 'complete'
}
