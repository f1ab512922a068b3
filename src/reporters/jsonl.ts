// One JSON value a line: what is scanned, each finding, and at last how it ended. Without the last line it did not end.
import { createClean } from './clean.ts'
import { findingJson, scanJson, toolJson } from './json.ts'
import { printJson } from './print-json.ts'
import type { Reporter } from './reporter.ts'

export const jsonl: Reporter = function* (report, { reveal }) {
  const clean = createClean(report, reveal)
  const { command, target, startedAt, ...rest } = scanJson(report, clean)
  const head = { type: 'scan', schema: report.schema, tool: toolJson(report), command, target, startedAt }
  yield line(head)
  for (const finding of report.findings)
    yield line({ type: 'finding', ...findingJson(finding, clean, reveal) })
  yield line({ type: 'end', findings: report.findings.length, ...rest })
}

function line(value: object): string {
  return `${printJson(value)}\n`
}
