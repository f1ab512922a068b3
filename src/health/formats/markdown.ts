// The report as Markdown: for an issue, a wiki, a job summary.
import { moneyText } from '../../openai/index.ts'
import { escapeUnsafe } from '../../reporters/escape.ts'
import type { CheckResult, HealthReport, HealthVerdict, Todo } from '../model.ts'

const SIGNS: Readonly<Record<HealthVerdict, string>> = {
  bad: '🔴 bad',
  attention: '🟡 attention',
  'not-checked': '⚪ not checked',
  well: '🟢 well',
}
const ORDER: readonly HealthVerdict[] = ['bad', 'attention', 'not-checked', 'well']

export function markdownReport(report: HealthReport): string {
  const sorted = ORDER.flatMap((verdict) => report.checks.filter((check) => check.verdict === verdict))
  const rows = sorted.map(
    (check) => `| ${SIGNS[check.verdict]} | ${safe(check.title)} | ${safe(check.looked)} |`,
  )
  const details = sorted.filter((check) => check.verdict !== 'well').flatMap(section)
  return [
    '# API key health',
    '',
    `Checked ${report.checkedAt.slice(0, 16).replace('T', ' ')} UTC by unleak ${report.tool.version}.`,
    '',
    '| verdict | check | looked at |',
    '| --- | --- | --- |',
    ...rows,
    ...details,
    ...spend(report),
    '',
  ].join('\n')
}

/** A GitHub issue: the first line is its title. */
export function issueText(report: HealthReport): string {
  const { bad, attention } = report.counts
  const title = `API key health: ${bad} bad, ${attention} to look at`
  return `${title}\n\n${markdownReport(report)}\nClose this when \`unleak health\` is well again.\n`
}

function section(check: CheckResult): string[] {
  const items = check.items.filter((item) => item.verdict !== 'well')
  return [
    '',
    `## ${SIGNS[check.verdict]}: ${safe(check.title)}`,
    '',
    ...items.flatMap((item) => [
      `- **${safe(item.subject)}**: ${safe(item.text)}`,
      ...(item.todo ?? []).map((todo) => `  - [ ] ${todoText(todo)}`),
    ]),
  ]
}

function todoText({ text, url, command }: Todo): string {
  return `${safe(text)}${url ? ` <${url}>` : ''}${command ? ` \`${escapeUnsafe(command).replaceAll('`', "'")}\`` : ''}`
}

function spend({ spend }: HealthReport): string[] {
  return spend.flatMap(({ currency, days }) => {
    const total = days.reduce((sum, { amount }) => sum + amount, 0)
    const most = days.reduce((a, b) => (b.amount > a.amount ? b : a))
    const text = (amount: number) => moneyText({ amount, currency })
    return [
      '',
      `Spent in ${days.length} days: ${text(total)}; the most on ${most.day}: ${text(most.amount)}.`,
    ]
  })
}

/** Names come from the account: no markup, no mention of people. */
function safe(text: string): string {
  return escapeUnsafe(text)
    .replace(/[\\`*_{}[\]<>#|~]/g, '\\$&')
    .replaceAll('@', '@\u200b')
}
