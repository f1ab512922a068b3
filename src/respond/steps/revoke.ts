// Revokes the key, once: what is gone already is found gone. Where OpenAI refuses, the next best way.
import { ApiError, LINKS, type OpenAI } from '../../openai/index.ts'
import { unlessGone } from '../create-key.ts'
import { listedText } from '../identify.ts'
import type { Case, ListedKey, Outcome, Planned, Run, Step } from '../model.ts'
import { goOn, NOT_FOUND, sentence, todo } from '../words.ts'
import { expectedHold } from './contain.ts'

export const revoke: Step = { id: 'revoke', title: 'Revoke the key', plan, apply }

function plan(incident: Case): Planned {
  const { owner, options } = incident
  if (options.contain) return { lines: ['Not now (--contain).'], changes: false }
  const hold = expectedHold(incident)
  if (owner.answer?.state === 'dead')
    return { lines: ['It is dead already; nothing to revoke.'], changes: false }
  const byHand = handReason(incident)
  if (byHand) {
    const isByHand = owner.candidates.length < 2 && !incident.isActingKey
    return { lines: [`By hand: ${byHand}.`], todo: handTodo(incident), changes: false, isByHand }
  }
  if (hold) {
    const later = todo('When that is done, or if it must not wait:', {
      command: goOn(incident, '--revoke-now'),
    })
    return { lines: [`Wait: ${hold}.`], todo: [later], changes: false }
  }
  return { lines: [`Delete ${listedText(owner.listed!)}. It can not be undone.`], changes: true }
}

/** Why no program can revoke it; undefined: it can. */
function handReason({ finding, admin, owner, isActingKey, options }: Case): string | undefined {
  if (finding.provider !== 'openai') return "this provider's keys are revoked on its page"
  if (!admin) return 'there is no admin key (set OPENAI_ADMIN_KEY in the environment to have it done)'
  if (owner.candidates.length > 1) return `${owner.candidates.length} keys look like it; choose with --key-id`
  if (!owner.listed) return NOT_FOUND
  if (isActingKey && !options.revokeNow)
    return 'it is the admin key that this program acts with. Make another one, put it into OPENAI_ADMIN_KEY, and go on; or let it delete itself with --revoke-now'
  return undefined
}

function handTodo(incident: Case) {
  const { finding, owner, key } = incident
  const ofPerson = finding.rule === 'openai-legacy-key' || finding.rule === 'openai-none-key'
  const url = ofPerson
    ? LINKS.userKeys
    : key.redacted.startsWith('sk-admin-')
      ? LINKS.adminKeys
      : (finding.response.find((step) => step.step === 'revoke')?.url ?? LINKS.keys)
  return [
    ...owner.candidates.map((each) =>
      todo(
        `It may be ${listedText(each)}, made on ${new Date(each.createdAt * 1000).toISOString().slice(0, 10)}.`,
        { command: goOn(incident, `--key-id ${each.id}`) },
      ),
    ),
    todo(
      `Delete the key that ends in ${key.redacted.split('…').at(-1)}${ofPerson ? '; only its owner can' : ''}.`,
      { url },
    ),
  ]
}

async function apply(incident: Case, run: Run): Promise<Outcome> {
  const { journal, owner, options } = incident
  const before = journal.last('revoke', 'done')
  if (before) return { state: 'done', lines: [`Revoked on ${before.at.slice(0, 16).replace('T', ' ')} UTC.`] }
  if (options.contain) return { state: 'not-needed', lines: ['Not now (--contain).'] }
  if (owner.answer?.state === 'dead' && journal.last('revoke', 'started') === undefined)
    return { state: 'not-needed', lines: [`It was dead already: ${owner.answer.reason}.`] }
  const byHand = handReason(incident)
  if (byHand) {
    // The incident report has no other place that says why.
    const why = byHand === NOT_FOUND ? (owner.obstacle ?? byHand) : byHand
    return { state: 'by-hand', lines: [sentence(why)], todo: handTodo(incident) }
  }
  if (run.hold !== undefined && !options.revokeNow)
    return {
      state: 'stopped',
      lines: [`Not revoked yet: ${run.hold}.`],
      todo: [
        todo('When nothing uses the old key any more, or if it must not wait, revoke it.', {
          command: goOn(incident, '--revoke-now'),
        }),
      ],
    }
  return await remove(incident, owner.listed!, incident.admin!)
}

async function remove({ journal }: Case, listed: ListedKey, admin: OpenAI): Promise<Outcome> {
  try {
    if (await isGone(admin, listed)) {
      journal.add('revoke', 'done', { how: 'gone' })
      return { state: 'done', lines: ['It is no longer in the account: revoked.'] }
    }
    if (journal.last('revoke', 'started') === undefined)
      journal.add('revoke', 'started', { keyId: listed.id })
    const how = listed.isAdmin ? await removeAdmin(admin, listed) : await removeProjectKey(admin, listed)
    journal.add('revoke', 'done', { how })
    return { state: 'done', lines: [how] }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const mayOnlyRead = error.status === 403 || error.status === 401
    const hint = mayOnlyRead ? ' The admin key needs the permission to write (api.management.write).' : ''
    const url = listed.isAdmin ? LINKS.adminKeys : LINKS.keys
    return {
      state: 'by-hand',
      lines: [`OpenAI did not delete it: ${error.message}.${hint}`],
      todo: [todo(`Delete it yourself, now: ${listedText(listed)}.`, { url })],
    }
  }
}

async function isGone(admin: OpenAI, { id, project, isAdmin }: ListedKey): Promise<boolean> {
  if (isAdmin) return !(await admin.adminKeys.list()).some((key) => key.id === id)
  return !(await admin.projectKeys.list(project!.id)).some((key) => key.id === id)
}

async function removeAdmin(admin: OpenAI, { id }: ListedKey): Promise<string> {
  await unlessGone(() => admin.adminKeys.delete(id))
  return 'Deleted.'
}

async function removeProjectKey(admin: OpenAI, listed: ListedKey): Promise<string> {
  const project = listed.project!.id
  try {
    await unlessGone(() => admin.projectKeys.delete(project, listed.id))
    return 'Deleted.'
  } catch (error) {
    // Older versions of the API don't delete keys of service accounts.
    if (!(error instanceof ApiError) || error.status !== 400 || !listed.serviceAccount) throw error
  }
  const account = listed.serviceAccount.id
  const others = (await admin.projectKeys.list(project)).filter(
    (key) => key.id !== listed.id && key.owner.service_account?.id === account,
  )
  if (others.length === 0) {
    await unlessGone(() => admin.serviceAccounts.delete(project, account))
    return `Deleted with its service account "${listed.serviceAccount.name}", which had no other key.`
  }
  await admin.projectKeys.update(project, listed.id, { expires_in_seconds: 1 })
  return 'OpenAI does not delete a key of a service account here; it was set to expire at once, which takes up to 15 minutes.'
}
