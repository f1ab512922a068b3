// A match as filters see it: texts cut out of its layer when asked for.
import type { Chunk, Layer, Match, Origin } from '../model/index.ts'
import type { Candidate } from './candidate.ts'

const LINE_REACH = 1024

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
    lines: () => layer.text.slice(lineStart(layer, start), lineEnd(layer, end)),
    lineAbove: () => {
      const first = lineStart(layer, start)
      return first === 0 ? '' : layer.text.slice(lineStart(layer, first - 1), first - 1)
    },
  }
}

function pathOf(origin: Origin): string | undefined {
  return 'path' in origin ? origin.path : undefined
}

function lineStart(layer: Layer, at: number): number {
  const floor = Math.max(0, at - LINE_REACH)
  const found = at === 0 ? -1 : layer.text.lastIndexOf('\n', at - 1)
  return Math.max(floor, found + 1)
}

function lineEnd(layer: Layer, at: number): number {
  const found = layer.text.indexOf('\n', Math.max(0, at - 1))
  return Math.min(found === -1 ? layer.text.length : found, at + LINE_REACH)
}
