// `unleak report FILE`: a saved report in any other format, or in the browser.
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ExitCode, type Report, ToolError } from '../../model/index.ts'
import { isNoReport, readSaved } from '../../reporters/saved.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import { openFile } from '../open-file.ts'
import { type Output, planOutputs, writeReport } from '../output.ts'
import { readStdin } from '../stdin.ts'

export const runReport: RunCommand = async (context) => {
  const [file, ...more] = context.args.positionals
  if (file === undefined || more.length > 0) {
    throw new ToolError('E_USAGE', 'unleak report takes one saved report, or "-" for standard input.', {
      hint: 'Save one: unleak audit --format json=report.json; then: unleak report report.json --open',
    })
  }
  const outputs = outputsOf(context)
  const report = await readReport(file, context.cwd)
  await writeReport(report, outputs, context, undefined)
  for (const output of outputs) if (output.file !== undefined) tell(context, output.file)
  if (context.args.has('open')) await openPage(outputs, context)
  return ExitCode.clean
}

/** `--open` without a page to open makes one, in a folder that is this user's own. */
function outputsOf(context: CommandContext): Output[] {
  const { args } = context
  const isNamed = args.has('format') || args.has('output')
  const planned = planOutputs(context)
  if (!args.has('open') || planned.some(isPage)) return planned
  const page = join(mkdtempSync(join(tmpdir(), 'unleak-report-')), 'report.html')
  return [...(isNamed ? planned : []), { format: 'html', file: page }]
}

function isPage({ format, file }: Output): boolean {
  return format === 'html' && file !== undefined
}

async function readReport(file: string, cwd: string): Promise<Report> {
  const read = readSaved(file === '-' ? await readStdin() : readFile(resolve(cwd, file)))
  if (!isNoReport(read)) return read
  const name = file === '-' ? 'what came on standard input' : file
  throw new ToolError('E_USAGE', `${name} is not a report of unleak: ${read.why}.`, {
    hint: read.hint ?? 'A report is what "unleak audit --format json=report.json" writes.',
  })
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new ToolError('E_NOT_FOUND', `${file}: the report could not be read (${code}).`, {
      hint: 'A report is what "unleak audit --format json=report.json" writes.',
      cause: error,
    })
  }
}

function tell({ terminal, args }: CommandContext, file: string): void {
  if (!args.has('quiet')) terminal.err(`unleak: written: ${file}\n`)
}

async function openPage(outputs: readonly Output[], { terminal, cwd }: CommandContext): Promise<void> {
  const file = resolve(cwd, outputs.find(isPage)!.file!)
  if (!(await openFile(file)))
    terminal.err(`unleak: no browser could be started; open it yourself: ${file}\n`)
}
