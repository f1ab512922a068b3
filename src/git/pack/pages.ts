// Brings packed bytes into the kernel's memory: pages of the pack files, the least recently used one replaced.
import { closeSync, openSync } from 'node:fs'
import type { Kernel } from '../../engine/kernel/load.ts'
import { readFully } from './headers.ts'
import type { PlannedPack } from './plan.ts'

const PAGE = 128 << 10
/** Pages overlap by this much, so that hardly any entry lies across a border. */
const OVERLAP = 8 << 10
const SLOTS = 192

export interface Pages {
  /** Address of the bytes [start, end) of the pack, until the next call; -1 when they do not fit a page. */
  locate(pack: number, start: number, end: number): number
  /** Reads [start, end) to an address; false when the file is shorter. */
  read(pack: number, start: number, end: number, at: number): boolean
  close(): void
}

export function createPages(kernel: Kernel, packs: readonly PlannedPack[]): Pages {
  const files: number[] = []
  const slotOfPage = packs.map((pack) => new Uint8Array(Math.ceil(pack.end / PAGE)))
  const memory = kernel.reserve(SLOTS * (PAGE + OVERLAP))
  const owners: { pack: number; page: number }[] = []
  const used = new Float64Array(SLOTS)
  let clock = 0

  function fileOf(pack: number): number {
    files[pack] ??= openSync(packs[pack]!.path, 'r')
    return files[pack]
  }

  function read(pack: number, start: number, end: number, at: number): boolean {
    return readFully(fileOf(pack), kernel.bytes().subarray(at), end - start, start) === end - start
  }

  function freeSlot(): number {
    if (owners.length < SLOTS) return owners.length
    let oldest = 0
    for (let i = 1; i < SLOTS; i++) if (used[i]! < used[oldest]!) oldest = i
    const { pack, page } = owners[oldest]!
    slotOfPage[pack]![page] = 0
    return oldest
  }

  return {
    read,
    locate(pack, start, end) {
      const page = Math.floor(start / PAGE)
      const pageStart = page * PAGE
      if (end - pageStart > PAGE + OVERLAP) return -1
      let slot = slotOfPage[pack]![page]! - 1
      if (slot < 0) {
        slot = freeSlot()
        const pageEnd = Math.min(pageStart + PAGE + OVERLAP, packs[pack]!.end)
        if (!read(pack, pageStart, pageEnd, memory + slot * (PAGE + OVERLAP))) {
          throw new Error('the pack has become shorter')
        }
        owners[slot] = { pack, page }
        slotOfPage[pack]![page] = slot + 1
      }
      used[slot] = ++clock
      return memory + slot * (PAGE + OVERLAP) + (start - pageStart)
    },
    close() {
      for (const file of files) if (file !== undefined) closeSync(file)
      files.length = 0
    },
  }
}
