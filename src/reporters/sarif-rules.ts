// The rules that found something, with their help in plain text and Markdown, as SARIF describes them.

import {
  type Confidence,
  type Finding,
  type RulesetAbout,
  SEVERITIES,
  type Severity,
} from '../model/index.ts'
import type { Clean } from './clean.ts'
import type { ReportingDescriptor } from './sarif-types.ts'
import { STEP_WORDS } from './words.ts'

export const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
}

/** What code scanning makes its own severities of: over 9.0 is critical, from 7.0 high, from 4.0 medium. */
const SCORES: Readonly<Record<Severity, string>> = { critical: '9.8', high: '8.2', medium: '5.5', low: '2.5' }
const PRECISION: Readonly<Record<Confidence, string>> = { high: 'very-high', medium: 'high', low: 'medium' }

/** One for each rule with findings, by id. A rule is as severe as its most severe finding. */
export function sarifRules(
  findings: readonly Finding[],
  about: RulesetAbout | undefined,
  clean: Clean,
): ReportingDescriptor[] {
  const worst = new Map<string, Finding>()
  for (const finding of findings) {
    const other = worst.get(finding.rule)
    if (!other || rank(finding) > rank(other)) worst.set(finding.rule, finding)
  }
  return [...worst.keys()].sort().map((id) => descriptor(worst.get(id)!, about?.rules[id], clean))
}

function rank({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity)
}

function descriptor(
  { rule, title, severity, confidence, provider, response }: Finding,
  about: RulesetAbout['rules'][string] | undefined,
  { known }: Clean,
): ReportingDescriptor {
  const what = known(title)
  const description = about?.description ? known(about.description) : `${what}, found in the repository.`
  const references = about?.references.filter((url) => url.startsWith('https://')) ?? []
  const steps = response.map(({ step, text, url }) => ({ name: STEP_WORDS[step], text: known(text), url }))
  const alarm = 'If it is a false alarm: unleak ignore ID --reason "why", with the ID of the alert.'
  const markdown = [
    `${markdownText(description)}\n\nWhoever can read the code can use it. Treat it as leaked, in this order:\n`,
    ...steps.map(
      ({ name, text, url }, i) =>
        `${i + 1}. **${name}**: ${markdownText(text)}${url === undefined ? '' : ` <${known(url)}>`}`,
    ),
    `\n${alarm.replace(/unleak ignore .*?"why"/, (command) => `\`${command}\``)}`,
    ...(references.length > 0 ? [`\nMore: ${references.map((url) => `<${known(url)}>`).join(', ')}`] : []),
  ].join('\n')
  const text = [
    description,
    ...steps.map(({ name, text, url = '' }, i) => `${i + 1}. ${name}: ${text} ${known(url)}`.trimEnd()),
    alarm,
  ].join('\n')
  return {
    id: rule,
    name: rule.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, first: string) => first.toUpperCase()),
    shortDescription: { text: what },
    fullDescription: { text: description },
    help: { text, markdown },
    ...(references[0] === undefined ? {} : { helpUri: known(references[0]) }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['security', 'secret', 'external/cwe/cwe-798', provider],
      precision: PRECISION[confidence],
      'security-severity': SCORES[severity],
      'problem.severity': LEVELS[severity] === 'note' ? 'recommendation' : LEVELS[severity],
    },
  }
}

/** What Markdown would take for more than text. */
function markdownText(text: string): string {
  return text.replace(/[\\`*_[\]<>#]/g, '\\$&')
}
