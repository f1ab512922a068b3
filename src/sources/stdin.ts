// Bytes from standard input, of any length.
import type { Source } from './source.ts'
import { chunksOf } from './windows.ts'

export const readStdin: Source = async function* (plan, reach, tally) {
  if (!plan.stdin) return
  tally.files += 1
  yield* chunksOf(plan.stdin, { kind: 'stdin' }, reach, {
    onBytes: (count) => {
      tally.bytes += count
    },
  })
}
