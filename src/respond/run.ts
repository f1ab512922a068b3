// Runs the runbook: each step does its work or finds it done, and says what became of it.
import { type Place, ToolError } from '../model/index.ts'
import type { Facts } from '../state/journal.ts'
import { assertWord } from './elsewhere.ts'
import { keyFacts } from './journaled.ts'
import type { Case, Outcome, Run, Step } from './model.ts'
import { RUNBOOK } from './steps/index.ts'
import { goOn, todo } from './words.ts'

export interface StepResult extends Outcome {
  readonly id: string
  readonly title: string
}

export interface Response {
  readonly results: readonly StepResult[]
  readonly run: Run
  /** `done`: nothing is left to do; `open`: something is left to a person, or to another run. */
  readonly state: 'done' | 'open'
}

export async function runResponse(
  incident: Case,
  onStep: (result: StepResult) => void = () => {},
  steps: readonly Step[] = RUNBOOK,
): Promise<Response> {
  const { signal } = incident
  assertFresh(incident)
  assertWord(incident)
  const run: Run = { newKey: undefined, hold: undefined, damage: {} }
  const results: StepResult[] = []
  if (incident.journal.last('begin', 'started') === undefined)
    incident.journal.add('begin', 'started', beginFacts(incident))
  if (incident.owner.listed && incident.journal.last('identify', 'done') === undefined)
    incident.journal.add('identify', 'done', keyFacts(incident.owner.listed))
  for (const step of steps) {
    if (signal?.aborted) break
    const outcome = ended(await step.apply(incident, run), incident)
    const result = { id: step.id, title: step.title, ...outcome }
    results.push(result)
    onStep(result)
  }
  const isCut = results.length < steps.length
  const isOpen =
    isCut ||
    results.some(
      ({ id, state }) => state === 'stopped' || (MUST.has(id) && state !== 'done' && state !== 'not-needed'),
    )
  if (!isOpen && incident.journal.last('end', 'done') === undefined) incident.journal.add('end', 'done')
  return { results, run, state: isOpen ? 'open' : 'done' }
}

/** While somebody thought about the plan, another run may have carried it out: this one would make a second key. */
function assertFresh({ journal }: Case): void {
  if (!journal.hasGrown()) return
  throw new ToolError('E_WRITE', 'another run has worked on this key meanwhile; this one did nothing.', {
    hint: 'Run it again: it goes on from where the other ended.',
  })
}

/** What a step could not find out or do because it was interrupted is not work for a person: the next run does it. */
function ended(outcome: Outcome, incident: Case): Outcome {
  if (!incident.signal?.aborted || outcome.state === 'done' || outcome.state === 'not-needed') return outcome
  return {
    state: 'stopped',
    lines: ['Interrupted here; what it began is looked at again by the next run.'],
    todo: [todo('Go on.', { command: goOn(incident) })],
  }
}

/** What a later run can't see any more, once the old key is gone from the files. */
function beginFacts({ finding, key, targets, leakedAt, leakedHow }: Case): Facts {
  return {
    rule: finding.rule,
    redacted: key.redacted,
    leakedAt,
    leakedHow,
    files: targets.local.map((target) => target.path),
    variables: [
      ...new Set([
        ...targets.local.flatMap((target) => target.variables),
        ...finding.places.flatMap((place) => place.name ?? []),
      ]),
    ],
    places: finding.places.slice(0, 50).map(placeText),
    author: finding.history?.introduced?.author ?? null,
  }
}

export function placeText({ kind, path, line, commit }: Place): string {
  return `${kind} ${path ?? ''}:${line}${commit ? ` in ${commit.slice(0, 10)}` : ''}`
}

/** Steps that the case is not over without. */
const MUST: ReadonlySet<string> = new Set(['replace', 'update', 'revoke', 'prove'])

/** Takes back what can be: files, then the new key. Only before the old key is revoked. */
export async function undoResponse(incident: Case): Promise<readonly string[]> {
  assertFresh(incident)
  const lines: string[] = []
  for (const step of [...RUNBOOK].reverse()) lines.push(...((await step.undo?.(incident)) ?? []))
  incident.journal.add('undo', 'done')
  return lines
}
