// A commit message, as git will record it: what stands below the scissors line is not part of it.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ToolError } from '../model/index.ts'
import type { Source } from './source.ts'
import { chunkOf } from './windows.ts'

const SCISSORS = /^. -{8,40} >8 -{8,40}\r?$/m

export const readMessage: Source = async function* (plan, _reach, tally) {
  const file = plan.paths[0]
  if (file === undefined) {
    throw new ToolError('E_USAGE', 'unleak message needs the file that holds the message.', {
      hint: 'In a commit-msg hook: unleak message "$1"',
    })
  }
  let bytes: Buffer
  try {
    bytes = await readFile(resolve(plan.cwd, file))
  } catch (error) {
    throw new ToolError('E_NOT_FOUND', `the commit message ${file} could not be read.`, { cause: error })
  }
  const cut = SCISSORS.exec(bytes.toString('latin1'))
  tally.files += 1
  tally.bytes += bytes.length
  yield chunkOf(cut ? bytes.subarray(0, cut.index) : bytes, { kind: 'message', path: file })
}
