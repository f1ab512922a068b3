// A commit or push that was stopped: everything a frightened person needs, in the order in which it is needed.
import type { Finding, Report } from '../model/index.ts'
import { findingLines, historyText, wasCommitted } from './finding-text.ts'
import { goOnLines } from './go-on.ts'
import { wrap } from './layout.ts'
import type { Pen } from './pen.ts'
import { noteLines, notScannedLines, partialCode, verboseLines } from './problems-text.ts'
import { pushOnLines } from './push-on.ts'
import { responseLines } from './response-text.ts'
import { bySeverity, isNothingRead, scannedText } from './summary.ts'
import { count, number } from './words.ts'

/** Findings shown in full before the rest is only counted. */
const MAX_FINDINGS = 20
const GRACE_DAYS = 90

/** All lines of the blocked commit; also for a commit that is stopped only because it could not be read whole. */
export function blockedLines(report: Report, pen: Pen): string[] {
  const findings = bySeverity(report.findings)
  const isPush = report.scan.command === 'push'
  return [
    wrap(pen.paint('stop', headline(report)), pen.width),
    ...findingSections(report, findings, pen),
    responseLines(findings, pen, isPush ? 'these commits' : 'this commit'),
    findings.length > 0 ? (isPush ? pushOnLines(findings, pen) : goOnLines(report, findings, pen)) : [],
    findings.length > 0 ? falseAlarmLines(report, findings, pen) : [],
    notScannedLines(
      report,
      `The ${isPush ? 'push' : 'commit'} is blocked because of it (exit code ${partialCode(report)}): a secret may be there.`,
      pen,
    ),
    findings.length === 0 ? wrap(readText(report), pen.width) : [],
    [...noteLines(report, pen), ...verboseLines(report, pen)],
  ]
    .filter((section) => section.length > 0)
    .flatMap((section, i) => (i === 0 ? section : ['', ...section]))
}

const STOPPED: Readonly<Record<string, readonly [stopped: string, what: string]>> = {
  staged: ['commit', 'what you are about to commit'],
  message: ['commit', 'the commit message'],
  push: ['push', 'what it would publish'],
}

function headline({ scan, findings }: Report): string {
  const [stopped, what] = STOPPED[scan.command] ?? STOPPED.staged!
  if (findings.length === 0) return `unleak stopped this ${stopped}: a part of ${what} could not be scanned.`
  const rest = scan.state === 'partial' ? ', and a part could not be scanned' : ''
  return `unleak stopped this ${stopped}: ${count(findings.length, 'secret')} in ${what}${rest}.`
}

function readText(report: Report): string {
  if (isNothingRead(report)) return 'Nothing could be read.'
  return `No secrets in what could be read: ${scannedText(report)}.`
}

function findingSections({ scan }: Report, findings: readonly Finding[], pen: Pen): string[][] {
  const shown = pen.verbose ? findings : findings.slice(0, MAX_FINDINGS)
  const isSeveral = findings.length > 1
  const isPush = scan.command === 'push'
  const sections = shown.map((finding, i) => {
    const history = isPush ? unpublishedText(!isSeveral) : [beforeText(finding, !isSeveral, pen)]
    const style = { showId: isSeveral, historyLabel: 'Before', history }
    return findingLines(finding, isSeveral ? { ...style, ordinal: i + 1 } : style, pen)
  })
  const rest = findings.length - shown.length
  if (rest > 0)
    sections.push([
      `And ${number(rest)} more; see them all with: ${pen.command(isPush ? 'UNLEAK_VERBOSE=1 git push' : 'unleak staged --verbose')}`,
    ])
  return sections
}

function unpublishedText(isInFull: boolean): string[] {
  if (!isInFull) return []
  return [
    'The remote is not known to have it. If it has never left this machine, taking it out of its commit is enough. If it was ever pushed, pasted or sent, or you are not sure, revoke it.',
  ]
}

/** Whether taking the secret out is enough; never surer than what is known. */
function beforeText(finding: Finding, isInFull: boolean, pen: Pen): string {
  const { history } = finding
  if (history && wasCommitted(finding)) {
    const hasMore = history.introduced !== null || history.published.length > 0
    const facts = hasMore ? historyText(history, pen).join('; ') : 'the last commit (HEAD) holds it too'
    return `Committed earlier: ${facts}. Taking it out now leaves it in the history: it has to be revoked and replaced.`
  }
  const fact = history
    ? 'Not in the last commit (HEAD).'
    : 'Whether an earlier commit holds it was not looked at.'
  const advice =
    ' If it has never left this machine, taking it out now is enough. If it was ever pushed, pasted or sent, or you are not sure, revoke it.'
  return isInFull ? fact + advice : fact
}

function falseAlarmLines({ scan }: Report, findings: readonly Finding[], pen: Pen): string[] {
  const one = findings.length === 1 ? findings[0] : undefined
  const id = one ? pen.known(one.id) : 'ID'
  const which = one ? 'The id' : 'The id stands with each secret above; it'
  const comment = scan.command !== 'staged' ? '' : 'Or write the comment unleak:allow on its line.'
  return [
    pen.paint('strong', 'If this is a false alarm:'),
    `    ${pen.command(`unleak ignore ${id} --reason "why" --until ${untilDate(scan.startedAt)}`)}`,
    ...wrap(comment, pen.width, '  '),
    ...wrap(`${which} stays the same in every scan.`, pen.width, '  '),
  ]
}

function untilDate(startedAt: string): string {
  const start = Date.parse(startedAt)
  return Number.isNaN(start) ? 'DATE' : new Date(start + GRACE_DAYS * 86_400_000).toISOString().slice(0, 10)
}
