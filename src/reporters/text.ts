// The report as text for people.
import type { Report } from '../model/index.ts'
import { blockedLines } from './blocked.ts'
import { wrap } from './layout.ts'
import { listingLines } from './listing.ts'
import { createPen, type Pen } from './pen.ts'
import { noteLines, verboseLines } from './problems-text.ts'
import type { Reporter } from './reporter.ts'
import { isNothingRead, nothingFoundText, rangeText } from './summary.ts'

/** One line when nothing was found; the blocked commit or push for the hooks; a listing for everything else. */
export const text: Reporter = function* (report, options) {
  const pen = createPen(report, options)
  for (const line of lines(report, pen)) yield `${pen.finish(line)}\n`
}

function lines(report: Report, pen: Pen): string[] {
  const { command, state } = report.scan
  if (report.findings.length === 0 && state === 'complete')
    return [
      ...wrap(nothingFoundText(report, pen.foreign), pen.width),
      ...rangeLines(report, pen),
      ...noteLines(report, pen),
      ...verboseLines(report, pen),
    ]
  return HOOKS.has(command) ? blockedLines(report, pen) : listingLines(report, pen)
}

const HOOKS: ReadonlySet<string> = new Set(['staged', 'message', 'push'])

/** A CI run says which commits it took for new: nobody chose them. */
function rangeLines(report: Report, pen: Pen): string[] {
  const isSaid = report.scan.command !== 'ci' || isNothingRead(report)
  return isSaid ? [] : wrap(rangeText(report, pen.foreign), pen.width)
}
