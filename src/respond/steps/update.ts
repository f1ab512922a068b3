// The new key into every place of the old one: env files here, stores elsewhere by their commands.
import { join, resolve } from 'node:path'
import { fingerprintOf } from '../../places/key.ts'
import { saidLines, saidPlaces, takeWord, type Waiting, waiting } from '../elsewhere.ts'
import { listFact } from '../journaled.ts'
import type { Case, Outcome, Planned, Run, Step, Target, Todo } from '../model.ts'
import { restore } from '../restore.ts'
import { runRemote } from '../run-remote.ts'
import { goOn, listWords, targetText, todo } from '../words.ts'
import { readValues, writeKey } from '../write-key.ts'

export const update: Step = { id: 'update', title: 'Update all environments', plan, apply, undo }

function plan(incident: Case): Planned {
  const { targets, options } = incident
  const { remote, hand } = waiting(incident)
  const lines = [
    ...targets.local.map(writeText),
    ...saidLines(incident),
    ...remote.map(({ command, use }) =>
      options.runRemote
        ? `Run for ${command.what} (${use.path}:${use.line}), the key on its standard input: ${command.shown}`
        : `Not run, but listed: ${command.what} (${use.path}:${use.line})`,
    ),
    ...targets.exposed.map(
      (use) => `Left alone: ${use.path}:${use.line} holds the old key in clear; it has to read a variable.`,
    ),
  ]
  return {
    lines: lines.length > 0 ? lines : ['No place was found that uses it.'],
    todo: todos(incident, { remote: options.runRemote ? [] : remote, hand }),
    changes: targets.local.length > 0 || (options.runRemote && remote.length > 0),
  }
}

function writeText(target: Target): string {
  const first = [
    ...(target.isTracked ? [`take ${target.path} out of git (it stays on disk)`] : []),
    ...(target.isIgnored ? [] : ['add it to .gitignore']),
  ]
  const before = first.length > 0 ? ` First ${first.join(' and ')}.` : ''
  return `Write the new key: ${targetText(target)}. The old content is kept privately.${before}`
}

/** @param run the run that has a new key or not; in a plan none has yet, and only the key's making is in doubt. */
function todos(incident: Case, { remote, hand }: Waiting, run?: Run): Todo[] {
  const { targets, admin, givenKey } = incident
  const mayRun = run ? run.newKey !== undefined : (admin ?? givenKey) !== undefined
  const restart = [...new Set(targets.restart.map((use) => use.path))]
  return [
    ...remote.map(({ command }) =>
      todo(`Fill ${command.what}; it asks for the value.`, { command: command.shown }),
    ),
    ...(mayRun && remote.length > 0
      ? [
          todo('Or let all of them be run, the key on their standard input.', {
            command: goOn(incident, '--run-remote'),
          }),
        ]
      : []),
    ...hand.map((each) => each.todo),
    ...(run?.newKey && remote.length + hand.length > 0
      ? [wordTodo(incident, remote.length + hand.length)]
      : []),
    ...targets.exposed.map((use) =>
      todo(`${use.path}:${use.line}: take the key out, and read it from a variable.`),
    ),
    ...(restart.length > 0 ? [todo(`Restart what takes it from ${listWords(restart)}.`)] : []),
    ...kept(incident),
    todo(
      'Tell your team: who has the old key in a file of their own, a notebook or a chat needs the new one from a password manager.',
    ),
  ]
}

/** Without it, what a person fills would never be over. */
function wordTodo(incident: Case, count: number): Todo {
  const which = count === 1 ? 'it has' : 'all of them have'
  const key = incident.targets.local.length === 0 ? ['--new-key-env NEW_KEY'] : []
  return todo(`Once ${which} the new key, say so; your name is noted with it.`, {
    command: goOn(incident, ...key, '--filled all'),
  })
}

/** The old contents hold other secrets too, so they ought not to stay. */
function kept({ journal, stateDir, id }: Case): Todo[] {
  if (journal.last('write', 'done') === undefined) return []
  const folder = join(stateDir, 'backups', id)
  return [
    todo(
      'The old env files are kept, readable by you only. Once the old key is revoked and all works, delete them.',
      { command: `rm -r ${folder}` },
    ),
  ]
}

async function apply(incident: Case, run: Run): Promise<Outcome> {
  const { targets, options, journal } = incident
  if (run.newKey === undefined) {
    const isUsed = targets.local.length + targets.remote.length + targets.hand.length > 0
    return isUsed
      ? {
          state: 'by-hand',
          lines: ['There is no new key yet, so every place still has the old one.'],
          todo: todos(incident, targets, run),
        }
      : {
          state: 'not-needed',
          lines: ['No place was found that uses it.'],
          todo: todos(incident, targets, run),
        }
  }
  const lines = await writeAll(incident, run.newKey)
  if (options.runRemote) await runAll(incident, run.newKey, waiting(incident).remote, lines)
  await takeWord(incident, run)
  lines.push(...saidLines(incident))
  const left = waiting(incident)
  const count = left.remote.length + left.hand.length
  if (count > 0) run.hold = holdText(count)
  journal.add('update', 'done', { lines })
  return { state: count > 0 ? 'by-hand' : 'done', lines, todo: todos(incident, left, run) }
}

const holdText = (count: number): string =>
  `${count === 1 ? 'one place' : `${count} places`} elsewhere may still use the old key`

async function writeAll(
  { targets, key, root, stateDir, id, journal }: Case,
  next: NonNullable<Run['newKey']>,
): Promise<string[]> {
  const lines: string[] = []
  const print = fingerprintOf(next)
  for (const target of targets.local) {
    const backup = await writeKey(target, key, next, { root, backupDir: join(stateDir, 'backups', id) })
    if (backup) journal.add('write', 'done', { path: target.path, backup })
    const holds = readValues(target).some((secret) => fingerprintOf(secret) === print)
    lines.push(
      holds ? `${targetText(target)}: new key.` : `${target.path}: holds another key by now; left alone.`,
    )
  }
  return lines
}

/** Each that worked is in the journal before the next one runs. */
async function runAll(
  { journal, root }: Case,
  next: NonNullable<Run['newKey']>,
  pending: Waiting['remote'],
  lines: string[],
): Promise<void> {
  for (const { command } of pending) {
    const problem = await runRemote(command, next, root)
    if (problem === undefined) journal.add('remote', 'done', { command: command.shown })
    lines.push(
      problem === undefined
        ? `${command.what}: new key.`
        : `${command.what}: \`${command.shown}\` failed: ${problem}.`,
    )
  }
}

/** Puts back the contents that the journal knows of, the last change first. */
async function undo(incident: Case): Promise<readonly string[]> {
  const { journal, root } = incident
  const entries = journal.standing()
  const lines: string[] = []
  for (const { facts } of entries.filter((entry) => entry.step === 'write').reverse()) {
    const { path, backup } = facts
    if (typeof path !== 'string' || typeof backup !== 'string') continue
    lines.push(
      restore(resolve(root, path), backup)
        ? `${path} is as it was.`
        : `${path} could not be put back: ${backup} is gone.`,
    )
  }
  const filled = entries.filter((entry) => entry.step === 'remote').map(({ facts }) => facts.command)
  return [
    ...new Set(lines),
    ...filled.map((command) => `Filled with the new key, and not put back: ${command}`),
    ...saidPlaces(incident).map((place) => `Filled by hand, and not put back: ${place}`),
    ...(listFact(journal.last('update', 'done')?.facts, 'lines').length > 0 && lines.length === 0
      ? ['No file had to be put back.']
      : []),
  ]
}
