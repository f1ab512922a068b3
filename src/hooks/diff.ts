// A FileChange as lines for people: what goes, what comes, and a little around it.
import type { FileChange } from './types.ts'

export interface DiffLine {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

const AROUND = 2

/** Our changes are one or two small edits in a file: the common ends cut off, the rest shown. */
export function diffLines(change: Pick<FileChange, 'before' | 'after'>): DiffLine[] {
  const before = linesOf(change.before)
  const after = linesOf(change.after)
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  const room = Math.min(before.length, after.length) - head
  while (tail < room && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const line = (sign: DiffLine['sign']) => (text: string) => ({ sign, text: text.replace(/\r?\n$/, '') })
  return [
    ...before.slice(Math.max(0, head - AROUND), head).map(line(' ')),
    ...before.slice(head, before.length - tail).map(line('-')),
    ...after.slice(head, after.length - tail).map(line('+')),
    ...after.slice(after.length - tail, after.length - tail + AROUND).map(line(' ')),
  ]
}

function linesOf(bytes: Buffer | undefined): string[] {
  return bytes?.toString().match(/[^\n]*\n|[^\n]+$/g) ?? []
}
