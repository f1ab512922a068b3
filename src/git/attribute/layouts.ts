// Where the entries of trees begin and what they lead to, for the trees that were read lately.

/** Words of an entry: its start, and two numbers that its reader keeps of it. */
const WORDS = 3
/** All layouts lie in a ring; the oldest are written over. */
const RING = 3 << 19

export interface Layouts {
  /** Begins a layout of at most that many entries. */
  begin(most: number): void
  add(start: number, target: number, name: number): void
  /** Ends it where its tree ends; returns by which number it is called, -1 for one that was too large. */
  end(length: number): number
  /** False when it was written over; holds until the one that has been begun ends. */
  isThere(layout: number): boolean
  /** The first entry that begins at `start` or later; the end of the tree counts as one more. */
  firstFrom(layout: number, start: number): number
  start(layout: number, entry: number): number
  target(layout: number, entry: number): number
  name(layout: number, entry: number): number
}

/** A layout is called by its place among all words ever written: how many entries it has, then the entries. */
export function createLayouts(): Layouts {
  const ring = new Uint32Array(RING)
  let begun = 0 // the place of the layout that was begun last
  let room = 0
  let at = 0 // where in the ring its next entry goes
  let isKept = false

  const placeOf = (layout: number, entry: number) => (layout % RING) + 1 + entry * WORDS

  return {
    begin(most) {
      room = 1 + (most + 1) * WORDS
      isKept = room <= RING / 4
      if (!isKept) return
      // Each lies in one piece.
      if ((begun % RING) + room > RING) begun += RING - (begun % RING)
      at = placeOf(begun, 0)
    },
    add(start, target, name) {
      if (!isKept) return
      ring[at] = start
      ring[at + 1] = target
      ring[at + 2] = name
      at += WORDS
    },
    end(length) {
      if (!isKept) return -1
      const layout = begun
      ring[at] = length
      ring[layout % RING] = (at - placeOf(layout, 0)) / WORDS
      begun += at + 1 - (layout % RING)
      return layout
    },
    isThere: (layout) => layout >= 0 && begun + room - layout <= RING,
    firstFrom(layout, start) {
      let low = 0
      let high = ring[layout % RING]! + 1
      while (low < high) {
        const middle = (low + high) >> 1
        if (ring[placeOf(layout, middle)]! < start) low = middle + 1
        else high = middle
      }
      return low
    },
    start: (layout, entry) => ring[placeOf(layout, entry)]!,
    target: (layout, entry) => ring[placeOf(layout, entry) + 1]!,
    name: (layout, entry) => ring[placeOf(layout, entry) + 2]!,
  }
}
