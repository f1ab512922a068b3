// What the page works with: each finding with what charts and filters ask of it, worked out once.
import type { PageData, PageFinding, PageStep } from '../data.ts'

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const
export type Severity = (typeof SEVERITIES)[number]
export const STATES = ['live', 'unknown', 'unchecked', 'dead'] as const
export type State = (typeof STATES)[number]

const DAY = 86_400_000

/** How long a secret was, or is, in the history; the longest first. */
export const WINDOWS: readonly (readonly [label: string, fromDays: number])[] = [
  ['over a year', 365],
  ['up to a year', 90],
  ['up to 3 months', 30],
  ['up to a month', 7],
  ['up to a week', 1],
  ['a day or less', 0],
]

export interface Row {
  readonly finding: PageFinding
  readonly steps: readonly PageStep[]
  readonly state: State
  /** Milliseconds since 1970; undefined where the scan did not look at the history. */
  readonly introduced: number | undefined
  readonly removed: number | undefined
  readonly days: number | undefined
  readonly window: string | undefined
  readonly folders: readonly string[]
  readonly authors: readonly string[]
  readonly isAtHead: boolean | undefined
  readonly isPublished: boolean
  /** All that the search looks into, in lower case. */
  readonly text: string
}

export function rowsOf({ findings, responses, scan }: PageData): Row[] {
  const now = Date.parse(scan.startedAt)
  return findings.map((finding) => rowOf(finding, responses[finding.response] ?? [], now))
}

function rowOf(finding: PageFinding, steps: readonly PageStep[], now: number): Row {
  const { history, places, verdict } = finding
  const introduced = timeOf(history?.introduced?.date ?? earliest(places))
  const removed = timeOf(history?.removed?.date)
  const days =
    introduced === undefined
      ? undefined
      : Math.max(0, ((removed ?? Math.max(now, introduced)) - introduced) / DAY)
  return {
    finding,
    steps,
    state: stateOf(verdict.state),
    introduced,
    removed,
    days,
    window: days === undefined ? undefined : WINDOWS.find(([, from]) => days > from || from === 0)![0],
    folders: distinct(places.map(({ path }) => folderOf(path))),
    authors: distinct([history?.introduced?.author, ...places.map(({ author }) => author)].map(nameOf)),
    isAtHead: history?.atHead,
    isPublished: (history?.published.length ?? 0) > 0,
    text: haystack(finding),
  }
}

function stateOf(state: string): State {
  if (state.startsWith('live')) return 'live'
  return state === 'dead' || state === 'unknown' ? state : 'unchecked'
}

function timeOf(date: string | null | undefined): number | undefined {
  const time = date ? Date.parse(date) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

function earliest(places: PageFinding['places']): string | undefined {
  const dates = places.flatMap(({ date }) => date ?? [])
  return dates.length > 0 ? dates.reduce((a, b) => (Date.parse(b) < Date.parse(a) ? b : a)) : undefined
}

/** The first two folders of a path: enough to say which part of the house it is in. */
function folderOf(path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  const folders = path.split('/').slice(0, -1)
  return folders.length === 0 ? '(top)' : `${folders.slice(0, 2).join('/')}/`
}

/** The name without the address. */
export function nameOf(author: string | undefined): string | undefined {
  return author?.replace(/\s*<[^>]*>\s*$/, '') || author
}

function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text): text is string => text !== undefined && text !== ''))]
}

function haystack({ id, rule, provider, title, secret, places, history }: PageFinding): string {
  const named = places.flatMap(({ path, name, author, tag, commit }) => [path, name, author, tag, commit])
  const refs = history ? [...history.refs, ...history.published] : []
  return [...new Set([id, rule, provider, title, secret.redacted, ...named, ...refs])]
    .join('\n')
    .toLowerCase()
}
