// A journal that survives a crash: one JSON line an event, synced before the next thing is done. It holds no secret.
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
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
  /** The last entry of this step and event. */
  last(step: string, event: Entry['event']): Entry | undefined
}

/** Opens the journal `name` below `directory`; nothing is made on disk before the first entry. A line that a crash cut off is taken away. */
export function openJournal(directory: string, name: string, now: () => Date): Journal {
  const file = join(directory, 'journals', `${name}.jsonl`)
  const entries = existsSync(file) ? readEntries(file) : []
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
    last: (step, event) => entries.findLast((entry) => entry.step === step && entry.event === event),
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
    .map((line) => JSON.parse(line) as Entry)
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
