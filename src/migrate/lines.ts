// Files of one pattern a line, with comments as in a .gitignore.

export interface PatternLine {
  readonly line: string
  /** `file:line`, as it is told. */
  readonly at: string
}

/** Lines that say something: neither empty nor a comment, without the space around them. */
export function* patternLines(text: string, name: string): Generator<PatternLine> {
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (line !== '' && !line.startsWith('#')) yield { line, at: `${name}:${i + 1}` }
  }
}
