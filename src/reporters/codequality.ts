// GitLab's code quality report: what a merge request shows beside the changed lines.
import { createHash } from 'node:crypto'
import { type Finding, isPartial, type Place, type Report, type Severity } from '../model/index.ts'
import { type Clean, createClean } from './clean.ts'
import { createPen } from './pen.ts'
import { isInFile, placeGroups, placeName } from './place-groups.ts'
import { printItems } from './print-json.ts'
import { problemText } from './problems-text.ts'
import { shownSecret } from './redaction.ts'
import type { Reporter, ReporterOptions } from './reporter.ts'
import { CONFIDENCE_WORDS } from './words.ts'

const SEVERITY: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
}

export const codequality: Reporter = function* (report, options) {
  const clean = createClean(report, options.reveal)
  yield '['
  yield* printItems(issuesOf(report, options, clean))
  yield '\n]\n'
}

function* issuesOf(report: Report, options: ReporterOptions, clean: Clean): Iterable<object> {
  for (const finding of report.findings)
    for (const places of placeGroups(finding)) yield findingIssue(finding, places[0], options, clean)
  const pen = createPen(report, { ...options, color: false, hyperlinks: false })
  const texts = report.scan.problems.filter(isPartial).map((problem) => problemText(problem, pen))
  if (texts.length === 0 && report.scan.state === 'partial') texts.push('a part could not be scanned')
  for (const text of texts) {
    const description = `unleak: not everything was scanned: ${text.replaceAll('\0', ' ')}`
    yield {
      description,
      check_name: 'unleak-partial-scan',
      fingerprint: fingerprint(description),
      severity: 'blocker',
      location: { path: '.', lines: { begin: 1 } },
    }
  }
}

function findingIssue(
  finding: Finding,
  place: Place | undefined,
  { reveal, below = '' }: ReporterOptions,
  clean: Clean,
): object {
  const { title, secret, confidence, rule, id, severity } = finding
  const shown = clean.known(shownSecret(secret, reveal))
  const revoke = finding.response.find(({ step }) => step === 'revoke')
  const steps = revoke ? ` ${clean.known(revoke.text)}${revoke.url ? ` ${clean.known(revoke.url)}` : ''}` : ''
  const name = place ? placeName(place) : '.'
  const path = place && isInFile(place) ? below + clean.foreign(name) : clean.foreign(name)
  return {
    description: `${clean.known(title)} ${shown}, ${CONFIDENCE_WORDS[confidence]} (${id}). Treat it as leaked.${steps}`,
    check_name: rule,
    fingerprint: fingerprint(`${id}\0${name}\0${place?.commit ?? ''}`),
    severity: SEVERITY[severity],
    location: { path, lines: { begin: place?.line ?? 1 } },
  }
}

/** The same for the same secret in the same file, wherever its line moves. */
function fingerprint(text: string): string {
  return createHash('sha256').update(`unleak-codequality/1\0${text}`).digest('hex').slice(0, 32)
}
