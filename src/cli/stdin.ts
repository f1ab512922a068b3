// Standard input as one text.
import { ToolError } from '../model/index.ts'

export async function readStdin(): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** What is too long for a key, in bytes. */
const MOST_BYTES = 20_000

/** A key from standard input. Throws ToolError `E_USAGE` when it is empty, or more than a key. */
export async function readKeyFromStdin(): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of process.stdin) {
    parts.push(part)
    bytes += part.length
    if (bytes > MOST_BYTES) throw new ToolError('E_USAGE', 'standard input holds more than a key.')
  }
  const text = Buffer.concat(parts).toString('utf8').trim()
  if (text === '') throw new ToolError('E_USAGE', 'standard input is empty: there is no key.')
  return text
}
