// What the journals of responses and rotations say was made from here, so that nobody is asked to explain it.
import type { Entry } from './journal.ts'
import { entriesOf, journalNames } from './journals.ts'

/** Ids of keys and service accounts; a journal that can't be read says nothing. */
export function madeHere(directory: string): ReadonlySet<string> {
  return new Set(journalNames(directory).flatMap((name) => entriesOf(directory, name).flatMap(idsOf)))
}

const idsOf = ({ facts }: Entry): string[] =>
  [facts.newKeyId, facts.newKeyAccount].filter((id) => typeof id === 'string' && id !== '') as string[]
