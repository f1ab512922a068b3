// A list of results of eight bytes each that the kernel writes; it grows when they are more than there is room for.
import type { Arena } from './arena.ts'

export interface List {
  at(): number
  /** Makes room for that many; what was in it is gone then. */
  room(items: number): void
  /** Lets `find` write; when it found more than there was room for, again with more room. Returns how many. */
  fill(find: (out: number, room: number) => number): number
}

export function createList(arena: Arena, items: number): List {
  let size = items
  let out = arena.take(size * 8)

  function room(wanted: number): void {
    if (wanted <= size) return
    arena.free(out)
    size = wanted + (wanted >> 1)
    out = arena.take(size * 8)
    if (out < 0) throw new RangeError('no memory for what was found')
  }

  return {
    at: () => out,
    room,
    fill(find) {
      const count = find(out, size)
      if (count <= size) return count
      room(count)
      return find(out, size)
    },
  }
}
