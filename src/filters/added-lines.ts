// Keeps what stands on a line that no earlier version of the content has.

interface Placed {
  readonly lines: string
  readonly earlier: (() => Promise<readonly Uint8Array[]>) | undefined
}

/** True when at least one of the lines the secret stands on is in none of the earlier versions. */
export async function isNewLine(sighting: Placed): Promise<boolean> {
  if (!sighting.earlier) return true
  const versions = await sighting.earlier()
  const lines = sighting.lines.split('\n').map(trimReturn)
  return !lines.every((line) => versions.some((bytes) => hasLine(bytes, line)))
}

/** Whether `line` stands in `bytes` as a whole line; a change of line endings makes no line new. */
function hasLine(bytes: Uint8Array, line: string): boolean {
  if (line === '') return true
  const needle = Buffer.from(line, 'latin1')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = buffer.indexOf(needle); at !== -1; at = buffer.indexOf(needle, at + 1)) {
    const after = at + needle.length
    const starts = at === 0 || buffer[at - 1] === 0x0a
    const ends =
      after === buffer.length ||
      buffer[after] === 0x0a ||
      (buffer[after] === 0x0d && buffer[after + 1] === 0x0a)
    if (starts && ends) return true
  }
  return false
}

function trimReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
