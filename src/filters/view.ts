// A match as filters see it: texts cut out of its layer when asked for.
import type { Chunk, Match, Origin } from '../model/index.ts'
import type { Candidate } from './candidate.ts'

const LINE_REACH = 1024
const NEWLINE = 0x0a

/** The candidate for `match`. `chunk` gives the path. */
export function candidateOf(match: Match, chunk: Chunk): Candidate {
  const { layer, rule, start, end } = match
  const text = layer.text.slice(start, end)
  return {
    rule,
    secret: layer.text.slice(match.secretStart, match.secretEnd),
    text,
    groups: match.groups,
    path: pathOf(chunk.origin),
    via: layer.via,
    around: (before, after) => layer.text.slice(Math.max(0, start - before), end + after),
    lines: () => linesOf(match, chunk),
    lineAbove: () => lineAbove(match, chunk),
  }
}

function pathOf(origin: Origin): string | undefined {
  return 'path' in origin ? origin.path : undefined
}

/** Lines are those of the chunk: an allow comment stands beside the encoded text, not in it. */
function linesOf({ whole }: Match, chunk: Chunk): string {
  const start = lineStart(chunk.bytes, whole.start)
  const end = chunk.bytes.indexOf(NEWLINE, Math.max(start, whole.end - 1))
  return latin1(chunk.bytes, start, Math.min(end === -1 ? chunk.bytes.length : end, whole.end + LINE_REACH))
}

function lineAbove({ whole }: Match, chunk: Chunk): string {
  const end = chunk.bytes.lastIndexOf(NEWLINE, whole.start - 1)
  if (whole.start === 0 || end === -1) return ''
  return latin1(chunk.bytes, lineStart(chunk.bytes, end), end)
}

function lineStart(bytes: Uint8Array, at: number): number {
  const found = at === 0 ? -1 : bytes.lastIndexOf(NEWLINE, at - 1)
  return Math.max(0, at - LINE_REACH, found + 1)
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end)
}
