// Leaves out findings that people accepted, as long as the acceptance lasts.
import type { Finding, IgnoreEntry, Problem, ScanPlan } from '../model/index.ts'

export interface IgnoreResult {
  readonly findings: Finding[]
  readonly ignored: number
  /** Entries that have ended, and those that hide nothing, as far as this scan can tell. */
  readonly problems: Problem[]
}

export interface IgnoreQuestion {
  readonly now: Date
  /** What the scan saw; `part`, or unknown: an entry that hides nothing here may hide something elsewhere. */
  readonly scope?: ScanPlan['scope']
  /** Tell every entry that has ended, whether it would have hidden something or not. */
  readonly strict?: boolean | undefined
}

/** Applies the entries that hold on the day of `now`; an ended entry is a problem worth saying. */
export function applyIgnores(
  findings: readonly Finding[],
  entries: readonly IgnoreEntry[],
  { now, scope = 'part', strict = false }: IgnoreQuestion,
): IgnoreResult {
  const today = now.toISOString().slice(0, 10)
  const hasEnded = ({ until }: IgnoreEntry) => until !== undefined && until < today
  const found = new Set(findings.map(({ id }) => id))
  const holding = new Set(entries.filter((entry) => !hasEnded(entry)).map(({ id }) => id))
  const kept = findings.filter(({ id }) => !holding.has(id))
  const ended = entries.filter(
    (entry) => hasEnded(entry) && !holding.has(entry.id) && (found.has(entry.id) || strict),
  )
  const unused = entries.filter((entry) => !found.has(entry.id) && !ended.includes(entry))
  const code = scope === 'all' ? 'W_IGNORE_UNUSED' : 'W_IGNORE_NOT_SEEN'
  return {
    findings: kept,
    ignored: findings.length - kept.length,
    problems: [
      ...ended.map((entry) => problemOf('W_IGNORE_EXPIRED', entry)),
      ...(scope === 'part' ? [] : unused.map((entry) => problemOf(code, entry))),
    ],
  }
}

function problemOf(code: Problem['code'], { id, until, owner, rule, path }: IgnoreEntry): Problem {
  const what = [
    ...(code === 'W_IGNORE_EXPIRED' ? [`until ${until}`] : []),
    ...(rule ? [path ? `${rule} in ${path}` : rule] : path ? [path] : []),
    ...(owner ? [owner] : []),
  ]
  return { code, count: 1, examples: [what.length > 0 ? `${id} (${what.join(', ')})` : id] }
}
