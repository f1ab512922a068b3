// Where health reports go: stdout and files, in one format or several.
import { resolve } from 'node:path'
import { htmlReport } from '../../health/formats/html.ts'
import { issueText, markdownReport } from '../../health/formats/markdown.ts'
import { textReport } from '../../health/formats/text.ts'
import type { HealthPolicy, HealthReport } from '../../health/model.ts'
import type { CommandContext } from '../commands.ts'
import { programOf } from '../program.ts'
import { assertPlaces, type Placed, placedFormats, withOutput } from '../report-files.ts'
import { writeWhole } from '../whole-file.ts'

const FORMATS = ['text', 'json', 'markdown', 'html', 'issue'] as const
type Format = (typeof FORMATS)[number]

export type HealthOutput = Placed<Format>

/** Reads --format, --output and --issue. Throws ToolError `E_USAGE`. */
export function planHealthOutputs({ args, cwd }: CommandContext): HealthOutput[] {
  const given = placedFormats(args.many('format'), FORMATS, 'one of text, json, markdown, html')
  if (args.has('issue')) given.push({ format: 'issue', file: undefined })
  const planned = withOutput(given, args.one('output'), 'text', '--format text --format html=health.html')
  assertPlaces(planned, cwd)
  return planned
}

export function writeHealth(
  report: HealthReport,
  policy: HealthPolicy,
  outputs: readonly HealthOutput[],
  { args, env, terminal, cwd }: CommandContext,
): void {
  for (const { format, file } of outputs) {
    const text = printed(report, policy, format, {
      color: file === undefined && terminal.color,
      width: file === undefined ? terminal.width : 80,
      verbose: args.has('verbose'),
      program: programOf(env),
    })
    if (file !== undefined) writeWhole(resolve(cwd, file), text)
    else terminal.out(text)
  }
}

function printed(
  report: HealthReport,
  policy: HealthPolicy,
  format: Format,
  options: Parameters<typeof textReport>[1],
): string {
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`
  if (format === 'markdown') return markdownReport(report)
  if (format === 'issue') return issueText(report)
  if (format === 'html') return htmlReport(report, policy)
  return textReport(report, options)
}
