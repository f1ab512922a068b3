// Bytes → the same bytes with secrets replaced by labels, in windows that overlap by the engine's reach.
import { detectUtf16, type Utf16 } from '../engine/decode/utf16.ts'
import type { Engine } from '../engine/index.ts'
import { findCuts, type Repeated } from './cuts.ts'

/** Even, so that a window of UTF-16 ends between characters. */
const WINDOW = 4 << 20
const OPEN_BLOCK = /-----BEGIN [A-Z0-9 ]{0,60}-----(?:(?!-----END )[\s\S])*$/

export interface MaskOptions {
  readonly engine: Engine
  /** What stands in place of a secret. */
  readonly label: (rule: string, secret: string) => string
  /** Bytes decided on at once; even. The result depends on neither this nor the sizes of the pieces. */
  readonly window?: number
  /**
   * True: lines leave as soon as they are whole, for who watches a log. What only a later line would give away
   * is then not seen; private keys are still waited for.
   */
  readonly byLine?: boolean
  /** Asked at each piece: true ends the stream at its last whole line, because the rest may be half a secret. */
  readonly isInterrupted?: () => boolean
  /** Hears of each secret that was replaced, by its rule's id. */
  readonly onSecret?: (rule: string) => void
  /** Hears when a part is encoded so much that it was not looked into to the end. */
  readonly onUnseen?: () => void
}

interface State {
  /** What is still needed: up to one reach that has left already, and what has not. */
  held: Buffer
  /** Offset in the stream of `held[0]`. */
  offset: number
  /** Offset in the stream of the first byte that has not left. */
  done: number
  /** Known once the first bytes are here; false: one byte a character. */
  wide: Utf16 | false | undefined
  readonly repeated: Repeated
}

/** Masks a stream. Memory stays at a few windows, whatever the length of lines. */
export async function* maskStream(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: MaskOptions,
): AsyncGenerator<Buffer> {
  const { engine, window = WINDOW, byLine = false, isInterrupted = () => false } = options
  const reach = 2 * engine.reach // of UTF-16
  const state: State = {
    held: Buffer.alloc(0),
    offset: 0,
    done: 0,
    wide: undefined,
    repeated: new Map(),
  }
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const piece of pieces) {
    if (isInterrupted()) break
    waiting.push(piece)
    size += piece.length
    if (!byLine && state.held.length + size < window + 2 * reach) continue
    take(state, waiting)
    waiting = []
    size = 0
    // Windows end at fixed offsets: what is decided never depends on how the bytes came.
    for (let end = windowEnd(state, window); end + reach <= endOf(state); end = windowEnd(state, window))
      yield* advance(state, end, options)
    if (byLine) yield* advance(state, lastWholeLine(state, engine.reach), options)
  }
  take(state, waiting)
  yield* advance(state, isInterrupted() ? lastWholeLine(state, engine.reach) : endOf(state), options)
}

function take(state: State, waiting: readonly Uint8Array[]): void {
  if (waiting.length > 0) state.held = Buffer.concat([state.held, ...waiting])
  state.wide ??= detectUtf16(state.held) ?? false
}

const endOf = (state: State): number => state.offset + state.held.length

const windowEnd = ({ done }: State, window: number): number => (Math.floor(done / window) + 1) * window

/**
 * Offset behind the last line break, or of a private key that has begun and not ended, for which at most `patience`
 * bytes are waited. Lines of UTF-16 are not told apart.
 */
function lastWholeLine({ held, offset, done, wide }: State, patience: number): number {
  const from = done - offset
  const end = held.lastIndexOf(0x0a) + 1
  if (wide || end <= from) return done
  const open = OPEN_BLOCK.exec(held.toString('latin1', Math.max(from, end - patience), end))
  return offset + end - (open?.[0].length ?? 0)
}

/** Lets the bytes up to `end` (an offset in the stream) leave; a secret that begins before it leaves whole. */
function* advance(state: State, end: number, options: MaskOptions): Generator<Buffer> {
  if (end <= state.done) return
  const { held, offset } = state
  let at = state.done
  const owned = { from: state.done - offset, to: end - offset }
  for (const cut of findCuts(
    { bytes: held, offset, wide: state.wide || false },
    owned,
    state.repeated,
    options,
  )) {
    const [start, stop] = [cut.start + offset, cut.end + offset]
    if (stop <= at) continue
    if (start > at) yield held.subarray(at - offset, cut.start)
    if (start >= at) yield cut.label
    at = stop
  }
  if (end > at) yield held.subarray(at - offset, end - offset)
  state.done = Math.max(at, end)
  const keep = Math.max(offset, state.done - 2 * options.engine.reach)
  // A copy: what has left must not stay in memory for the sake of its end.
  state.held = Buffer.from(held.subarray(keep - offset))
  state.offset = keep
}

/** The same for a text that is held whole. */
export function maskText(text: string, tools: Pick<MaskOptions, 'engine' | 'label'>): string {
  const bytes = Buffer.from(text)
  const parts: Buffer[] = []
  let at = 0
  for (const { start, end, label } of findCuts(
    { bytes, offset: 0, wide: false },
    { from: 0, to: bytes.length },
    new Map(),
    tools,
  )) {
    if (end <= at) continue
    if (start >= at) parts.push(bytes.subarray(at, start), label)
    at = end
  }
  return Buffer.concat([...parts, bytes.subarray(at)]).toString()
}
