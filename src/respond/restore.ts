// Puts the kept bytes of a file back.
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { rewriteFile } from '../places/rewrite.ts'

/** False when the kept bytes are gone. */
export function restore(file: string, backup: string): boolean {
  let text: string
  try {
    text = readFileSync(backup, 'latin1')
  } catch {
    return false
  }
  rewriteFile(file, () => text, dirname(backup))
  return true
}
