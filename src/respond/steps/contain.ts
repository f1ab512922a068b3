// Limits a key that can't be revoked yet: it expires in an hour, whatever happens.
import { ApiError } from '../../openai/index.ts'
import { noNewKeyBecause } from '../create-key.ts'
import type { Case, Outcome, Planned, Run, Step } from '../model.ts'
import { isInProduction } from '../targets.ts'
import { isoMinute } from '../words.ts'

export const CONTAIN_SECONDS = 3600

export const contain: Step = { id: 'contain', title: 'Contain', plan, apply }

/** Only where revoking has to wait: something in production uses the key and can't get a new one by itself. */
function isWanted(incident: Case, hold: string | undefined): boolean {
  if (incident.options.contain) return true
  return hold !== undefined && !incident.options.revokeNow
}

function canContain({ admin, owner }: Case): boolean {
  return (
    admin !== undefined &&
    owner.listed !== undefined &&
    !owner.listed.isAdmin &&
    owner.listed.project !== undefined
  )
}

/** What the plan can know of the hold that the steps before will find. */
export function expectedHold(incident: Case): string | undefined {
  const { targets, options, givenKey, admin, owner } = incident
  if (options.revokeNow || !isInProduction(targets)) return undefined
  const noKey = givenKey ? undefined : admin ? noNewKeyBecause(owner.listed) : 'there is no admin key'
  if (noKey) return noKey
  if (targets.local.length === 0) return 'the new key has no file to be kept in'
  const pending = targets.hand.length + (options.runRemote ? 0 : targets.remote.length)
  return pending > 0
    ? `${pending === 1 ? 'one place' : `${pending} places`} elsewhere may still use the old key`
    : undefined
}

function plan(incident: Case): Planned {
  const hold = expectedHold(incident)
  if (!isWanted(incident, hold)) return { lines: ['Not needed: it is revoked at once.'], changes: false }
  if (!canContain(incident)) return { lines: ['Can not be done by a program for this key.'], changes: false }
  const why = hold === undefined ? '' : ` Revoking waits, because ${hold}.`
  return { lines: [`Let the key expire in one hour.${why}`], changes: true }
}

/** When a contained key ends, in milliseconds, by the entry of its journal. */
export const containedUntil = ({ at }: { readonly at: string }): number =>
  Date.parse(at) + CONTAIN_SECONDS * 1000

async function apply(incident: Case, run: Run): Promise<Outcome> {
  const before = incident.journal.last('contain', 'done')
  if (before)
    return { state: 'done', lines: [`It was set to expire at ${isoMinute(containedUntil(before))}.`] }
  if (!isWanted(incident, run.hold))
    return { state: 'not-needed', lines: ['Not needed: it is revoked at once.'] }
  if (!canContain(incident)) return { state: 'by-hand', lines: ['The key can not be limited by a program.'] }
  const { journal, admin, owner, clock } = incident
  const { id, project } = owner.listed!
  try {
    const { expires_at } = await admin!.projectKeys.get(project!.id, id)
    if (expires_at && expires_at * 1000 <= clock.now() + CONTAIN_SECONDS * 1000) {
      const line = `It expires by itself at ${isoMinute(expires_at * 1000)}, which is sooner.`
      return { state: 'done', lines: [line] }
    }
    const change = { expires_in_seconds: CONTAIN_SECONDS }
    await admin!.projectKeys.update(project!.id, id, change)
    journal.add('contain', 'done', change)
    return { state: 'done', lines: ['It expires in one hour; the change takes up to 15 minutes to hold.'] }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { state: 'by-hand', lines: [`OpenAI did not let it expire: ${error.message}.`] }
  }
}
