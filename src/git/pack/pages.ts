// Brings packed bytes into the kernel's memory: pages of the pack files, one not used lately replaced.
import { closeSync, openSync } from 'node:fs'
import type { Kernel } from '../../engine/kernel/load.ts'
import { readFully } from './headers.ts'
import type { PlannedPack } from './plan.ts'

const PAGE = 8 << 10
/** Pages overlap by this much, so that few entries lie across a border. */
const OVERLAP = 2 << 10
const MAX_SLOTS = 7168

export interface Pages {
  /** Address of the bytes [start, end) of the pack, until the next call; -1 when they do not fit a page. */
  locate(pack: number, start: number, end: number): number
  /** Reads [start, end) to an address; false when the file is shorter. */
  read(pack: number, start: number, end: number, at: number): boolean
  close(): void
}

export function createPages(kernel: Kernel, packs: readonly PlannedPack[]): Pages {
  const files: number[] = []
  const slotOfPage = packs.map((pack) => new Uint16Array(Math.ceil(pack.end / PAGE)))
  const slots = Math.min(
    MAX_SLOTS,
    slotOfPage.reduce((sum, pack) => sum + pack.length, 0),
  )
  const memory = kernel.reserve(slots * (PAGE + OVERLAP))
  const owners: { pack: number; page: number }[] = []
  const isFresh = new Uint8Array(slots)
  let hand = 0

  function fileOf(pack: number): number {
    files[pack] ??= openSync(packs[pack]!.path, 'r')
    return files[pack]
  }

  function read(pack: number, start: number, end: number, at: number): boolean {
    return readFully(fileOf(pack), kernel.bytes().subarray(at), end - start, start) === end - start
  }

  /** The next slot not used since the hand last passed it. */
  function freeSlot(): number {
    if (owners.length < slots) return owners.length
    for (; isFresh[hand] === 1; hand = (hand + 1) % slots) isFresh[hand] = 0
    const slot = hand
    hand = (hand + 1) % slots
    const { pack, page } = owners[slot]!
    slotOfPage[pack]![page] = 0
    return slot
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
      isFresh[slot] = 1
      return memory + slot * (PAGE + OVERLAP) + (start - pageStart)
    },
    close() {
      for (const file of files) if (file !== undefined) closeSync(file)
      files.length = 0
    },
  }
}
