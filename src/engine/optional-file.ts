// A file that may not be there.
import { readFileSync } from 'node:fs'

/** Undefined when it is absent or can't be read. */
export function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
