// Lines for a terminal: width as it is seen, wrapping at spaces, rows with a label.

/** Stands for a space that must not become a line break; no cleaned text holds it. */
const GLUE = '\0'
/** What this room itself writes around text: colours and links. They take no room on the screen. */
const PAINT = /\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\/g
const PLAIN = /^[\0\x20-\x7e]*$/
const NO_WIDTH = /[\p{M}\p{Cf}]/gu
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/gu

/** Keeps a text in one piece: a path, an address or a command that is broken can't be clicked or copied. */
export function glue(text: string): string {
  return text.replaceAll(' ', GLUE)
}

/** Columns that a text takes on the screen. */
export function columns(text: string): number {
  const seen = text.includes('\x1b') ? text.replace(PAINT, '') : text
  if (PLAIN.test(seen)) return seen.length
  const marks = seen.replace(NO_WIDTH, '')
  const wide = marks.match(WIDE)?.length ?? 0
  return [...marks].length + wide
}

/** Breaks text at its spaces so that no line is wider than `width`, unless one unbreakable piece is. */
export function wrap(text: string, width: number, first = '', rest = first): string[] {
  const lines: string[] = []
  let line = first
  let used = columns(first)
  let isEmpty = true
  for (const word of text.split(' ')) {
    if (word === '') continue
    const room = columns(word)
    if (!isEmpty && used + 1 + room > width) {
      lines.push(line)
      line = rest
      used = columns(rest)
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    used += isEmpty ? room : room + 1
    isEmpty = false
  }
  if (!isEmpty) lines.push(line)
  return lines.map((each) => each.replaceAll(GLUE, ' '))
}

const LABEL = 10

/** Lines of a row: the label on the left, the paragraphs in a column beside it. */
export function row(label: string, paragraphs: readonly string[], width: number): string[] {
  const indent = ' '.repeat(2 + LABEL)
  const head = `  ${label}${' '.repeat(LABEL - columns(label))}`
  return paragraphs.flatMap((paragraph, i) => wrap(paragraph, width, i === 0 ? head : indent, indent))
}
