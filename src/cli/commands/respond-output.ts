// What the response says: the plan, each step as it ends, what is left, and where the incident report lies.
import { join, resolve } from 'node:path'
import { styleText } from 'node:util'
import { writePrivate } from '../../places/rewrite.ts'
import { escapeUnsafe } from '../../reporters/escape.ts'
import { glue, wrap } from '../../reporters/layout.ts'
import { listedText } from '../../respond/identify.ts'
import { incidentMarkdown, incidentReport } from '../../respond/incident.ts'
import type { Case, Step, StepState, Todo } from '../../respond/model.ts'
import type { Response, StepResult } from '../../respond/run.ts'
import { isoMinute, listWords } from '../../respond/words.ts'
import { openDirectory } from '../../state/directory.ts'
import type { CommandContext } from '../commands.ts'
import { asStarted } from '../program.ts'
import { assertPlaces, type Placed, placedFormats } from '../report-files.ts'
import type { Terminal } from '../terminal.ts'

const FORMATS = ['markdown', 'json'] as const

export type IncidentOutput = Placed<(typeof FORMATS)[number]>

/** Throws ToolError `E_USAGE`. */
export function planIncidentOutputs({ args, cwd }: CommandContext): IncidentOutput[] {
  const planned = placedFormats(args.many('format'), FORMATS, 'markdown or json')
  assertPlaces(planned, cwd)
  return planned.map((each) => (each.file === undefined ? each : { ...each, file: resolve(cwd, each.file) }))
}

/** @param rotates nothing got out: the key is replaced because it is time. */
export function planText(
  incident: Case,
  steps: readonly Step[],
  { terminal, env }: CommandContext,
  { rotates = false }: { rotates?: boolean } = {},
): string {
  const { finding, owner } = incident
  const width = Math.min(Math.max(terminal.width, 60), 100)
  const strong = (text: string) =>
    terminal.color ? styleText('bold', text, { validateStream: false }) : text
  const whose = owner.listed
    ? listedText(owner.listed)
    : (owner.obstacle ?? `${owner.candidates.length} keys look like it`)
  const lines = [
    strong(
      `unleak ${rotates ? 'rotate' : `respond ${incident.id}`}: ${finding.title} ${incident.key.redacted}`,
    ),
    ...wrap(
      `Its own answer: ${owner.answer ? `${owner.answer.state}, ${owner.answer.reason}` : 'not asked'}.`,
      width,
      '  ',
    ),
    ...wrap(`Whose: ${escapeUnsafe(whose)}.`, width, '  '),
    ...(rotates ? [] : wrap(leakedText(incident), width, '  ')),
    ...(rotates ? [] : firstOfAll(incident, steps, { width, env, strong })),
    '',
    'The plan:',
  ]
  for (const [i, step] of steps.entries()) {
    const planned = step.plan(incident)
    lines.push(strong(`  ${i + 1}. ${step.title}`))
    for (const line of planned.lines) lines.push(...wrap(escapeUnsafe(line), width, '     '))
    for (const each of planned.todo ?? []) lines.push(...todoLines(each, env, width, '     > '))
  }
  return `${lines.join('\n')}\n`
}

function leakedText({ leakedAt, leakedHow, finding }: Case): string {
  const published = finding.history?.published ?? []
  const out = published.length > 0 ? ` It was pushed: ${listWords(published)} holds it.` : ''
  return escapeUnsafe(`Taken for leaked since ${isoMinute(leakedAt * 1000)}: ${leakedHow}.${out}`)
}

/** A new key first is right where both take seconds. By hand it takes minutes, in which a thief has the old one. */
function firstOfAll(
  incident: Case,
  steps: readonly Step[],
  { width, env, strong }: { width: number; env: CommandContext['env']; strong: (text: string) => string },
): string[] {
  const planned = steps.find(({ id }) => id === 'revoke')?.plan(incident)
  if (!planned?.isByHand) return []
  const why = 'Before all else, because no program can do it for you, and it can be used until then:'
  return [
    '',
    ...wrap(why, width, '').map(strong),
    ...(planned.todo ?? []).flatMap((each) => todoLines(each, env, width, '  > ')),
    ...wrap('What still uses it stops then, until it has the new key.', width, '    '),
  ]
}

const STATES: Readonly<Record<StepState, readonly [text: string, style: 'green' | 'yellow']>> = {
  done: ['done', 'green'],
  'not-needed': ['not needed', 'green'],
  'by-hand': ['by hand', 'yellow'],
  stopped: ['not yet', 'yellow'],
  unknown: ['not known', 'yellow'],
}

export function stepText(result: StepResult, number: number, terminal: Terminal): string {
  const width = Math.min(Math.max(terminal.width, 60), 100)
  const [word, style] = STATES[result.state]
  const state = terminal.color ? styleText(style, word, { validateStream: false }) : word
  const lines = [`${number}. ${result.title}: ${state}`]
  for (const line of result.lines) lines.push(...wrap(escapeUnsafe(line), width, '   '))
  return `${lines.join('\n')}\n`
}

export function summaryText(
  response: Response,
  files: readonly string[],
  { terminal, env }: CommandContext,
): string {
  const width = Math.min(Math.max(terminal.width, 60), 100)
  const isRotation = response.results.some(({ id }) => id === 'grace')
  const isFirst = ({ id, state }: StepResult) => !isRotation && id === 'revoke' && state === 'by-hand'
  const inOrder = [...response.results].sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)))
  const todos = inOrder.flatMap((result) => result.todo ?? [])
  const distinct = [
    ...new Map(todos.map((each) => [`${each.text} ${each.url} ${each.command}`, each])).values(),
  ]
  const isDead = response.results.some(({ id, state }) => id === 'prove' && state === 'done')
  const head =
    response.state === 'open'
      ? `${isDead ? 'The key is dead. ' : ''}Not over yet.`
      : response.run.newKey
        ? 'The key is dead, and its successor is in place.'
        : 'The key is dead.'
  const left = distinct.length > 0 ? ['', `${head} Left for you:`] : ['', head]
  const lines = [
    ...left,
    ...distinct.flatMap((each, i) => todoLines(each, env, width, `${String(i + 1).padStart(2)}. `)),
  ]
  if (files.length > 0) lines.push('', 'Incident report:', ...files.map((file) => `  ${file}`))
  return `${lines.join('\n')}\n`
}

function todoLines(
  { text, url, command }: Todo,
  env: CommandContext['env'],
  width: number,
  first: string,
): string[] {
  const rest = ' '.repeat(first.length)
  const lines = wrap(escapeUnsafe(text), width, first, rest)
  if (url !== undefined) lines.push(`${rest}${url}`)
  if (command !== undefined) lines.push(...wrap(glue(escapeUnsafe(asStarted(command, env))), width, rest))
  return lines
}

/** Where nothing else is asked for, both lie in the state directory: they name people and addresses. */
export function writeIncident(
  incident: Case,
  response: Response,
  outputs: readonly IncidentOutput[],
  { terminal }: CommandContext,
): string[] {
  const report = incidentReport(incident, response)
  const texts = { json: `${JSON.stringify(report, null, 2)}\n`, markdown: incidentMarkdown(report) }
  const folder = join(incident.stateDir, 'incidents')
  openDirectory(incident.stateDir)
  const files: string[] = []
  const wanted: readonly IncidentOutput[] =
    outputs.length > 0
      ? outputs
      : [
          { format: 'markdown', file: join(folder, `${incident.id}.md`) },
          { format: 'json', file: join(folder, `${incident.id}.json`) },
        ]
  for (const { format, file } of wanted) {
    if (file === undefined) terminal.out(texts[format])
    else {
      writePrivate(file, texts[format])
      files.push(file)
    }
  }
  return files
}
