// Two active keys, primary and backup, and the backup tested within a month: this check is the test.
import { LINKS } from '../../openai/index.ts'
import { canSpend, isAccepted, type KeyVerdict } from '../join.ts'
import type { Check, HealthFacts, Item, KnownKey } from '../model.ts'
import { days, daysSince, keyText } from '../words.ts'

export const backup: Check = {
  id: 'backup',
  title: 'Primary and backup key',
  needs: 'keys',
  run: (facts) => {
    const primaries = facts.keys.filter((key) => !key.isBackup && !key.isAdmin)
    const backups = facts.keys.filter((key) => key.isBackup)
    const looked = 'the keys found by name; a backup has BACKUP in its name, or is named with --backup'
    const items = [
      ...(backups.length > 0 ? backups.map((key) => backupItem(key, facts)) : [noBackup(primaries, facts)]),
    ]
    return { looked, items }
  },
}

function noBackup(primaries: readonly KnownKey[], { answers }: HealthFacts): Item {
  const todo = [
    {
      text: 'Make a second key and keep it in a password manager; give it to this check as OPENAI_API_KEY_BACKUP.',
      url: LINKS.projectKeys,
    },
  ]
  const living = primaries.filter((key) => {
    const answer = answers.ok ? answers.value.get(key.fingerprint) : undefined
    return answer !== undefined && isAccepted(answer)
  })
  const text =
    living.length > 1
      ? `${living.length} keys are alive, but none is named as the backup, so none is tested as one`
      : 'there is no backup key: when the primary fails, everything stands still'
  return { subject: 'backup key', verdict: 'attention', text, todo }
}

function backupItem(key: KnownKey, { answers, memory, policy, now }: HealthFacts): Item {
  const subject = keyText(key)
  const answer = answers.ok ? answers.value.get(key.fingerprint) : undefined
  if (answer?.spending && answer.spending.state !== 'unknown') return spendItem(subject, answer.spending)
  if (answer && isAccepted(answer)) {
    const but = answer.spending ? `, but whether it can spend is not known: ${answer.spending.reason}` : ''
    const verdict = answer.spending ? 'not-checked' : 'well'
    return { subject, verdict, text: `tested now: it is accepted${but}`, todo: [spend] }
  }
  if (answer && answer.state !== 'unknown')
    return { subject, verdict: 'bad', text: `tested now: ${answer.reason}`, todo: [renew] }
  const tested = memory.tested[key.fingerprint]
  const age = tested === undefined ? undefined : daysSince(Date.parse(tested) / 1000, now)
  if (age === undefined || Number.isNaN(age))
    return {
      subject,
      verdict: 'not-checked',
      text: 'never tested, and it could not be asked now',
      todo: [again],
    }
  return age > policy.testBackupAfterDays
    ? { subject, verdict: 'attention', text: `last tested ${days(age)} ago`, todo: [again] }
    : { subject, verdict: 'well', text: `last tested ${age === 0 ? 'today' : `${days(age)} ago`}` }
}

/** A refusal that is neither for money nor for good, such as a model that is gone, proves nothing about money. */
function spendItem(subject: string, spending: KeyVerdict): Item {
  if (canSpend(spending)) return { subject, verdict: 'well', text: 'tested now: it works and can spend' }
  return spending.state === 'live'
    ? { subject, verdict: 'attention', text: `tested now: ${spending.reason}`, todo: [spend] }
    : { subject, verdict: 'bad', text: `tested now: ${spending.reason}`, todo: [renew] }
}

const renew = { text: 'Make a new backup key.', url: LINKS.projectKeys }
const again = { text: 'Test it with the network on.', command: 'unleak health --check backup' }
const spend = {
  text: 'Being accepted does not prove that it can spend; a request for less than a hundredth of a cent does.',
  command: 'unleak health --check backup --spend-test',
}
