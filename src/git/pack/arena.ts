// Hands out the open end of the kernel's memory in blocks. Few are alive at a time: the list of them is searched.
import { type Kernel, SLOP } from '../../engine/kernel/load.ts'

export interface Arena {
  /** Address of `size` bytes with SLOP behind them; -1 when there is no memory for it. */
  take(size: number): number
  /** Gives a block back. */
  free(at: number): void
}

export function createArena(kernel: Kernel): Arena {
  const bottom = kernel.top()
  const starts: number[] = []
  const ends: number[] = []

  return {
    take(size) {
      const wanted = (size + SLOP + 63) & ~63
      if (wanted < size) return -1
      let i = 0
      let at = bottom
      while (i < starts.length && starts[i]! - at < wanted) at = ends[i++]!
      if (!kernel.ensure(at + wanted)) return -1
      starts.splice(i, 0, at)
      ends.splice(i, 0, at + wanted)
      return at
    },
    free(at) {
      const i = starts.indexOf(at)
      starts.splice(i, 1)
      ends.splice(i, 1)
    },
  }
}
