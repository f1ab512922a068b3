// One row for each place of each finding, for spreadsheets; no cell can become a formula there.
import { type Finding, isPartial, type Place, type Problem, type Report } from '../model/index.ts'
import { createPen, type Pen } from './pen.ts'
import { problemText } from './problems-text.ts'
import { shownSecret } from './redaction.ts'
import type { Reporter } from './reporter.ts'

const COLUMNS = [
  'record',
  'id',
  'rule',
  'provider',
  'title',
  'severity',
  'confidence',
  'secret',
  'length',
  'verdict',
  'reason',
  'kind',
  'path',
  'line',
  'column',
  'commit',
  'author',
  'date',
  'introduced',
  'removed',
  'at_head',
  'published',
] as const
type Row = Partial<Record<(typeof COLUMNS)[number], string | number | boolean | undefined>>

/** RFC 4180. What was not scanned has rows of its own: no finding is not all clear. */
export const csv: Reporter = function* (report, options) {
  const pen = createPen(report, { ...options, color: false, hyperlinks: false, unicode: true })
  yield line(COLUMNS)
  for (const finding of report.findings) {
    const same = findingRow(finding, pen)
    for (const place of finding.places) yield row({ ...same, ...placeRow(place, pen) })
    if (finding.places.length === 0) yield row(same)
  }
  yield* problemRows(report, pen)
}

function findingRow(finding: Finding, { known, foreign, reveal }: Pen): Row {
  const { secret, verdict, history } = finding
  return {
    record: 'finding',
    id: finding.id,
    rule: finding.rule,
    provider: finding.provider,
    title: known(finding.title),
    severity: finding.severity,
    confidence: finding.confidence,
    secret: known(shownSecret(secret, reveal)),
    length: secret.length,
    verdict: verdict.state,
    reason: verdict.reason === undefined ? undefined : foreign(verdict.reason),
    introduced: history?.introduced?.date,
    removed: history?.removed?.date,
    at_head: history?.atHead,
    published: history?.published.map(foreign).join(' '),
  }
}

function placeRow({ kind, path, line, column, commit, author, date }: Place, { foreign }: Pen): Row {
  const text = (value: string | undefined) => (value === undefined ? undefined : foreign(value))
  return { kind, path: text(path), line, column, commit: text(commit), author: text(author), date }
}

function* problemRows(report: Report, pen: Pen): Iterable<string> {
  const left = report.scan.problems.filter(isPartial)
  const toRow = (problem: Problem) =>
    row({ record: 'not scanned', rule: problem.code, title: problemText(problem, pen).replaceAll('\0', ' ') })
  for (const problem of left) yield toRow(problem)
  if (report.scan.state === 'partial' && left.length === 0) yield row({ record: 'not scanned' })
}

function row(values: Row): string {
  return line(COLUMNS.map((name) => values[name]))
}

function line(cells: readonly (string | number | boolean | undefined)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

/** Spreadsheets run what begins with these signs, also behind white space and in full width; a quote makes it text. */
const FORMULA = /^[\s\0]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/

function cell(value: string | number | boolean | undefined): string {
  if (value === undefined) return ''
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value)
  return /[",\r\n]|^[\s']|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
