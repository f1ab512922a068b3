// A new key, written to its first place before anything else happens; if it can't be kept, nothing is revoked.
import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Secret, ToolError } from '../../model/index.ts'
import { ApiError, LINKS } from '../../openai/index.ts'
import { fingerprintOf } from '../../places/key.ts'
import {
  dropKey,
  findLeftover,
  makeKey,
  type NewKey,
  nameFor,
  newKeyFacts,
  noNewKeyBecause,
} from '../create-key.ts'
import { doneFacts, textFact } from '../journaled.ts'
import type { Case, Outcome, Planned, Run, Step } from '../model.ts'
import { isInProduction } from '../targets.ts'
import { goOn, listWords, sentence, targetText, todo } from '../words.ts'
import { readBack, readValues, writeKey } from '../write-key.ts'

export const replace: Step = { id: 'replace', title: 'Make a new key', plan, apply, undo }

function plan(incident: Case): Planned {
  const way = wayOf(incident)
  if (way.kind === 'none') return { lines: [way.why], changes: false }
  if (way.kind === 'hand')
    return { lines: [`By hand: ${way.why}.`], todo: handTodo(incident), changes: false }
  if (way.kind === 'given') return { lines: ['Take the new key that you made.'], changes: false }
  const { serviceAccount, project } = incident.owner.listed!
  const where = serviceAccount
    ? `on the same service account, "${serviceAccount.name}"`
    : `on a new service account of the project "${project?.name}" (this key belongs to a person; a service account does not leave)`
  const [first] = incident.targets.local
  return {
    lines: [
      `Make a new key ${where}, and write it to ${first ? targetText(first) : 'its store'} at once. It is never shown.`,
    ],
    changes: true,
  }
}

type Way = { kind: 'given' | 'make' } | { kind: 'none' | 'hand'; why: string }

function wayOf(incident: Case): Way {
  const { targets, options, givenKey, admin, owner } = incident
  if (givenKey) return { kind: 'given' }
  if (options.noReplace) return { kind: 'none', why: 'No new key is made (--no-replace).' }
  const hasUse = targets.local.length > 0 || isInProduction(targets)
  if (!hasUse) return { kind: 'none', why: 'No place in this project uses it, so no new key is made.' }
  const obstacle = admin ? noNewKeyBecause(owner.listed) : 'there is no admin key (OPENAI_ADMIN_KEY)'
  if (incident.finding.provider !== 'openai')
    return { kind: 'hand', why: 'only keys of OpenAI are made by this program' }
  if (obstacle) return { kind: 'hand', why: obstacle }
  if (targets.local.length === 0)
    return {
      kind: 'hand',
      why: 'no env file here uses it, so a new key would have no place to be kept. Name one with --target FILE:NAME',
    }
  return { kind: 'make' }
}

function handTodo(incident: Case) {
  const url = incident.finding.response.find((step) => step.step === 'replace')?.url ?? LINKS.projectKeys
  return [
    todo(
      'Make a new key, put it into a variable of this shell, and go on. It is then written wherever the old one is.',
      {
        url,
        command: `read -rs NEW_KEY && export NEW_KEY && ${goOn(incident, '--new-key-env NEW_KEY')}`,
      },
    ),
  ]
}

async function apply(incident: Case, run: Run): Promise<Outcome> {
  const way = wayOf(incident)
  const earlier = textFact(doneFacts(incident, 'replace'), 'fingerprint')
  if (earlier !== undefined) return resume(incident, run, earlier)
  if (way.kind === 'none') return { state: 'not-needed', lines: [way.why] }
  if (way.kind === 'hand') {
    run.hold = isInProduction(incident.targets) ? way.why : undefined
    return { state: 'by-hand', lines: [sentence(way.why)], todo: handTodo(incident) }
  }
  const blocked = incident.targets.local.find((target) => !isWritable(target.file))
  if (blocked) return stopped(incident, run, `${blocked.path} can't be written`)
  return way.kind === 'given' ? await keepGiven(incident, run) : await make(incident, run)
}

function resume({ targets, givenKey }: Case, run: Run, fingerprint: string): Outcome {
  run.newKey =
    readBack(targets.local, fingerprint) ??
    (givenKey && fingerprintOf(givenKey) === fingerprint ? givenKey : undefined)
  if (run.newKey)
    return { state: 'done', lines: [`The new key ${run.newKey.redacted} is there, from an earlier run.`] }
  run.hold = 'the new key of an earlier run is no longer in any file'
  return {
    state: 'stopped',
    lines: [
      'An earlier run made a new key, but no file holds it any more. The old one is not revoked, so that nothing breaks.',
    ],
    todo: [
      todo('Put the new key into its variable, and hand it over with --new-key-env.', { url: LINKS.keys }),
    ],
  }
}

function stopped(_: Case, run: Run, why: string): Outcome {
  run.hold = why
  return {
    state: 'stopped',
    lines: [`${why}: no new key was made, and nothing was revoked.`],
    todo: [todo('Mend that and run this again. To revoke at once whatever breaks: --revoke-now.')],
  }
}

async function keepGiven(incident: Case, run: Run): Promise<Outcome> {
  const secret = incident.givenKey!
  await dropOrphans(incident)
  await keep(incident, secret)
  incident.journal.add('replace', 'done', {
    fingerprint: fingerprintOf(secret),
    redacted: secret.redacted,
    byHand: true,
  })
  run.newKey = secret
  return { state: 'done', lines: [`The new key ${secret.redacted} is the one you made.`] }
}

/** A run before may have made a key and not heard of it: with one made by hand nobody needs it. */
async function dropOrphans({ admin, owner, journal, key, targets, givenKey }: Case): Promise<void> {
  const name = textFact(journal.last('replace', 'started')?.facts, 'name')
  const project = owner.listed?.project?.id
  if (name === undefined || project === undefined || !admin) return
  const known = new Set([key, givenKey!].map(fingerprintOf))
  const held = targets.local.flatMap(readValues).filter((secret) => !known.has(fingerprintOf(secret)))
  await findLeftover(admin, project, name, held)
}

async function make(incident: Case, run: Run): Promise<Outcome> {
  const { admin, owner, journal, targets, id, key } = incident
  const listed = owner.listed!
  const project = listed.project!.id
  const name = nameFor(id, listed)
  try {
    const old = fingerprintOf(key)
    const held = targets.local.flatMap(readValues).filter((secret) => fingerprintOf(secret) !== old)
    const wasStarted = journal.last('replace', 'started') !== undefined
    const leftover = wasStarted ? await findLeftover(admin!, project, name, held) : undefined
    if (!wasStarted) journal.add('replace', 'started', { name })
    const made = leftover ?? (await makeKey(admin!, listed, name))
    const failure = await keepOrDrop(incident, made)
    if (failure !== undefined) return stopped(incident, run, failure)
    journal.add('replace', 'done', newKeyFacts(made))
    run.newKey = made.secret
    const [first] = targets.local
    const where = first ? `written to ${targetText(first)}` : 'not written to any file'
    return { state: 'done', lines: [`New key ${made.secret.redacted} ("${name}"), ${where}.`] }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    run.hold = isInProduction(targets) ? error.message : undefined
    const isRefused = error.kind === 'refused' && error.status < 500
    const line = isRefused
      ? `OpenAI made no key: ${error.message}.`
      : `It is not known whether OpenAI made the key: ${error.message}. The next run looks, and deletes one that nobody has.`
    const again = isRefused ? [] : [todo('Run this again.', { command: goOn(incident) })]
    return { state: 'by-hand', lines: [line], todo: [...again, ...handTodo(incident)] }
  }
}

/** Why the new key could not be kept; it is deleted then. */
async function keepOrDrop(incident: Case, made: NewKey): Promise<string | undefined> {
  try {
    await keep(incident, made.secret)
    assertKept(incident, made.secret)
    return undefined
  } catch (error) {
    const why = (error as Error).message.replace(/\.$/, '')
    const listed = incident.owner.listed!
    try {
      await dropKey(incident.admin!, listed.project!.id, made, listed.serviceAccount === undefined)
      return `${why} (the new key was deleted again)`
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal
      return `${why} (the new key ${made.id} could not be deleted again: ${refusal.message}; the next run tries once more)`
    }
  }
}

/** Somebody may have put another key into the file since it was looked at: then the new one stands nowhere. */
function assertKept({ targets }: Case, secret: Secret): void {
  const [first] = targets.local
  const print = fingerprintOf(secret)
  if (!first || readValues(first).some((each) => fingerprintOf(each) === print)) return
  throw new ToolError('E_WRITE', `${first.path} holds another key by now`)
}

async function keep(incident: Case, secret: Secret): Promise<void> {
  const { targets, key, root, stateDir, id, journal } = incident
  const [first] = targets.local
  if (!first) return
  const backup = await writeKey(first, key, secret, { root, backupDir: join(stateDir, 'backups', id) })
  if (backup) journal.add('write', 'done', { path: first.path, backup })
}

function isWritable(file: string): boolean {
  try {
    accessSync(dirname(file), constants.W_OK)
    if (existsSync(file)) accessSync(file, constants.W_OK)
    return true
  } catch {
    return false
  }
}

async function undo(incident: Case): Promise<readonly string[]> {
  const facts = doneFacts(incident, 'replace')
  const newKeyId = textFact(facts, 'newKeyId')
  const listed = incident.owner.listed
  if (newKeyId === undefined || !incident.admin || !listed?.project) return []
  const account = textFact(facts, 'newKeyAccount') ?? ''
  const made = { id: newKeyId, serviceAccount: account }
  await dropKey(incident.admin, listed.project.id, made, listed.serviceAccount === undefined)
  return [`The new key ${listWords([textFact(facts, 'redacted') ?? newKeyId])} is deleted.`]
}
