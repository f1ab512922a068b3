// Takes armoured text apart: the label, the headers and the base64 body, in whatever quoting it stands.

export interface Armour {
  readonly label: string
  readonly endLabel: string
  /** `Name: value` lines in front of the body. */
  readonly headers: readonly string[]
  /** Base64 without line ends and quotes, with a PGP checksum cut off; may be anything in a placeholder. */
  readonly body: string
  /** The four characters after `=` on a line of their own, as PGP writes them. */
  readonly checksum: string | undefined
}

const FRAME = /-----BEGIN ([A-Z0-9 ]{1,80})-----([\s\S]*)-----END ([A-Z0-9 ]{1,80})-----/

/** Reads the first BEGIN … END block of `text`, or undefined when there is none. */
export function readArmour(text: string): Armour | undefined {
  const frame = FRAME.exec(text)
  if (!frame) return undefined
  const lines = linesOf(frame[2]!)
  const headers = lines.filter((line) => HEADER.test(line))
  const data = lines.filter((line) => line !== '' && !HEADER.test(line))
  const last = data.at(-1) ?? ''
  const checksum = data.length > 1 && /^=[A-Za-z0-9+/]{4}$/.test(last) ? last.slice(1) : undefined
  const body = (checksum === undefined ? data : data.slice(0, -1)).join('')
  return { label: frame[1]!, endLabel: frame[3]!, headers, body, checksum }
}

const HEADER = /^[A-Z][A-Za-z-]{2,30}: ?\S/

/** The lines of a body: escapes undone, quotes, commas and joining operators gone, line marks gone. */
function linesOf(inner: string): string[] {
  const unescaped = inner
    .replace(/\\{1,4}r/g, '')
    .replace(/\\{1,4}n/g, '\n')
    .replace(/&#(?:10|13|x0?[aAdD]);/g, '\n')
    .replace(/\\{1,4}(?=\r?\n|$)/g, '')
  const lines = unescaped.split(/\r?\n/).map(bare)
  const filled = lines.filter((line) => line !== '')
  // A block that a diff added: every line of it starts with a plus.
  const added = filled.length > 1 && filled.every((line) => line.startsWith('+'))
  return lines.flatMap((line) => (added ? line.slice(1) : line)).flatMap(words)
}

/** One line without its indentation, comment marks, quotes and the operator that joins it to the next. */
function bare(line: string): string {
  const quoted = /["'`]([^"'`]*)["'`]/.exec(line)
  if (quoted?.[1]) return quoted[1].trim()
  return line
    .replace(/^[\s>#*|]{0,40}(?:\/\/ )?/, '')
    .replace(/["'`]\s*[+.,&_;)]*\s*["'`]?$/, '')
    .replace(/^[+.,\s]*["'`]/, '')
    .replace(/[\s,;)]+$/, '')
}

/** A body on one line with spaces for line ends is split at them; a header keeps its spaces. */
function words(line: string): string[] {
  return HEADER.test(line) ? [line] : line.split(/\s+/).map((word) => word.replace(/["'`,]/g, ''))
}
