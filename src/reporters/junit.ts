// JUnit XML: a failed test for each secret, an error for each part that could not be scanned, a passed test otherwise.
import { type Finding, isPartial, type Problem, type Report } from '../model/index.ts'
import { createPen, type Pen } from './pen.ts'
import { isInFile, placeName } from './place-groups.ts'
import { problemText } from './problems-text.ts'
import { shownSecret } from './redaction.ts'
import type { Reporter } from './reporter.ts'
import { bySeverity, nothingFoundText } from './summary.ts'
import { verdictText } from './verdict-text.ts'
import { CONFIDENCE_WORDS, count, STEP_WORDS } from './words.ts'

const MAX_PLACES = 100

export const junit: Reporter = function* (report, options) {
  const pen = createPen(report, { ...options, color: false, hyperlinks: false })
  const { command, startedAt, durationMs } = report.scan
  const left = leftOut(report)
  const numbers = {
    tests: Math.max(1, report.findings.length + left.length),
    failures: report.findings.length,
    errors: left.length,
    skipped: 0,
    time: (durationMs / 1000).toFixed(3),
  }
  const name = `unleak ${command}`
  yield '<?xml version="1.0" encoding="UTF-8"?>\n'
  yield `<testsuites${attributes({ name, ...numbers })}>\n`
  yield `  <testsuite${attributes({ name, ...numbers, timestamp: startedAt.slice(0, 19) })}>\n`
  for (const finding of bySeverity(report.findings)) yield findingCase(finding, pen)
  for (const problem of left) yield problemCase(problem, pen)
  if (report.findings.length + left.length === 0) yield passedCase(report, pen)
  yield '  </testsuite>\n</testsuites>\n'
}

/** What was not scanned; a partial scan that does not say why still has one. */
function leftOut({ scan }: Report): (Problem | undefined)[] {
  const problems = scan.problems.filter(isPartial)
  return problems.length === 0 && scan.state === 'partial' ? [undefined] : problems
}

function findingCase(finding: Finding, pen: Pen): string {
  const { title, secret, rule, id, severity } = finding
  const place = finding.places[0]
  const shown = `${pen.known(title)} ${pen.known(shownSecret(secret, pen.reveal))}`
  const where = place ? pen.foreign(placeName(place)) : rule
  const file = place && isInFile(place) ? { file: where, line: place.line } : {}
  const message = `${shown}, ${CONFIDENCE_WORDS[finding.confidence]}`
  return [
    `    <testcase${attributes({ classname: where, name: `${shown} (${id})`, ...file, time: '0' })}>`,
    `      <failure${attributes({ type: rule, message })}>${escapeXml(details(finding, severity, pen))}</failure>`,
    '    </testcase>\n',
  ].join('\n')
}

function details(finding: Finding, severity: string, pen: Pen): string {
  const { places, secret, verdict, response, id } = finding
  const shown = places
    .slice(0, MAX_PLACES)
    .map((place) => `  ${pen.foreign(`${placeName(place)}:${place.line}:${place.column}`)}`)
  const more = places.length - shown.length
  return [
    `${severity}, ${count(secret.length, 'character')}`,
    ...shown,
    ...(more > 0 ? [`  and ${count(more, 'more place')}`] : []),
    ...(verdict.state === 'unchecked' ? [] : [verdictText(verdict, pen.foreign)]),
    ...response.map(
      ({ step, text, url }) =>
        `${STEP_WORDS[step]}: ${pen.known(text)}${url === undefined ? '' : ` ${pen.known(url)}`}`,
    ),
    `False alarm: unleak ignore ${id} --reason "why"`,
  ].join('\n')
}

function problemCase(problem: Problem | undefined, pen: Pen): string {
  const text = problem ? problemText(problem, pen).replaceAll('\0', ' ') : 'A part could not be scanned.'
  const type = problem?.code ?? 'partial'
  const name = `everything could be scanned: ${type}`
  return [
    `    <testcase${attributes({ classname: 'unleak', name, time: '0' })}>`,
    `      <error${attributes({ type, message: text })}>${escapeXml(text)}</error>`,
    '    </testcase>\n',
  ].join('\n')
}

function passedCase(report: Report, pen: Pen): string {
  const name = nothingFoundText(report, pen.foreign).replace(/^unleak: /, '')
  const time = (report.scan.durationMs / 1000).toFixed(3)
  return `    <testcase${attributes({ classname: 'unleak', name, time })}/>\n`
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('')
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text that XML 1.0 can hold: what it can't is left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (sign) => SIGNS[sign]!)
}
