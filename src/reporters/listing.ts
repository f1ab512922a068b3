// What a scan found: every secret with its places, the response in short, and a summary line.
import type { Finding, Report } from '../model/index.ts'
import { findingLines, historyText } from './finding-text.ts'
import { glue, wrap } from './layout.ts'
import type { Pen } from './pen.ts'
import { noteLines, notScannedLines, partialCode, verboseLines } from './problems-text.ts'
import { shortResponseLines } from './response-text.ts'
import { bySeverity, foundText, heldText, isNothingRead, rangeText, scannedText } from './summary.ts'
import { count, sentence } from './words.ts'

/** All lines for a scan with findings, or one that left something out. */
export function listingLines(report: Report, pen: Pen): string[] {
  const findings = bySeverity(report.findings)
  const response = shortResponseLines(findings, pen)
  const isCi = report.scan.command === 'ci'
  const title = isCi
    ? 'What a CI system has seen has left the machine it was made on: treat each secret as leaked, in this order:'
    : `If ${findings.length === 1 ? 'it' : 'one of them'} may have been seen by others, treat it as leaked, in this order:`
  return [
    isCi ? headLines(report, pen) : [],
    ...findings.slice(0, pen.most).map((finding, i) => {
      const history = historyText(finding.history, pen).join('; ')
      const style = {
        ...(findings.length > 1 ? { ordinal: i + 1 } : {}),
        showId: findings.length > 1,
        historyLabel: 'History',
        history: history ? [sentence(history)] : [],
      }
      return findingLines(finding, style, pen)
    }),
    restLines(findings.length - pen.most, pen),
    response.length > 0 ? [...wrap(pen.paint('strong', title), pen.width), ...response] : [],
    falseAlarmLines(findings, pen),
    manyLines(report, pen),
    notScannedLines(
      report,
      `A secret may be there: the scan is partial (exit code ${partialCode(report)}).`,
      pen,
    ),
    noteLines(report, pen),
    [...wrap(summary(report, pen), pen.width), ...verboseLines(report, pen)],
  ]
    .filter((section) => section.length > 0)
    .flatMap((section, i) => (i === 0 ? section : ['', ...section]))
}

/** What is no secret, or is to stay, must not be in the way of what is. */
function falseAlarmLines(findings: readonly Finding[], pen: Pen): string[] {
  if (findings.length === 0) return []
  const one = `unleak ignore ${findings.length === 1 ? pen.known(findings[0]!.id) : 'ID'} --reason "why"`
  const walk = `, or answer for all of them: ${pen.command('unleak review')}`
  const text = `A false alarm? ${glue(pen.command(one))}${findings.length === 1 ? '' : walk}`
  return wrap(text, pen.width, '', '  ')
}

/** From here on nobody reads all of them on one day. */
const MANY = 20

/** An old repository: what is there already must not hide what is new. */
function manyLines({ findings, scan }: Report, pen: Pen): string[] {
  if (findings.length < MANY || scan.command === 'ci') return []
  const text = `Too many for today? Hold what is there, so that only new secrets are reported; revoke it all the same: ${glue(pen.command('unleak baseline update'))}`
  return wrap(text, pen.width, '', '  ')
}

/** A screen of thousands helps nobody: what else there is, and where it can be looked at. */
function restLines(rest: number, pen: Pen): string[] {
  if (rest <= 0) return []
  const text = `And ${count(rest, 'more secret')}: --verbose shows all, and ${glue('--output report.html')} writes a page to look at them.`
  return wrap(pen.paint('strong', text), pen.width)
}

/** For a CI run: what was found in which commits, ahead of everything else. */
function headLines(report: Report, pen: Pen): string[] {
  const { scan, findings } = report
  const what = scan.counts.commits > 0 ? 'the commits that this run adds' : 'the files of this commit'
  const headline =
    findings.length > 0
      ? `unleak: ${count(findings.length, 'secret')} in ${what}.`
      : `unleak: a part of ${what} could not be scanned.`
  return [...wrap(pen.paint('stop', headline), pen.width), ...wrap(rangeText(report, pen.foreign), pen.width)]
}

function summary(report: Report, pen: Pen): string {
  const found = report.findings.length > 0 ? foundText(report.findings) : 'no secrets in what was read'
  const state =
    report.scan.state === 'partial' ? 'Partial: not everything was scanned.' : 'Everything was scanned.'
  const result = isNothingRead(report) ? 'nothing was read' : found
  const held = heldText(report)
  return pen.paint(
    'strong',
    `unleak: ${scannedText(report)}: ${result}${held === '' ? '' : `; ${held}`}. ${state}`,
  )
}
