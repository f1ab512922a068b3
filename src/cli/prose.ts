// Sentences for a terminal: broken at spaces, and never inside a command, which could no longer be copied.
import { columns, glue, wrap } from '../reporters/layout.ts'

/** Wider lines of prose are hard to read. */
const WIDEST = 100

/** Between backticks, or behind a colon up to the end of the sentence. */
const COMMANDS = /`[^`]+`|(?<=: )(?:unleak|git|npm|npx|pnpm|yarn|bun|gh|rm|chmod|sed) .*?(?=[.;] |[.;]?$)/g

/** Spaces in front, or the columns of a table up to the last. */
const HEAD = /^(?:.* {2,}| *)(?=\S)/

/** The lines of `text`, none wider than `width` unless one piece is. What is indented stays indented. */
export function prose(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => (columns(line) <= width ? line : broken(line, Math.min(width, WIDEST))))
    .join('\n')
}

function broken(line: string, width: number): string {
  const head = HEAD.exec(line)?.[0] ?? ''
  const isTable = columns(head) <= width / 2
  const indent = isTable ? columns(head) : /^ */.exec(line)![0].length + 2
  // The columns of a table that is too wide stay apart.
  const rest = isTable ? line.slice(head.length) : line.trimStart().replace(/ {2,}/g, glue)
  const first = isTable ? head : ' '.repeat(indent - 2)
  return wrap(rest.replace(COMMANDS, glue), width, first, ' '.repeat(indent)).join('\n')
}
