// Where health reports go: stdout and files, in one format or several.
import { resolve } from 'node:path'
import { htmlReport } from '../../health/formats/html.ts'
import { issueText, markdownReport } from '../../health/formats/markdown.ts'
import { textReport } from '../../health/formats/text.ts'
import type { HealthPolicy, HealthReport } from '../../health/model.ts'
import { ToolError } from '../../model/index.ts'
import type { CommandContext } from '../commands.ts'
import { programOf } from '../program.ts'
import { assertPlace, writeWhole } from '../whole-file.ts'

const FORMATS = ['text', 'json', 'markdown', 'html', 'issue'] as const
type Format = (typeof FORMATS)[number]

export interface HealthOutput {
  readonly format: Format
  readonly file: string | undefined
}

/** Reads --format, --output and --issue. Throws ToolError `E_USAGE`. */
export function planHealthOutputs({ args, cwd }: CommandContext): HealthOutput[] {
  const outputs = args.many('format').map((value): HealthOutput => {
    const [format = '', ...rest] = value.split('=')
    if (!FORMATS.includes(format as Format))
      throw new ToolError('E_USAGE', `--format: "${format}" is not one of text, json, markdown, html.`)
    return { format: format as Format, file: rest.length > 0 ? rest.join('=') : undefined }
  })
  if (args.has('issue')) outputs.push({ format: 'issue', file: undefined })
  const file = args.one('output')
  if (outputs.length === 0 || (file !== undefined && outputs.every((each) => each.file !== undefined)))
    outputs.push({ format: 'text', file: undefined })
  if (outputs.filter((output) => output.file === undefined).length > 1)
    throw new ToolError('E_USAGE', 'two reports for one output.', {
      hint: 'Give files: --format text --format html=health.html',
    })
  const planned = outputs.map((output) => (output.file === undefined && file ? { ...output, file } : output))
  for (const output of planned) if (output.file !== undefined) assertPlace(resolve(cwd, output.file))
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
