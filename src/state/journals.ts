// All journals of a directory, read as far as they are whole and left as they are: for who asks what was done, not to go on.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { namesIn } from './directory.ts'
import type { Entry } from './journal.ts'

const ENDING = '.jsonl'

/** Their names, as `openJournal` takes them. */
export function journalNames(directory: string): string[] {
  const files = namesIn(join(directory, 'journals')).filter((name) => name.endsWith(ENDING))
  return files.map((name) => name.slice(0, -ENDING.length))
}

/** Nothing of a journal that is not there or damaged. */
export function entriesOf(directory: string, journal: string): Entry[] {
  try {
    const text = readFileSync(join(directory, 'journals', `${journal}${ENDING}`), 'utf8')
    const whole = text.slice(0, text.lastIndexOf('\n') + 1).split('\n')
    return whole.filter((line) => line !== '').map((line) => JSON.parse(line) as Entry)
  } catch {
    return []
  }
}
