// What is replaced in one window: the engine's matches, and values that were seen before.
import type { Utf16 } from '../engine/decode/utf16.ts'
import type { Engine } from '../engine/index.ts'
import { judgeMatch } from '../filters/contest.ts'
import type { Chunk, Match, Span } from '../model/index.ts'

/** A value that only its surroundings gave away is replaced wherever it comes again, from this length on. */
const LEAST_REPEATED = 12
const MOST_REPEATED = 64

/** A stretch of a window that is replaced; offsets in the window's bytes. */
export interface Cut extends Span {
  readonly label: Buffer
}

/** Values to look for by themselves, with their labels and where in the stream each was first seen. */
export type Repeated = Map<string, { readonly label: string; readonly from: number }>

export interface MaskWindow {
  readonly bytes: Buffer
  /** Offset in the stream of its first byte. */
  readonly offset: number
  readonly wide: Utf16 | false
}

export interface CutTools {
  readonly engine: Engine
  readonly label: (rule: string, secret: string) => string
  readonly onSecret?: (rule: string) => void
  /** Hears when a part is encoded so much that it was not looked into to the end. */
  readonly onUnseen?: () => void
}

/** The cuts that begin in the owned part, in order; adds to `repeated`. */
export function findCuts(
  window: MaskWindow,
  owned: { from: number; to: number },
  repeated: Repeated,
  tools: CutTools,
): Cut[] {
  const { wide } = window
  if (!wide) return narrowCuts(window, owned, repeated, tools)
  // Secrets are ASCII: the scan sees one byte for each unit of UTF-16, and its offsets are doubled.
  const narrow = { bytes: narrowed(window.bytes, wide), offset: window.offset / 2, wide: false } as const
  const half = { from: owned.from / 2, to: owned.to / 2 }
  return narrowCuts(narrow, half, repeated, tools).map(({ start, end, label }) => ({
    start: start * 2,
    end: end * 2,
    label: widened(label.toString(), wide),
  }))
}

function narrowCuts(
  { bytes, offset }: MaskWindow,
  { from, to }: { from: number; to: number },
  repeated: Repeated,
  { engine, label, onSecret, onUnseen }: CutTools,
): Cut[] {
  const chunk: Chunk = {
    bytes,
    origin: { kind: 'stdin' },
    offset,
    line: 1,
    column: 0,
    ownedFrom: from,
    ownedTo: to,
  }
  const cuts: Cut[] = []
  const { matches, budgetSpent } = engine.match(chunk)
  if (budgetSpent) onUnseen?.()
  for (const claimed of matches) {
    const { match, candidate, judgement } = judgeMatch(claimed, chunk)
    if (!judgement.kept) continue
    const { id, tier } = match.rule
    const text = label(id, candidate.secret)
    cuts.push({ ...match.span, label: encoded(text, match, bytes) })
    onSecret?.(id)
    const isPlain = match.layer.via.length === 0 && candidate.secret.length >= LEAST_REPEATED
    if (tier < 2 && isPlain && repeated.size < MOST_REPEATED && !repeated.has(candidate.secret))
      repeated.set(candidate.secret, { label: text, from: offset + match.span.start })
  }
  if (repeated.size > 0) cuts.push(...repeatsIn(bytes, offset, { from, to }, repeated))
  return cuts.sort((a, b) => a.start - b.start || b.end - a.end)
}

/** Only behind the first place of each, so that where windows end makes no difference. */
function repeatsIn(
  bytes: Buffer,
  offset: number,
  owned: { from: number; to: number },
  repeated: Repeated,
): Cut[] {
  const cuts: Cut[] = []
  for (const [secret, { label, from }] of repeated) {
    const find = (start: number) => bytes.indexOf(secret, start, 'latin1')
    for (let at = find(Math.max(owned.from, from - offset)); at !== -1 && at < owned.to; at = find(at + 1))
      cuts.push({ start: at, end: at + secret.length, label: Buffer.from(label) })
  }
  return cuts
}

/** In the encoding of what it replaces: a run of UTF-16 in a binary file stays one. */
function encoded(label: string, { layer, span }: Match, bytes: Buffer): Buffer {
  if (layer.via[0] !== 'utf-16') return Buffer.from(label)
  // The first character of a big-endian run is given without its zero.
  if ((span.end - span.start) % 2 === 1) return widened(label, 'utf-16be').subarray(1)
  return widened(label, bytes[span.start] === 0 ? 'utf-16be' : 'utf-16le')
}

function widened(text: string, encoding: Utf16): Buffer {
  const bytes = Buffer.from(text, 'utf16le')
  return encoding === 'utf-16be' ? bytes.swap16() : bytes
}

/** One byte a unit; units that are no latin1 are 0xff, which no secret holds. */
function narrowed(bytes: Buffer, encoding: Utf16): Buffer {
  const out = Buffer.alloc(bytes.length >> 1)
  const low = encoding === 'utf-16le' ? 0 : 1
  for (let i = 0; i < out.length; i++) out[i] = bytes[2 * i + 1 - low] === 0 ? bytes[2 * i + low]! : 0xff
  return out
}
