// Planned rotation only: both keys work for a while, so that every program gets to the new one.
import type { Case, Outcome, Run, Step } from '../model.ts'
import { goOn, isoMinute, todo } from '../words.ts'

const HOUR_MS = 3_600_000

/** The step for a grace period of `hours`, counted from when the new key was first shown to work. */
export function graceStep(hours: number): Step {
  return {
    id: 'grace',
    title: 'Wait',
    plan: () => ({
      lines: [
        hours === 0 ? 'No grace period.' : `Both keys work for ${hours} hours; run this again after them.`,
      ],
      changes: false,
    }),
    apply: (incident, run) => wait(incident, run, hours),
  }
}

async function wait(incident: Case, run: Run, hours: number): Promise<Outcome> {
  const { journal, clock } = incident
  if (run.newKey === undefined || run.hold !== undefined) {
    const why = run.newKey === undefined ? 'there is a new key' : `this is settled: ${run.hold}`
    return { state: 'stopped', lines: [`It begins once ${why}.`] }
  }
  const began = journal.last('grace', 'started') ?? journal.add('grace', 'started', { hours })
  const end = Date.parse(began.at) + Number(began.facts.hours ?? hours) * HOUR_MS
  if (clock.now() >= end) return { state: 'done', lines: ['The grace period is over.'] }
  run.hold = `both keys work until ${isoMinute(end)}`
  return {
    state: 'stopped',
    lines: [`Both keys work until ${isoMinute(end)}.`],
    todo: [todo(`Go on after ${isoMinute(end)}.`, { command: goOn(incident) })],
  }
}
