// The report as Markdown: for an issue, a wiki, a job summary.
import { escapeUnsafe } from '../../reporters/escape.ts'
import type { CheckResult, HealthReport, HealthVerdict, Todo } from '../model.ts'
import { dollars } from '../words.ts'

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

function spend({ spend: { days } }: HealthReport): string[] {
  if (days.length === 0) return []
  const total = days.reduce((sum, day) => sum + day.usd, 0)
  const most = days.reduce((a, b) => (b.usd > a.usd ? b : a))
  return [
    '',
    `Spent in ${days.length} days: ${dollars(total)}; the most on ${most.day}: ${dollars(most.usd)}.`,
  ]
}

/** Names come from the account: no markup, no mention of people. */
function safe(text: string): string {
  return escapeUnsafe(text)
    .replace(/[\\`*_{}[\]<>#|~]/g, '\\$&')
    .replaceAll('@', '@\u200b')
}
