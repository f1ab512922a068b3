// Leaves out findings that people accepted, as long as the acceptance lasts.
import type { Finding, IgnoreEntry, Problem } from '../model/index.ts'

export interface IgnoreResult {
  readonly findings: Finding[]
  readonly ignored: number
  /** Entries that would have applied, and have ended. */
  readonly problems: Problem[]
}

/** Applies the entries that hold on the day of `now`; an ended entry is a problem worth saying. */
export function applyIgnores(
  findings: readonly Finding[],
  entries: readonly IgnoreEntry[],
  now: Date,
): IgnoreResult {
  const today = now.toISOString().slice(0, 10)
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const kept: Finding[] = []
  const problems: Problem[] = []
  for (const finding of findings) {
    const entry = byId.get(finding.id)
    if (entry && (entry.until === undefined || entry.until >= today)) continue
    if (entry)
      problems.push({ code: 'W_IGNORE_EXPIRED', count: 1, examples: [`${entry.id} (until ${entry.until})`] })
    kept.push(finding)
  }
  return { findings: kept, ignored: findings.length - kept.length, problems }
}
