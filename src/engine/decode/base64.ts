// Base64 in plain sight: long runs of its alphabet that decode to text.
import { ALPHABET } from '../kernel/runs.ts'
import { NAME_AHEAD, withNameAhead } from './assignment.ts'
import type { Decoded } from './decoded.ts'

const MAX_RUN = 1 << 20
/** A wrapped block goes on over the line break when the line was at least this long. */
const MIN_WRAPPED_LINE = 56

/**
 * Decodes the run `[start, end)`, joined with the lines it is wrapped over, with the name it is assigned to before it;
 * undefined when it isn't text.
 */
export function decodeBase64(bytes: Uint8Array, start: number, end: number): Decoded | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!looksLikeText(Buffer.from(buffer.toString('latin1', start, start + 16), 'base64'))) return undefined
  const lines = wrappedLines(bytes, start, end)
  const encoded = lines.map((line) => buffer.toString('latin1', line.start, line.end)).join('')
  const text = Buffer.from(encoded, 'base64').toString('latin1')
  const decoded: Decoded = {
    text,
    start,
    end: lines.at(-1)!.end,
    via: 'base64',
    toSource: (offset) => positionIn(lines, Math.ceil((offset * 4) / 3)),
  }
  return withNameAhead(decoded, buffer.toString('latin1', Math.max(0, start - NAME_AHEAD), start))
}

interface Line {
  readonly start: number
  readonly end: number
}

function wrappedLines(bytes: Uint8Array, start: number, end: number): Line[] {
  const lines = [{ start, end }]
  let last = lines[0]!
  while (last.end - last.start >= MIN_WRAPPED_LINE && last.end - start < MAX_RUN) {
    const next = nextLineStart(bytes, last.end)
    if (next === undefined) break
    let stop = next
    while (stop < bytes.length && ALPHABET[bytes[stop]!]) stop += 1
    if (stop === next) break
    last = { start: next, end: stop }
    lines.push(last)
  }
  return lines
}

/** Offset of the first character behind a line break and its indentation; undefined when there is no break. */
function nextLineStart(bytes: Uint8Array, at: number): number | undefined {
  let i = bytes[at] === 0x0d ? at + 1 : at
  if (bytes[i] !== 0x0a) return undefined
  i += 1
  while (bytes[i] === 0x20 || bytes[i] === 0x09) i += 1
  return i
}

function positionIn(lines: readonly Line[], encodedOffset: number): number {
  let left = encodedOffset
  for (const line of lines) {
    const length = line.end - line.start
    if (left <= length) return line.start + left
    left -= length
  }
  return lines.at(-1)!.end
}

/** Keys, JSON, YAML and UTF-16 text are printable from the first byte on; images, hashes and words are not. */
function looksLikeText(head: Uint8Array): boolean {
  for (const byte of head) {
    const isText =
      (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0
    if (!isText) return false
  }
  return head.length >= 8
}
