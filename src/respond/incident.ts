// The incident report: what happened, when, what was done, what is left; as JSON and as Markdown.
import type { Money } from '../openai/index.ts'
import { escapeUnsafe } from '../reporters/escape.ts'
import type { Fact, Facts } from '../state/journal.ts'
import { version } from '../version.ts'
import { listFact, textFact } from './journaled.ts'
import type { Case, StepState, Todo } from './model.ts'
import { placeText, type Response } from './run.ts'
import { costText, isoMinute } from './words.ts'

export const INCIDENT_SCHEMA = 'unleak-incident/1'

export interface IncidentReport {
  readonly schema: typeof INCIDENT_SCHEMA
  readonly tool: { readonly version: string }
  readonly id: string
  readonly state: 'done' | 'open'
  readonly title: string
  readonly secret: { readonly redacted: string; readonly keyId: string | null; readonly owner: string | null }
  readonly leakedAt: string
  readonly leakedHow: string
  readonly places: readonly string[]
  readonly timeline: readonly { readonly at: string; readonly text: string }[]
  readonly damage: {
    /** One sum for each currency; null: not known. */
    readonly costs: readonly Money[] | null
    readonly requests: number | null
    readonly byModel: Readonly<Record<string, number>>
  }
  readonly steps: readonly {
    readonly id: string
    readonly title: string
    readonly state: StepState
    readonly lines: readonly string[]
    readonly todo: readonly Todo[]
  }[]
}

export function incidentReport(incident: Case, { results, run, state }: Response): IncidentReport {
  const { finding, owner, leakedAt, leakedHow } = incident
  const { listed } = owner
  return {
    schema: INCIDENT_SCHEMA,
    tool: { version },
    id: incident.id,
    state,
    title: finding.title,
    secret: {
      redacted: finding.secret.redacted,
      keyId: listed?.id ?? null,
      owner: listed?.serviceAccount?.name ?? listed?.user ?? null,
    },
    leakedAt: new Date(leakedAt * 1000).toISOString(),
    leakedHow,
    places: placesOf(incident),
    timeline: timelineOf(incident, run.damage.events ?? []),
    damage: {
      costs: run.damage.costs ?? null,
      requests: run.damage.requests ?? null,
      byModel: run.damage.byModel ?? {},
    },
    steps: results.map(({ id, title, state, lines, todo = [] }) => ({ id, title, state, lines, todo })),
  }
}

/** As the first run saw them; later ones find the key replaced. */
function placesOf({ journal, finding }: Case): readonly string[] {
  const begun = listFact(journal.last('begin', 'started')?.facts, 'places')
  return begun.length > 0 ? begun : finding.places.map(placeText)
}

const EVENTS: Readonly<Record<string, string>> = {
  'begin started': 'The response begins.',
  'identify done': 'The key is found in the account.',
  'replace done': 'A new key is made and kept.',
  'write done': 'An env file gets the new key.',
  'remote done': 'A store elsewhere gets the new key.',
  'filled done': 'A place elsewhere has the new key, on the word of a person.',
  'contain done': 'The old key is limited: it expires in one hour.',
  'revoke done': 'The old key is revoked.',
  'prove done': 'The old key is dead: OpenAI refuses it.',
  'undo done': 'What could be taken back is taken back.',
  'end done': 'The response is over.',
}

function timelineOf(
  incident: Case,
  events: readonly { at: number; text: string }[],
): IncidentReport['timeline'] {
  const { leakedAt, leakedHow, journal } = incident
  const author = textFact(journal.last('begin', 'started')?.facts, 'author')
  const ours = journal.entries.flatMap(({ at, step, event, facts }) => {
    const text = EVENTS[`${step} ${event}`]
    const what = detailOf(step, facts)
    return text === undefined ? [] : [{ at, text: what ? `${text} (${what})` : text }]
  })
  return [
    {
      at: new Date(leakedAt * 1000).toISOString(),
      text: author ? `Committed by ${author}: ${leakedHow}.` : `Taken for leaked since ${leakedHow}.`,
    },
    ...events.map(({ at, text }) => ({ at: new Date(at * 1000).toISOString(), text: `Audit log: ${text}` })),
    ...ours,
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function detailOf(step: string, facts: Facts): Fact | undefined {
  if (step === 'write') return facts.path
  if (step === 'remote') return facts.command
  return step === 'filled' ? `${facts.place}, said ${facts.by}` : undefined
}

const STATES: Readonly<Record<StepState, string>> = {
  done: 'done',
  'not-needed': 'not needed',
  'by-hand': 'by hand',
  stopped: 'not yet',
  unknown: 'not known',
}

export function incidentMarkdown(report: IncidentReport): string {
  const { damage, secret } = report
  const models = Object.entries(damage.byModel)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ')
  const owner = secret.owner ? `, of ${secret.owner}` : ''
  return [
    `# Incident ${report.id}: ${safe(report.title)}`,
    '',
    `- Key: \`${secret.redacted}\`${secret.keyId ? ` (${safe(secret.keyId)})` : ''}${safe(owner)}`,
    `- Out since: ${isoMinute(Date.parse(report.leakedAt))}, ${safe(report.leakedHow)}`,
    `- State: ${report.state === 'done' ? 'over' : 'open'}`,
    ...(damage.costs === null ? [] : [`- Cost since then: ${costText(damage.costs)} (own use included)`]),
    ...(damage.requests === null
      ? []
      : [`- Requests since then: ${damage.requests}${models ? ` (${safe(models)})` : ''}`]),
    '',
    '## Places',
    '',
    ...(report.places.length === 0
      ? ['None in this project.']
      : report.places.map((place) => `- ${safe(place)}`)),
    '',
    '## Time line (UTC)',
    '',
    '| time | what |',
    '| --- | --- |',
    ...report.timeline.map(({ at, text }) => `| ${at.slice(0, 19).replace('T', ' ')} | ${safe(text)} |`),
    '',
    '## Steps',
    ...report.steps.flatMap((step) => [
      '',
      `### ${step.title}: ${STATES[step.state]}`,
      '',
      ...step.lines.map((line) => `- ${safe(line)}`),
      ...step.todo.map(
        ({ text, url, command }) =>
          `- [ ] ${safe(text)}${url ? ` <${url}>` : ''}${command ? ` \`${escapeUnsafe(command)}\`` : ''}`,
      ),
    ]),
    '',
  ].join('\n')
}

function safe(text: string): string {
  return escapeUnsafe(text).replace(/[\\`*_{}[\]<>#|~]/g, '\\$&')
}
