// Where reports go: stdout and files, several formats at once, files whole or not at all.
import { resolve } from 'node:path'
import { type Report, ToolError } from '../model/index.ts'
import { FORMATS, type FormatName, type Reporter, type ReporterOptions } from '../reporters/reporter.ts'
import { foundText, nothingFoundText } from '../reporters/summary.ts'
import type { CommandContext } from './commands.ts'
import { programOf } from './program.ts'
import { assertPlaces, type Placed, placedFormats, withOutput } from './report-files.ts'
import { batches, writeWhole } from './whole-file.ts'

export type Output = Placed<FormatName>

/** Reads --format and --output before the scan, so that a mistake costs no scan. Throws ToolError `E_USAGE`. */
export function planOutputs({ args, terminal, cwd }: CommandContext): Output[] {
  const given = placedFormats(args.many('format'), FORMATS, `one of ${FORMATS.join(', ')}`)
  const file = args.one('output')
  if (file === '')
    throw new ToolError('E_USAGE', '--output: the name of the file is empty. Is a variable not set?')
  const planned = withOutput(given, file, formatOf(file), '--format text --format json=FILE')
  const reveal = args.one('reveal')
  if (reveal !== undefined && !['terminal', 'force'].includes(reveal))
    throw new ToolError('E_USAGE', '--reveal takes nothing, or "force".')
  if (reveal === 'terminal' && !terminal.isTerminal && planned.some((each) => each.file === undefined)) {
    throw new ToolError(
      'E_USAGE',
      '--reveal: stdout is not a terminal, secrets would go into a pipe or log.',
      {
        hint: 'Name a file with --output FILE, or insist with --reveal=force',
      },
    )
  }
  assertPlaces(planned, cwd)
  return planned
}

/** By the name of the file, where nothing else is said. */
const BY_NAME: readonly (readonly [end: RegExp, format: FormatName])[] = [
  [/\.sarif(\.json)?$/i, 'sarif'],
  [/\.json$/i, 'json'],
  [/\.(jsonl|ndjson)$/i, 'jsonl'],
  [/\.html?$/i, 'html'],
  [/\.(md|markdown)$/i, 'markdown'],
  [/\.csv$/i, 'csv'],
  [/\.xml$/i, 'junit'],
]

function formatOf(file: string | undefined): FormatName {
  return BY_NAME.find(([end]) => file !== undefined && end.test(file))?.[1] ?? 'text'
}

/** `root`: the top of what was scanned, or undefined for a report of another time. */
export async function writeReport(
  report: Report,
  outputs: readonly Output[],
  context: CommandContext,
  root: string | undefined,
  textReporter?: Reporter,
): Promise<void> {
  const { args, terminal } = context
  const isQuiet = args.has('quiet') && report.findings.length === 0 && report.scan.state === 'complete'
  if (isPlainPass(report, outputs, args)) {
    if (!isQuiet) terminal.tell(`${nothingFoundText(report, (text) => text)}\n`)
    return
  }
  const { loadReporter } = await import('../reporters/index.ts')
  const { maskReport } = await import('./mask.ts')
  const shown = args.one('reveal') === undefined ? await maskReport(report) : report
  const more = await moreOptions(shown, outputs, context, root)
  const write = async ({ format, file }: Output, without: Partial<ReporterOptions> = {}) => {
    const reporter = format === 'text' && textReporter ? textReporter : await loadReporter(format)
    const options = { ...reporterOptions(context, root, file !== undefined), ...more, ...without }
    const pieces = reporter(shown, options)
    if (file !== undefined) writeWhole(resolve(context.cwd, file), pieces)
    else if (!isQuiet || format !== 'text') for (const text of batches(pieces)) terminal.out(text)
  }
  await writeEach(outputs, write)
}

/** Where all went into files, what came of it and where it is: silence would look like nothing. */
export function tellFiles(
  report: Report,
  outputs: readonly Output[],
  { args, terminal }: CommandContext,
): void {
  const files = outputs.flatMap(({ file }) => file ?? [])
  if (files.length < outputs.length || args.has('quiet')) return
  const partial = report.scan.state === 'partial' ? ', and not everything was scanned' : ''
  const found =
    report.findings.length > 0
      ? `unleak: ${foundText(report.findings)}${partial}`
      : partial === ''
        ? nothingFoundText(report, (text) => text).replace(/\.$/, '')
        : 'unleak: no secrets in what was read, and not everything was scanned'
  terminal.err(`${found}; written to ${files.join(' and ')}.\n`)
}

/** Every report is tried. When a file can't be written, what was found is told all the same, and then the trouble. */
async function writeEach(
  outputs: readonly Output[],
  write: (output: Output, without?: Partial<ReporterOptions>) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = []
  for (const output of outputs) await write(output).catch((error) => failures.push(error))
  if (failures.length === 0) return
  const isTold = outputs.some(({ file }) => file === undefined)
  if (!isTold) await write({ format: 'text', file: undefined }, { reveal: false })
  throw failures[0]
}

/** What only some formats tell, and what takes time to learn. */
async function moreOptions(
  report: Report,
  outputs: readonly Output[],
  context: CommandContext,
  root: string | undefined,
): Promise<Partial<ReporterOptions>> {
  const isAsked = (name: FormatName) => outputs.some(({ format }) => format === name)
  const facts = isAsked('sarif') ? await (await import('./report-facts.ts')).reportFacts(context, root) : {}
  if (root === undefined || report.findings.length === 0 || !isAsked('text')) return facts
  const [{ readFrames }, { createMask }] = await Promise.all([import('./frames.ts'), import('./mask.ts')])
  return { ...facts, frames: await readFrames(report, root, createMask) }
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

/** Findings that a terminal is shown unasked. */
const MOST_ON_SCREEN = 100

/** `plain`: for a file, whatever the terminal can show. */
export function reporterOptions(
  { args, terminal, env }: CommandContext,
  root: string | undefined,
  plain: boolean,
): ReporterOptions {
  return {
    color: !plain && !args.has('no-color') && terminal.color,
    width: plain ? 80 : terminal.width,
    unicode: plain || terminal.unicode,
    hyperlinks: !plain && !args.has('no-color') && terminal.hyperlinks,
    verbose: args.has('verbose'),
    ...(plain || !terminal.isTerminal ? {} : { most: MOST_ON_SCREEN }),
    reveal: args.one('reveal') !== undefined,
    ...(root === undefined ? {} : { root }),
    program: programOf(env),
    ...(env.GIT_PREFIX ? { prefix: env.GIT_PREFIX } : {}),
  }
}
