// Reads a JSON report back, for the commands that go on from one.
import { readFileSync } from 'node:fs'
import { type Finding, REPORT_SCHEMA, type Report, ToolError } from '../model/index.ts'

/** A finding as a JSON report has it: its secret is no longer there. */
export type ReportedFinding = Omit<Finding, 'secret'> & {
  readonly secret: { readonly redacted: string; readonly length: number }
}

export type ReadReport = Omit<Report, 'findings'> & { readonly findings: readonly ReportedFinding[] }

/** Throws ToolError when there is no such file, or it is no report of a scan. */
export function readReportFile(file: string): ReadReport {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const why = code === undefined ? 'is not JSON' : `could not be read (${code})`
    throw new ToolError('E_NOT_FOUND', `the report ${why}: ${file}`, {
      hint: 'Make one with: unleak audit --format json=FILE',
      cause,
    })
  }
  const report = content as Partial<ReadReport> | null
  if (report?.schema === REPORT_SCHEMA && Array.isArray(report.findings)) return report as ReadReport
  throw new ToolError('E_USAGE', `${file} is not a report of unleak (${REPORT_SCHEMA}).`, {
    hint: 'Make one with: unleak audit --format json=FILE',
  })
}
