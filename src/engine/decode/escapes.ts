// Percent, \u and \x escapes: undone in the run of text around a trigger.
import { NAME_AHEAD, withNameAhead } from './assignment.ts'
import type { Decoded } from './decoded.ts'

/** What escapes of the characters that keys and their names need look like; they ride in the prefilter. */
export const TRIGGERS = [
  '%2d',
  '%5f',
  '%3a',
  '%3d',
  '%22',
  '%7b',
  '\\u00',
  '\\x2d',
  '\\x5f',
  '\\x73',
] as const

/** How far from a trigger bytes are decoded, to each side. */
export const ESCAPE_REACH = 4096
const ESCAPE = /%([0-9A-Fa-f]{2})|\\u00([0-9A-Fa-f]{2})|\\x([0-9A-Fa-f]{2})/g

/**
 * Decodes the run of printable characters around `at`, up to a space, a quote or 4 KiB to each side.
 * `text` is latin1; undefined when nothing changes.
 */
export function decodeEscapes(text: string, at: number): Decoded | undefined {
  const start = runEdge(text, at, -1)
  const end = runEdge(text, at, 1)
  const run = text.slice(start, end)
  let out = ''
  let last = 0
  const marks: [decoded: number, encoded: number][] = [[0, start]]
  for (const match of run.matchAll(ESCAPE)) {
    out +=
      run.slice(last, match.index) +
      String.fromCharCode(Number.parseInt(match[1] ?? match[2] ?? match[3]!, 16))
    last = match.index + match[0].length
    marks.push([out.length, start + last])
  }
  if (last === 0) return undefined
  out += run.slice(last)
  const via = run.includes('%') && !run.includes('\\') ? 'percent' : 'escape'
  const decoded: Decoded = { text: out, start, end, via, toSource: locate(marks) }
  return withNameAhead(decoded, text.slice(Math.max(0, start - NAME_AHEAD), start))
}

function runEdge(text: string, at: number, step: 1 | -1): number {
  let i = at
  const limit = at + step * ESCAPE_REACH
  while (i + step >= 0 && i + step < text.length && i !== limit && !isBreak(text.charCodeAt(i + step)))
    i += step
  return step === 1 ? Math.min(text.length, i + 1) : i
}

/** Space, control characters and quotes end a run: an escape never spans them. */
function isBreak(code: number): boolean {
  return code <= 0x20 || code === 0x22 || code === 0x27 || code === 0x60
}

/** Maps decoded offsets back: between two marks both sides advance together. */
function locate(marks: readonly (readonly [number, number])[]): (offset: number) => number {
  return (offset) => {
    let low = 0
    let high = marks.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (marks[middle]![0] <= offset) low = middle
      else high = middle - 1
    }
    return marks[low]![1] + (offset - marks[low]![0])
  }
}
