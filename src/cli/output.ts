// Where reports go: stdout and files, several formats at once, files whole or not at all.
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Report, ToolError } from '../model/index.ts'
import { FORMATS, type FormatName, type Reporter, type ReporterOptions } from '../reporters/reporter.ts'
import { nothingFoundText } from '../reporters/summary.ts'
import type { CommandContext } from './commands.ts'

export interface Output {
  readonly format: FormatName
  /** Undefined: stdout. */
  readonly file: string | undefined
}

/** Reads --format and --output before the scan, so that a mistake costs no scan. Throws ToolError `E_USAGE`. */
export function planOutputs({ args, terminal }: CommandContext): Output[] {
  const outputs: Output[] = args.many('format').map((value) => {
    const [format = '', ...rest] = value.split('=')
    if (!FORMATS.includes(format as FormatName)) {
      throw new ToolError('E_USAGE', `--format: "${format}" is not one of ${FORMATS.join(', ')}.`)
    }
    return { format: format as FormatName, file: rest.length > 0 ? rest.join('=') : undefined }
  })
  const file = args.one('output')
  if (outputs.length === 0) outputs.push({ format: 'text', file: undefined })
  const toStdout = outputs.filter((o) => o.file === undefined)
  if (toStdout.length > 1) {
    throw new ToolError('E_USAGE', 'two reports for one output.', {
      hint: 'Give files: --format text --format json=FILE',
    })
  }
  if (args.one('reveal') === 'terminal' && !terminal.isTerminal && toStdout.length > 0 && !file) {
    throw new ToolError(
      'E_USAGE',
      '--reveal: stdout is not a terminal, secrets would go into a pipe or log.',
      {
        hint: 'Name a file with --output FILE, or insist with --reveal=force',
      },
    )
  }
  return outputs.map((output) => (output.file === undefined && file ? { ...output, file } : output))
}

export async function writeReport(
  report: Report,
  outputs: readonly Output[],
  context: CommandContext,
  root: string,
  textReporter?: Reporter,
): Promise<void> {
  const { args, terminal, cwd } = context
  const isQuiet = args.has('quiet') && report.findings.length === 0 && report.scan.state === 'complete'
  if (isPlainPass(report, outputs, args)) {
    if (!isQuiet) terminal.out(`${nothingFoundText(report, (text) => text)}\n`)
    return
  }
  const { REPORTERS } = await import('../reporters/index.ts')
  const { maskReport } = await import('./mask.ts')
  const shown = args.one('reveal') === undefined ? await maskReport(report) : report
  for (const { format, file } of outputs) {
    const reporter = format === 'text' ? (textReporter ?? REPORTERS.text) : REPORTERS[format]
    const text = [...reporter(shown, reporterOptions(context, root, file !== undefined))].join('')
    if (file !== undefined) writeWhole(resolve(cwd, file), text)
    else if (!isQuiet || format !== 'text') terminal.out(text)
  }
}

/** The usual answer is one line of our own words: neither reporters nor masks have to be made ready for it. */
const PLAIN: ReadonlySet<string> = new Set(['staged', 'message', 'scan', 'stdin'])

function isPlainPass(report: Report, outputs: readonly Output[], args: CommandContext['args']): boolean {
  const [first, ...more] = outputs
  const { command, state, problems } = report.scan
  return (
    PLAIN.has(command) &&
    more.length === 0 &&
    first?.format === 'text' &&
    first.file === undefined &&
    report.findings.length === 0 &&
    state === 'complete' &&
    problems.length === 0 &&
    !args.has('verbose')
  )
}

/** `plain`: for a file, whatever the terminal can show. */
export function reporterOptions(
  { args, terminal, env }: CommandContext,
  root: string,
  plain: boolean,
): ReporterOptions {
  return {
    color: !plain && !args.has('no-color') && terminal.color,
    width: plain ? 80 : terminal.width,
    unicode: plain || terminal.unicode,
    hyperlinks: !plain && !args.has('no-color') && terminal.hyperlinks,
    verbose: args.has('verbose'),
    reveal: args.one('reveal') !== undefined,
    root,
    program:
      env.npm_command === 'exec' || /node_modules/.test(process.argv[1] ?? '') ? 'npx unleak' : 'unleak',
    ...(env.GIT_PREFIX ? { prefix: env.GIT_PREFIX } : {}),
  }
}

/** Writes beside the file and renames: a reader never sees half a report. */
export function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(temporary, text, { mode: 0o600 })
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw new ToolError(
      'E_WRITE',
      `${file}: the report could not be written (${(error as NodeJS.ErrnoException).code}).`,
      {
        cause: error,
      },
    )
  }
}
