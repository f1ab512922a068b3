// A small private JSON file: when each key was last tested. Keys are named by their fingerprints.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePrivate } from '../places/rewrite.ts'
import { openDirectory } from './directory.ts'

export interface Memory {
  /** Fingerprint → when it was last seen to work, ISO 8601. */
  readonly tested: Readonly<Record<string, string>>
}

const FILE = 'health.json'

/** What is remembered; nothing when the file is not there or not ours to read. */
export function recall(directory: string): Memory {
  try {
    const content: unknown = JSON.parse(readFileSync(join(directory, FILE), 'utf8'))
    const tested = (content as Partial<Memory> | null)?.tested
    return { tested: typeof tested === 'object' && tested !== null ? tested : {} }
  } catch {
    return { tested: {} }
  }
}

export function remember(directory: string, memory: Memory): void {
  openDirectory(directory)
  writePrivate(join(directory, FILE), `${JSON.stringify(memory, null, 2)}\n`)
}
