// Workflow commands of GitHub Actions: an annotation for every finding, on the line where it stands.
import { type Finding, isPartial, type Place, type Report } from '../model/index.ts'
import { createPen, type Pen } from './pen.ts'
import { problemText } from './problems-text.ts'
import { shownSecret } from './redaction.ts'
import type { Reporter } from './reporter.ts'
import { bySeverity } from './summary.ts'
import { verdictText } from './verdict-text.ts'
import { CONFIDENCE_WORDS, count } from './words.ts'

/** GitHub shows ten a step; the rest is in the log and in the summary. */
const MAX_ANNOTATIONS = 50

export const github: Reporter = function* (report, options) {
  const pen = createPen(report, { ...options, color: false, hyperlinks: false, reveal: false })
  const findings = bySeverity(report.findings)
  for (const finding of findings.slice(0, MAX_ANNOTATIONS))
    yield findingCommand(finding, options.below ?? '', pen)
  const rest = findings.length - MAX_ANNOTATIONS
  if (rest > 0) yield command('error', { title: 'unleak' }, `${count(rest, 'more secret')}: see the log.`)
  for (const problem of report.scan.problems)
    yield isPartial(problem)
      ? command('error', { title: 'unleak: not everything was scanned' }, problemText(problem, pen))
      : command('notice', { title: 'unleak' }, problemText(problem, pen))
  if (isUnexplained(report)) yield command('error', { title: 'unleak' }, 'Not everything was scanned.')
}

function isUnexplained({ scan }: Report): boolean {
  return scan.state === 'partial' && !scan.problems.some(isPartial)
}

function findingCommand(finding: Finding, below: string, pen: Pen): string {
  const place = finding.places[0]
  const { title, severity, secret, confidence, verdict } = finding
  const more = finding.places.length - 1
  const sentences = [
    `${pen.known(shownSecret(secret, false))}, ${count(secret.length, 'character')}, ${CONFIDENCE_WORDS[confidence]}`,
    ...(place ? whereText(place, pen) : []),
    ...(more > 0 ? [`It stands in ${count(more, 'more place')}`] : []),
    ...(verdict.state === 'unchecked' ? [] : [verdictText(verdict, pen.foreign).replace(/\.$/, '')]),
    ...revokeText(finding, pen),
    `False alarm: unleak ignore ${finding.id} --reason "why"`,
  ]
  const properties = { ...positionOf(place, below, pen), title: `${pen.known(title)} (${severity})` }
  return command('error', properties, sentences.join('. '))
}

function positionOf(place: Place | undefined, below: string, pen: Pen): Record<string, string> {
  // A path that has to be masked or escaped names no file that GitHub could show.
  if (place?.path === undefined || place.kind === 'message' || pen.foreign(place.path) !== place.path)
    return {}
  const { line, endLine, column, endColumn } = place
  const columns = line === endLine ? { col: String(column), endColumn: String(endColumn) } : {}
  return { file: below + place.path, line: String(line), endLine: String(endLine), ...columns }
}

function whereText({ kind, commit, author, tag, path, line }: Place, pen: Pen): string[] {
  const by = author === undefined ? '' : ` by ${pen.foreign(author)}`
  const where = [
    ...(kind === 'message' ? ['commit message'] : []),
    ...(tag === undefined ? [] : [`message of tag ${pen.foreign(tag)}`]),
    ...(path === undefined || kind === 'message' ? [] : [pen.foreign(`${path}:${line}`)]),
    ...(commit === undefined ? [] : [`commit ${pen.foreign(commit.slice(0, 12))}${by}`]),
  ]
  return where.length > 0 ? [where.join(', ')] : []
}

function revokeText({ response }: Finding, pen: Pen): string[] {
  const revoke = response.find((step) => step.step === 'revoke')
  if (revoke === undefined) return []
  const text = pen.known(revoke.text).replace(/\.$/, '')
  return [`Treat it as leaked. ${text}${revoke.url === undefined ? '' : `: ${pen.known(revoke.url)}`}`]
}

/** `::error file=…,line=…::message`; what would end a part of it is escaped. */
export function command(
  name: 'error' | 'notice',
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`)
  return `::${name} ${list.join(',')}::${escapeData(message)}\n`
}

function escapeData(text: string): string {
  return text.replaceAll('\0', ' ').replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
