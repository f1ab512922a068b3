// What a decoder returns.

/** Text made of a part of another text. All offsets are bytes; both texts are latin1. */
export interface Decoded {
  readonly text: string
  /** The part it was made of. */
  readonly start: number
  readonly end: number
  /** Name of the decoder, as reports show it; undefined where nothing was encoded. */
  readonly via: string | undefined
  /** So many bytes of `text` are a name put before it, which the source has elsewhere: what lies in there is not found here. */
  readonly nameLength?: number
  /** Offset in the source for an offset in `text`. */
  readonly toSource: (offset: number) => number
}
