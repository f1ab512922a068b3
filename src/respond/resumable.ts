// Cases whose old key is no longer in any file: told by the journal, the key taken from the contents kept before.
import { join } from 'node:path'
import { type Secret, ToolError } from '../model/index.ts'
import { LINKS } from '../openai/index.ts'
import { readEnvFile } from '../places/env-file.ts'
import { fingerprintOf } from '../places/key.ts'
import { namesIn } from '../state/directory.ts'
import type { Entry } from '../state/journal.ts'
import { entriesOf, journalNames } from '../state/journals.ts'
import { textFact } from './journaled.ts'

/** The key that a case with this id is about; undefined: nothing of it was kept. */
export function keptKey(id: string, stateDir: string, journalName = id): Secret | undefined {
  const rule = textFact(entriesOf(stateDir, journalName).find(({ step }) => step === 'begin')?.facts, 'rule')
  if (rule === undefined) return undefined
  const folder = join(stateDir, 'backups', id)
  for (const name of namesIn(folder))
    for (const { secret } of readEnvFile(join(folder, name), name).variables)
      if (secret.id(rule) === id) return secret
  return undefined
}

/** The open rotation that made this key: its old key, which is still to be revoked. */
export function openRotation(current: Secret, stateDir: string): Secret | undefined {
  for (const name of journalNames(stateDir)) {
    const id = /^rotate-([0-9a-f]{16})$/.exec(name)?.[1]
    if (id === undefined) continue
    const entries = entriesOf(stateDir, name)
    const made = textFact(
      entries.findLast(({ step, event }) => step === 'replace' && event === 'done')?.facts,
      'fingerprint',
    )
    const isOver = entries.some(({ step }) => step === 'end')
    if (made !== fingerprintOf(current) || isOver) continue
    const kept = keptKey(id, stateDir, name)
    if (kept) return kept
    throw lostOldKey(entries.findLast(({ step, event }) => step === 'identify' && event === 'done'))
  }
  return undefined
}

/** Without the old key nothing can prove it dead; that it is still to be revoked must not be forgotten. */
function lostOldKey(identified: Entry | undefined): ToolError {
  const id = textFact(identified?.facts, 'keyId')
  const name = textFact(identified?.facts, 'keyName')
  return new ToolError(
    'E_NOT_FOUND',
    `this key took the place of ${name ? `"${name}" (${id})` : 'another'}, which was not revoked yet and is kept nowhere any more.`,
    { hint: `Delete the old one yourself: ${LINKS.keys}` },
  )
}
