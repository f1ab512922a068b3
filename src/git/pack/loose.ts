// Reads one loose object.
import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import type { PackProblemCode } from './contract.ts'
import { TYPE_NUMBERS } from './contract.ts'

export interface LooseContent {
  readonly type: number
  readonly bytes: Uint8Array
}

export interface LooseFailure {
  readonly code: PackProblemCode
  readonly message: string
}

const HEADER = /^(commit|tree|blob|tag) (0|[1-9]\d{0,15})\0/

export function readLoose(path: string, maxBytes: number): LooseContent | LooseFailure {
  let packed: Buffer
  try {
    packed = readFileSync(path)
  } catch (error) {
    return { code: 'unreadable', message: (error as Error).message }
  }
  let content: Buffer
  try {
    content = inflateSync(packed, { maxOutputLength: maxBytes + 32 })
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    return { code: tooLarge ? 'too-large' : 'bad-data', message: (error as Error).message }
  }
  const header = HEADER.exec(content.toString('latin1', 0, 32))
  if (header === null) return { code: 'bad-header', message: 'the file is no loose object' }
  const bytes = content.subarray(header[0].length)
  if (bytes.length !== Number(header[2]))
    return { code: 'bad-data', message: 'its size is not the one it says' }
  return { type: TYPE_NUMBERS[header[1] as 'blob'], bytes }
}
