// The report as Markdown, for the summary of a CI run, an issue or a comment.
import { type Finding, isPartial, type Place, type Report } from '../model/index.ts'
import { createPen, type Pen } from './pen.ts'
import { problemText } from './problems-text.ts'
import { shownSecret } from './redaction.ts'
import type { Reporter } from './reporter.ts'
import { providerName } from './response-text.ts'
import { bySeverity, foundText, isNothingRead, isRange, nothingFoundText, scannedText } from './summary.ts'
import { verdictText } from './verdict-text.ts'
import { CONFIDENCE_WORDS, count, number, STEP_WORDS } from './words.ts'

/** GitHub takes summaries of up to a megabyte. */
const MAX_FINDINGS = 200
const MAX_PLACES = 5

export const markdown: Reporter = function* (report, options) {
  const pen = createPen(report, { ...options, color: false, hyperlinks: false })
  const findings = bySeverity(report.findings)
  yield `## unleak: ${headline(report)}\n\n`
  yield `${plain(statusText(report, pen))}\n`
  if (isRange(report.scan.command)) yield `\nRange: ${code(pen.foreign(report.scan.target))}\n`
  if (findings.length > 0) yield '\n| | Secret | Where | How sure | Id |\n| --- | --- | --- | --- | --- |\n'
  for (const finding of findings.slice(0, MAX_FINDINGS)) yield row(finding, pen)
  const rest = findings.length - MAX_FINDINGS
  if (rest > 0) yield `\nAnd ${number(rest)} more.\n`
  yield* responses(findings, pen)
  yield* problems(report, pen)
}

function headline({ scan, findings }: Report): string {
  const partial = scan.state === 'partial' ? 'not everything was scanned' : ''
  const found = findings.length > 0 ? foundText(findings) : ''
  return (
    [found, partial].filter(Boolean).join('; ') || (scan.counts.bytes > 0 ? 'no secrets' : 'nothing to scan')
  )
}

function statusText(report: Report, pen: Pen): string {
  const { state } = report.scan
  if (report.findings.length === 0 && state === 'complete')
    return nothingFoundText(report, pen.foreign).replace(/^unleak: /, '')
  if (isNothingRead(report)) return 'Nothing could be read.'
  return `Scanned: ${scannedText(report)}. ${state === 'partial' ? 'Partial: not everything was scanned.' : 'Everything was scanned.'}`
}

function row(finding: Finding, pen: Pen): string {
  const { places, secret } = finding
  const where = places.slice(0, MAX_PLACES).map((place) => placeText(place, pen))
  if (places.length > MAX_PLACES) where.push(`and ${number(places.length - MAX_PLACES)} more`)
  const cells = [
    `**${finding.severity}**`,
    `${plain(pen.known(finding.title))}<br>${code(pen.known(shownSecret(secret, pen.reveal)))}, ${count(secret.length, 'character')}`,
    where.join('<br>'),
    `${CONFIDENCE_WORDS[finding.confidence]}${checkedText(finding, pen)}`,
    code(finding.id),
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
}

function checkedText({ verdict }: Finding, pen: Pen): string {
  return verdict.state === 'unchecked' ? '' : `<br>${plain(verdictText(verdict, pen.foreign))}`
}

function placeText({ kind, path, line, column, commit, author, date, tag }: Place, pen: Pen): string {
  const named = tag === undefined ? kind : `message of tag ${tag}`
  const name = path ?? (kind === 'message' ? 'commit message' : named)
  const by = author === undefined ? '' : ` by ${plain(pen.foreign(author))}`
  const from = commit === undefined ? '' : `, commit ${code(pen.foreign(commit.slice(0, 12)))}${by}`
  const on = date === undefined ? '' : `, ${plain(pen.foreign(date.slice(0, 10)))}`
  return `${code(pen.foreign(`${name}:${line}:${column}`))}${from}${on}`
}

/** The steps to take, once for all secrets that share them. */
function* responses(findings: readonly Finding[], pen: Pen): Iterable<string> {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const steps = finding.response.map(({ step, text, url }) => {
      const link = url === undefined ? '' : ` <${pen.known(url)}>`
      return `1. **${STEP_WORDS[step]}**: ${plain(pen.known(text))}${link}\n`
    })
    if (steps.length === 0) continue
    const key = [finding.provider, steps.join('')].join('\0')
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  for (const [key, group] of groups) {
    const name = plain(pen.known(providerName(group)))
    yield `\n### ${name}, ${count(group.length, 'secret')}: treat as leaked\n\n${key.slice(key.indexOf('\0') + 1)}`
  }
}

function* problems({ scan }: Report, pen: Pen): Iterable<string> {
  const left = scan.problems.filter(isPartial)
  const notes = scan.problems.filter((problem) => !isPartial(problem))
  if (left.length > 0) yield '\n### Not scanned\n\n'
  for (const problem of left) yield `- ${plain(problemText(problem, pen))}\n`
  if (notes.length > 0) yield '\n'
  for (const problem of notes) yield `- Note: ${plain(problemText(problem, pen))}\n`
}

/** Text that Markdown and HTML leave alone; mentions and issue numbers become plain text too. */
function plain(text: string): string {
  return text.replaceAll('\0', ' ').replace(/[\\`*_{}[\]()<>#+!|~@&]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** A code span, whatever the text holds. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = longest > 0 || text.startsWith(' ') ? ' ' : ''
  return `${fence}${pad}${text}${pad}${fence}`
}
