// Reads a JSON report back, for the commands that go on from one.
import { readFileSync } from 'node:fs'
import { type Finding, REPORT_SCHEMA, type Report, type SavedSecret, ToolError } from '../model/index.ts'

/** A finding as a JSON report has it: its secret is there only when that was made with `--reveal`. */
export type ReportedFinding = Omit<Finding, 'secret'> & { readonly secret: SavedSecret }

export type ReadReport = Omit<Report, 'findings'> & { readonly findings: readonly ReportedFinding[] }

const MAKE_ONE = 'Make one with: unleak audit --format json=FILE'

/**
 * Throws ToolError when there is no such file, or it is no report of a scan.
 * @param hints what to do when it can't be read, and when it is something else
 */
export function readReportFile(
  file: string,
  hints: { readonly unreadable: string; readonly other?: string } = { unreadable: MAKE_ONE, other: MAKE_ONE },
): ReadReport {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const why = code === undefined ? 'is not JSON' : `could not be read (${code})`
    throw new ToolError('E_NOT_FOUND', `the report ${why}: ${file}`, { hint: hints.unreadable, cause })
  }
  const report = content as Partial<ReadReport> | null
  if (report?.schema === REPORT_SCHEMA && Array.isArray(report.findings)) return report as ReadReport
  throw new ToolError('E_USAGE', `${file} is not a report of unleak (${REPORT_SCHEMA}).`, {
    ...(hints.other ? { hint: hints.other } : {}),
  })
}
