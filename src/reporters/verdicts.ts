// What was asked and learned about each secret, as text for people.
import type { Finding, Report } from '../model/index.ts'
import { glue, row, wrap } from './layout.ts'
import { createPen, type Pen, type Style } from './pen.ts'
import { shownSecret } from './redaction.ts'
import type { Reporter } from './reporter.ts'
import { verdictText } from './verdict-text.ts'
import { count, list } from './words.ts'

export const verdicts: Reporter = function* (report, options) {
  const pen = createPen(report, options)
  const sections = [
    ...report.findings.map((finding) => verdictLines(finding, pen)),
    summaryLines(report, pen),
  ]
  yield sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${pen.finish(line)}\n`).join(''))
    .join('\n')
}

const STYLES: Readonly<Record<Finding['verdict']['state'], Style>> = {
  live: 'stop',
  'live-restricted': 'stop',
  'live-unusable': 'medium',
  dead: 'strong',
  unknown: 'medium',
  unchecked: 'medium',
}

function verdictLines(finding: Finding, pen: Pen): string[] {
  const { verdict, secret, places } = finding
  const { paint, known } = pen
  const names = [...new Set(places.flatMap(({ name }) => name ?? []))].map(pen.foreign)
  const named = names.length > 0 ? `, named ${list(names.map(glue), 3)}` : ''
  const shown = `${glue(known(shownSecret(secret, pen.reveal)))}, ${count(secret.length, 'character')}${named}`
  const rows: [label: string, paragraphs: readonly string[]][] = [
    ['Secret', [shown]],
    ['Verdict', [paint(STYLES[verdict.state], verdictText(verdict, pen.foreign))]],
  ]
  const revoke = finding.response.find(({ step }) => step === 'revoke')
  if (verdict.state.startsWith('live') && revoke) {
    rows.push(['If leaked', [known(revoke.text), ...(revoke.url ? [pen.url(revoke.url)] : [])]])
  }
  return [
    paint('strong', known(finding.title)),
    ...rows.flatMap(([label, paragraphs]) => row(paint('soft', label), paragraphs, pen.width)),
  ]
}

function summaryLines({ findings }: Report, pen: Pen): string[] {
  const number = (test: (state: string) => boolean) =>
    findings.filter(({ verdict }) => test(verdict.state)).length
  const live = number((state) => state.startsWith('live'))
  const dead = number((state) => state === 'dead')
  const open = number((state) => state === 'unknown' || state === 'unchecked')
  const parts = [
    live > 0 ? `${live} alive` : '',
    dead > 0 ? `${dead} dead` : '',
    open > 0 ? `${open} not known` : '',
  ].filter((part) => part !== '')
  const note = open > 0 ? ' Not known is not dead: treat it as alive.' : ''
  return wrap(
    `${count(findings.length, 'secret')}: ${parts.join(', ') || 'nothing to ask about'}.${note}`,
    pen.width,
  )
}
