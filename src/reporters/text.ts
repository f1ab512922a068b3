// The report as text for people.
import type { Report } from '../model/index.ts'
import { blockedLines } from './blocked.ts'
import { wrap } from './layout.ts'
import { listingLines } from './listing.ts'
import { createPen, type Pen } from './pen.ts'
import { noteLines, verboseLines } from './problems-text.ts'
import type { Reporter } from './reporter.ts'
import { nothingFoundText } from './summary.ts'

/** One line when nothing was found; the blocked commit for the hooks; a listing for everything else. */
export const text: Reporter = function* (report, options) {
  const pen = createPen(report, options)
  for (const line of lines(report, pen)) yield `${pen.finish(line)}\n`
}

function lines(report: Report, pen: Pen): string[] {
  const { command, state } = report.scan
  if (report.findings.length === 0 && state === 'complete')
    return [
      ...wrap(nothingFoundText(report), pen.width),
      ...noteLines(report, pen),
      ...verboseLines(report, pen),
    ]
  return command === 'staged' || command === 'message' ? blockedLines(report, pen) : listingLines(report, pen)
}
