// A journal that survives a crash: one JSON line an event, synced before the next thing is done. It holds no secret.
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { ToolError } from '../model/index.ts'
import { openDirectory } from './directory.ts'

export type Fact = string | number | boolean | null | readonly string[]
export type Facts = Readonly<Record<string, Fact>>

export interface Entry {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly step: string
  /** `started` before something that can't be seen later, `done` after it. */
  readonly event: 'started' | 'done' | 'skipped' | 'note'
  readonly facts: Facts
}

export interface Journal {
  readonly file: string
  readonly entries: readonly Entry[]
  add(step: string, event: Entry['event'], facts?: Facts): Entry
  /** The entries that still hold: what `undo` took back is left out, what it can't take back stays. */
  standing(): readonly Entry[]
  /** The last entry of this step and event that still holds. */
  last(step: string, event: Entry['event']): Entry | undefined
  /** Another run has written to it since it was opened: what was read before is no longer true. */
  hasGrown(): boolean
}

/** What was learned, and what nobody can take back. */
const LASTING: ReadonlySet<string> = new Set(['begin', 'identify', 'contain', 'revoke', 'prove', 'end'])

/** Opens the journal `name` below `directory`; nothing is made on disk before the first entry. A line that a crash cut off is taken away. */
export function openJournal(directory: string, name: string, now: () => Date): Journal {
  const file = join(directory, 'journals', `${name}.jsonl`)
  const entries = existsSync(file) ? readEntries(file) : []
  const standing = () => {
    const undone = entries.findLastIndex(({ step, event }) => step === 'undo' && event === 'done')
    return entries.filter(({ step }, i) => i > undone || LASTING.has(step))
  }
  return {
    file,
    entries,
    add: (step, event, facts = {}) => {
      const entry: Entry = { at: now().toISOString(), step, event, facts }
      openDirectory(directory)
      openDirectory(join(directory, 'journals'))
      append(file, `${JSON.stringify(entry)}\n`)
      entries.push(entry)
      return entry
    },
    standing,
    last: (step, event) => standing().findLast((entry) => entry.step === step && entry.event === event),
    hasGrown: () => (existsSync(file) ? readEntries(file).length : 0) !== entries.length,
  }
}

function append(file: string, line: string): void {
  const descriptor = openSync(file, 'a', 0o600)
  try {
    writeSync(descriptor, line)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function readEntries(file: string): Entry[] {
  const text = readFileSync(file, 'utf8')
  const end = text.lastIndexOf('\n') + 1
  if (end < text.length) cutOff(file, Buffer.byteLength(text.slice(0, end)))
  return text
    .slice(0, end)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parseEntry(line, file))
}

/** A journal that can't be read is no empty one: to begin anew would make a second key. */
function parseEntry(line: string, file: string): Entry {
  try {
    return JSON.parse(line) as Entry
  } catch (cause) {
    throw new ToolError('E_NOT_FOUND', `${file}: the journal of an earlier run is damaged.`, {
      hint: 'Look in it for what was done (ids only, no secret). To begin anew, move it away.',
      cause,
    })
  }
}

function cutOff(file: string, length: number): void {
  const descriptor = openSync(file, 'r+')
  try {
    ftruncateSync(descriptor, length)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
