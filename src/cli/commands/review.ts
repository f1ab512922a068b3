// `unleak review`: walks through findings, asks what each is, and writes down what is accepted.
import { relative } from 'node:path'
import { readBaseline } from '../../config/baseline-file.ts'
import { readIgnores, writeIgnore } from '../../config/ignores.ts'
import { applyIgnores } from '../../filters/ignore-file.ts'
import {
  ExitCode,
  type Finding,
  type IgnoreEntry,
  type Report,
  type ScanPlan,
  ToolError,
} from '../../model/index.ts'
import { around } from '../../reporters/frame-text.ts'
import { CONFIDENCE_WORDS, sentence } from '../../reporters/words.ts'
import { holdBack } from '../../settle.ts'
import { endComplaint, ownerOf } from '../acceptance.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import { canAsk } from '../confirm.ts'
import { readFrames } from '../frames.ts'
import { createMask } from '../mask.ts'
import { askText, choose, nobodyToAsk } from '../prompts.ts'
import type { ReadReport, ReportedFinding } from '../report-file.ts'
import { scanWhole, tellPartial, type WholeScan } from '../whole-scan.ts'
import {
  type Answer,
  type Answered,
  answersOf,
  defaultEnd,
  entryOf,
  hasAnswers,
  makeEntry,
} from './review-answers.ts'

export const runReview: RunCommand = async (context) => {
  const { args, cwd } = context
  const [report, ...more] = args.positionals
  if (more.length > 0) throw new ToolError('E_USAGE', 'unleak review takes one report.')
  const isAsking = !hasAnswers(args)
  const isDry = args.has('dry-run')
  if (isAsking && !isDry && !canAsk())
    throw nobodyToAsk('unleak review', '--answer ID=false-alarm --all low=accepted --reason TEXT')
  const scanned = await scanWhole(context, report)
  const open = await openFindings(scanned.report, scanned.plan)
  const owner = await ownerOf(args, cwd)
  const answered =
    isAsking && !isDry ? await walk(open, context, scanned, owner) : byFlags(open, context, owner)
  const written = isAsking && !isDry ? [] : answered.flatMap(({ entry }) => entry ?? [])
  for (const entry of written) {
    if (isDry) context.terminal.out(`would accept ${entry.id}  ${entry.rule} in ${entry.path ?? ''}\n`)
    else await writeIgnore(scanned.plan.ignoreFile, entry)
  }
  if (isDry) for (const finding of left(open, answered)) context.terminal.out(`open ${lineOf(finding)}\n`)
  return conclude(context, scanned, open, answered)
}

interface Done extends Answered {
  readonly entry: IgnoreEntry | undefined
}

/** What nobody has answered yet: neither accepted nor in the baseline. Most severe first, as the report has them. */
async function openFindings({ findings }: ReadReport, plan: ScanPlan): Promise<readonly ReportedFinding[]> {
  // Neither looks at a secret, and a report that was read back has none.
  const all = findings as unknown as readonly Finding[]
  const open = applyIgnores(all, readIgnores(plan.ignoreFile), { now: new Date() }).findings
  if (plan.baseline === undefined) return open
  return (await holdBack(open, readBaseline(plan.baseline), plan, 'part')).findings
}

function byFlags(
  open: readonly ReportedFinding[],
  { args }: CommandContext,
  owner: string | undefined,
): Done[] {
  return answersOf(args, open).map((answered) => ({ ...answered, entry: entryOf(answered, args, owner) }))
}

/** Asks about one after the other; each answer is written at once, so that stopping loses nothing. */
async function walk(
  open: readonly ReportedFinding[],
  { terminal }: CommandContext,
  { plan, scanned }: WholeScan,
  owner: string | undefined,
): Promise<Done[]> {
  const done: Done[] = []
  for (const [i, finding] of open.entries()) {
    const head = `${i + 1} of ${open.length}`
    const frame = scanned ? await frameOf(finding, scanned, plan.root, terminal.width) : []
    terminal.err(`\n${describe(finding, head, frame)}\n`)
    const answer = await choose<Answer | 'later'>('What is it?', [
      { value: 'real', label: 'a real secret', hint: 'it stays reported; the response is shown' },
      { value: 'false-alarm', label: 'a false alarm', hint: 'not a secret' },
      { value: 'accepted', label: 'a secret that is accepted until a day' },
      { value: 'later', label: 'later', hint: 'Escape ends the review' },
    ])
    if (answer === undefined) break
    if (answer === 'later') continue
    if (answer === 'real') {
      terminal.err(`Respond to it with: unleak respond ${finding.id}\n`)
      done.push({ finding, answer, entry: undefined })
      continue
    }
    const entry = await askEntry({ finding, answer }, owner)
    if (entry === undefined) break
    await writeIgnore(plan.ignoreFile, entry)
    done.push({ finding, answer, entry })
  }
  return done
}

async function askEntry(answered: Answered, owner: string | undefined): Promise<IgnoreEntry | undefined> {
  const reason = await askText('Why? You will want to know in a year.', {
    complaint: (value) => (value === '' ? 'A reason is needed.' : undefined),
  })
  if (reason === undefined) return undefined
  const until = await askText('Until which day?', {
    initial: defaultEnd(answered.answer) ?? 'never',
    complaint: endComplaint,
  })
  if (until === undefined) return undefined
  return makeEntry(answered, reason, owner, until === 'never' ? undefined : until)
}

const MAX_PLACES = 5

function describe(
  { title, severity, secret, places, id, rule, confidence, evidence }: ReportedFinding,
  count: string,
  frame: readonly string[],
): string {
  const shown = places.slice(0, MAX_PLACES).map(({ path, kind, line, column, commit }) => {
    const at = path === undefined ? kind : `${path}:${line}:${column}`
    return `  ${printable(at)}${commit ? ` (commit ${commit.slice(0, 8)})` : ''}`
  })
  const more = places.length > MAX_PLACES ? [`  and ${places.length - MAX_PLACES} more places`] : []
  const head = `${count}: ${printable(title)} (${severity}), ${printable(secret.redacted)}`
  const why = evidence.length > 0 ? `: ${printable(evidence.join('; '))}` : ''
  const sure = `  ${sentence(CONFIDENCE_WORDS[confidence])}${why}`
  return [head, ...shown.slice(0, 1), ...frame, ...shown.slice(1), ...more, sure, `  ${rule}, ${id}`].join(
    '\n',
  )
}

/** The line that it stands on, where it can be read: often it alone tells what the secret is. */
async function frameOf(
  { id, secret }: ReportedFinding,
  scanned: Report,
  root: string,
  width: number,
): Promise<string[]> {
  const finding = scanned.findings.find((each) => each.id === id)
  const place = finding?.places[0]
  if (finding === undefined || place === undefined) return []
  const line = (await readFrames(scanned, root, createMask, [finding])).get(place)
  if (line === undefined) return []
  const head = `  ${place.line} | `
  return [head + printable(around(line, secret.redacted, width - head.length, '…'))]
}

/** A report may come from anywhere: nothing in it may write to the terminal as it likes. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '·')
}

function lineOf({ id, severity, rule, places }: ReportedFinding): string {
  return `${id}  ${severity.padEnd(8)}  ${rule}  ${printable(places[0]?.path ?? places[0]?.kind ?? '')}`
}

function left(open: readonly ReportedFinding[], answered: readonly Done[]): ReportedFinding[] {
  const accepted = new Set(answered.flatMap(({ entry }) => (entry ? [entry.id] : [])))
  return open.filter(({ id }) => !accepted.has(id))
}

/** 0 when nothing is open or real, 1 when something is, 2 when not everything was seen. */
function conclude(
  context: CommandContext,
  { report, plan }: { report: ReadReport; plan: ScanPlan },
  open: readonly ReportedFinding[],
  answered: readonly Done[],
): ExitCode {
  const { terminal, cwd, args } = context
  const accepted = answered.filter(({ entry }) => entry !== undefined).length
  const real = answered.length - accepted
  const later = open.length - answered.length
  const file = relative(cwd, plan.ignoreFile) || plan.ignoreFile
  const where = accepted > 0 && !args.has('dry-run') ? ` (in ${file}: commit it)` : ''
  terminal.tell(
    open.length === 0
      ? 'unleak: nothing to review.\n'
      : `unleak: ${accepted} accepted${where}, ${real} real, ${later} still open.\n`,
  )
  if (tellPartial(report, context) === ExitCode.failed) return ExitCode.failed
  return real + later > 0 ? ExitCode.found : ExitCode.clean
}
