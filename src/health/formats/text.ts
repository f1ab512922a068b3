// The report for a terminal: the worst first, what is well in one line each.
import { styleText } from 'node:util'
import { escapeUnsafe } from '../../reporters/escape.ts'
import { glue, wrap } from '../../reporters/layout.ts'
import type { CheckResult, HealthReport, HealthVerdict, Item, Todo } from '../model.ts'

export interface TextOptions {
  readonly color: boolean
  readonly width: number
  readonly verbose: boolean
  /** How the user starts this program: `unleak` or `npx unleak`. */
  readonly program: string
}

const LABELS: Readonly<Record<HealthVerdict, string>> = {
  bad: 'bad',
  attention: 'attention',
  'not-checked': 'not checked',
  well: 'well',
}
const STYLES = { bad: ['bold', 'red'], attention: 'yellow', 'not-checked': 'cyan', well: 'green' } as const
const ORDER: readonly HealthVerdict[] = ['bad', 'attention', 'not-checked', 'well']

export function textReport(report: HealthReport, options: TextOptions): string {
  const width = Math.min(Math.max(options.width, 60), 100)
  const sorted = ORDER.flatMap((verdict) => report.checks.filter((check) => check.verdict === verdict))
  const told = sorted.filter((check) => check.verdict !== 'well' || options.verbose)
  const well = sorted.filter((check) => !told.includes(check))
  const lines = [
    headline(report, options),
    ...told.flatMap((check) => ['', ...checkLines(check, { ...options, width })]),
    ...(well.length > 0 ? ['', ...wellLines(well, options)] : []),
  ]
  return `${lines.join('\n')}\n`
}

export function headline({ counts }: HealthReport, { color }: Pick<TextOptions, 'color'>): string {
  const parts = ORDER.filter((verdict) => counts[verdict] > 0).map((verdict) =>
    paint(verdict, `${counts[verdict]} ${LABELS[verdict]}`, color),
  )
  return `unleak health: ${parts.join(', ')}.`
}

function checkLines(check: CheckResult, options: TextOptions): string[] {
  const label = paint(check.verdict, LABELS[check.verdict].toUpperCase(), options.color)
  const shown = options.verbose ? check.items : check.items.filter((item) => item.verdict !== 'well')
  const hidden = check.items.length - shown.length
  return [
    `${label}  ${check.title}`,
    ...wrap(`Looked at ${escapeUnsafe(check.looked)}.`, options.width, '  '),
    ...shown.flatMap((item) => itemLines(item, options)),
    ...(hidden > 0 ? [`  ${hidden === 1 ? 'One more is' : `${hidden} more are`} well.`] : []),
  ]
}

function itemLines({ subject, verdict, text, todo = [] }: Item, options: TextOptions): string[] {
  const mark = paint(verdict, MARKS[verdict], options.color)
  return [
    ...wrap(`${escapeUnsafe(subject)}: ${escapeUnsafe(text)}`, options.width, `  ${mark} `, '    '),
    ...todo.flatMap((each) => todoLines(each, options)),
  ]
}

const MARKS: Readonly<Record<HealthVerdict, string>> = {
  bad: 'x',
  attention: '!',
  'not-checked': '?',
  well: '+',
}

function todoLines({ text, url, command }: Todo, { width, program }: TextOptions): string[] {
  const how = command?.replace(/^unleak(?= )/, program) ?? url
  const lines = wrap(escapeUnsafe(text), width, '    > ', '      ')
  return how === undefined ? lines : [...lines, ...wrap(glue(escapeUnsafe(how)), width, '        ')]
}

function wellLines(checks: readonly CheckResult[], { color }: TextOptions): string[] {
  return [paint('well', 'WELL', color), ...checks.map((check) => `  + ${check.title}`)]
}

function paint(verdict: HealthVerdict, text: string, color: boolean): string {
  const style = STYLES[verdict]
  return color
    ? styleText(typeof style === 'string' ? style : [...style], text, { validateStream: false })
    : text
}
