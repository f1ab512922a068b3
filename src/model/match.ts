// A rule's hit in bytes, before anything is said about it.
import type { Rule } from './rule.ts'

/** Half-open range of bytes. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Text in which a rule matched: the chunk itself, or what a decoder made of a part of it.
 * `text` is latin1: one character a byte.
 */
export interface Layer {
  readonly text: string
  /** Offset of `text[0]` in the layer. */
  readonly base: number
  /** Path of the file or blob, with `/`; undefined where there is none. */
  readonly path: string | undefined
  /** Names of the decoders that led here, outermost first; empty for the chunk itself. */
  readonly via: readonly string[]
  /** Maps a span of this layer to the chunk's bytes. */
  readonly toChunk: (start: number, end: number) => Span
}

export interface Match {
  readonly rule: Rule
  readonly layer: Layer
  /** Whole match, in the layer's text. */
  readonly start: number
  readonly end: number
  /** The group `secret`, in the layer's text. */
  readonly secretStart: number
  readonly secretEnd: number
  /** Named groups of the pattern that took part. */
  readonly groups: Readonly<Record<string, string | undefined>>
  /** The secret, in the chunk's bytes. */
  readonly span: Span
  /** The whole match, in the chunk's bytes. */
  readonly whole: Span
  /** Weaker claims to the same secret, strongest first: they count when this one turns out to be none. */
  readonly others?: readonly Match[]
}
