// Answers to findings: what flags say, and the entries of the ignore file that come of them.
import { type IgnoreEntry, SEVERITIES, ToolError } from '../../model/index.ts'
import { endOf, inAYear } from '../acceptance.ts'
import type { Arguments } from '../arguments.ts'
import type { ReportedFinding } from '../report-file.ts'

export const ANSWERS = ['real', 'false-alarm', 'accepted'] as const
export type Answer = (typeof ANSWERS)[number]

export interface Answered {
  readonly finding: ReportedFinding
  readonly answer: Answer
}

/** True when answers were given as flags: then nobody is asked. */
export function hasAnswers(args: Arguments): boolean {
  return args.many('answer').length + args.many('all').length > 0
}

/** The answers of the flags; what names one finding goes before what names many. Throws ToolError `E_USAGE`. */
export function answersOf(args: Arguments, findings: readonly ReportedFinding[]): Answered[] {
  const single = args.many('answer').map((value) => parse('answer', value))
  const many = args.many('all').map((value) => parse('all', value))
  const ids = new Set(findings.map(({ id }) => id))
  const names = new Set(findings.flatMap(namesOf))
  for (const { what } of single)
    if (!ids.has(what)) throw nothingSuch('answer', what, 'is not a finding that is open')
  for (const { what } of many)
    if (!names.has(what) && !SEVERITIES.some((severity) => severity === what) && what !== 'all')
      throw nothingSuch('all', what, 'is neither a severity nor a rule or provider among the findings')
  return findings.flatMap((finding) => {
    const own = single.find(({ what }) => what === finding.id)
    const general = many.find(({ what }) => what === 'all' || namesOf(finding).includes(what))
    const answer = (own ?? general)?.answer
    return answer === undefined ? [] : [{ finding, answer }]
  })
}

function namesOf({ severity, rule, provider }: ReportedFinding): string[] {
  return [severity, rule, provider]
}

function parse(flag: string, value: string): { what: string; answer: Answer } {
  const at = value.lastIndexOf('=')
  const answer = ANSWERS.find((each) => each === value.slice(at + 1))
  if (at > 0 && answer !== undefined) return { what: value.slice(0, at), answer }
  throw new ToolError('E_USAGE', `--${flag}: "${value}" does not end in one of =${ANSWERS.join(', =')}.`, {
    hint: flag === 'all' ? 'For example: --all low=false-alarm' : 'For example: --answer ID=accepted',
  })
}

function nothingSuch(flag: string, what: string, why: string): ToolError {
  return new ToolError('E_USAGE', `--${flag}: "${what}" ${why}.`, {
    hint: 'Ids are shown by: unleak review --dry-run, or any report.',
  })
}

/** The entry that an answer given by flags makes; none for what is real. Throws ToolError without a reason. */
export function entryOf(
  { finding, answer }: Answered,
  args: Arguments,
  owner: string | undefined,
): IgnoreEntry | undefined {
  if (answer === 'real') return undefined
  const reason = args.one('reason')?.trim()
  if (!reason)
    throw new ToolError('E_USAGE', `"${answer}" needs --reason: what will you want to know in a year?`)
  return makeEntry({ finding, answer }, reason, owner, endOf(args, defaultEnd(answer)))
}

/** A false alarm stays one; a risk is looked at again. */
export function defaultEnd(answer: Answer): string | undefined {
  return answer === 'false-alarm' ? undefined : inAYear()
}

export function makeEntry(
  { finding, answer }: Answered,
  reason: string,
  owner: string | undefined,
  until: string | undefined,
): IgnoreEntry {
  const { id, rule, places } = finding
  const path = places[0]?.path
  return {
    id,
    reason,
    ...(answer === 'real' ? {} : { answer }),
    ...(owner ? { owner } : {}),
    ...(until ? { until } : {}),
    rule,
    ...(path ? { path } : {}),
  }
}
