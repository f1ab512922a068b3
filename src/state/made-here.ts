// What the journals of responses and rotations say was made from here, so that nobody is asked to explain it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Entry } from './journal.ts'

/** Ids of keys and service accounts; a journal that can't be read says nothing. */
export function madeHere(directory: string): ReadonlySet<string> {
  const folder = join(directory, 'journals')
  const ids = namesIn(folder).flatMap((name) => idsIn(join(folder, name)))
  return new Set(ids)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  } catch {
    return []
  }
}

function idsIn(file: string): string[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n')
    return lines.filter((line) => line !== '').flatMap((line) => idsOf(JSON.parse(line) as Entry))
  } catch {
    return []
  }
}

const idsOf = ({ facts }: Entry): string[] =>
  [facts.newKeyId, facts.newKeyAccount].filter((id) => typeof id === 'string' && id !== '') as string[]
