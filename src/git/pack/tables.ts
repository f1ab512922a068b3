// What objects are searched for, as it lies in the kernel's memory: keywords, probes, and how far both reach.
// Laid out once, and copied to every thread that searches.
import { type Image, imageFrom, placeImage } from '../../engine/kernel/image.ts'
import { createKeywordTable, type KeywordTable } from '../../engine/kernel/keyword-table.ts'
import type { Kernel } from '../../engine/kernel/load.ts'
import { createProbeTable } from '../../engine/kernel/probe-table.ts'
import { probeReach } from '../../engine/probe.ts'
import type { Sought } from './contract.ts'

/** Addresses in the kernel's memory. */
export interface SearchTables {
  readonly table: KeywordTable
  readonly probes: number | undefined
  /** By keyword, a u16: how far from it a changed byte can make or change a match. */
  readonly reaches: number
  /** The same for its probes: how far from it the bytes lie that they look at. */
  readonly probeReaches: number
}

/** Tables as bytes, for a kernel that has reserved nothing yet; plain data. */
export interface LaidOut extends Image {
  readonly tables: SearchTables
  /** The longest bound of all keywords that have one; see `Sought`. */
  readonly reach: number
}

/** In the table of reaches: without bound. */
const FAR = 0xffff

function layTables(kernel: Kernel, sought: Sought): SearchTables {
  const { keywords, longKeywords, probes, reach, keywordReach } = sought
  const long = new Set(longKeywords)
  return {
    table: createKeywordTable(kernel, keywords),
    probes: probes && createProbeTable(kernel, probes),
    reaches: putReaches(
      kernel,
      keywords.map((_, i) => (long.has(i) ? FAR : (keywordReach?.[i] ?? reach))),
    ),
    probeReaches: putReaches(
      kernel,
      keywords.map(({ length }, i) => Math.max(length, ...(probes?.[i]?.map(probeReach) ?? []))),
    ),
  }
}

function putReaches(kernel: Kernel, reaches: readonly number[]): number {
  const at = kernel.reserve(reaches.length * 2)
  const table = new Uint16Array(kernel.bytes().buffer, at, reaches.length)
  for (const [i, reach] of reaches.entries()) table[i] = Math.min(FAR, reach)
  return at
}

/** @param kernel a new one; its memory is not needed afterwards */
export function layOut(kernel: Kernel, sought: Sought): LaidOut {
  const at = kernel.top()
  const tables = layTables(kernel, sought)
  return { ...imageFrom(kernel, at), tables, reach: sought.reach }
}

/**
 * What is sought, in the memory of a kernel: copied where it was laid out before, else laid out now.
 * @throws RangeError when it was laid out for another place
 */
export function searchTables(kernel: Kernel, sought: Sought | LaidOut): SearchTables {
  if (!('tables' in sought)) return layTables(kernel, sought)
  if (!placeImage(kernel, sought)) throw new RangeError('the tables were laid out for another kernel')
  return sought.tables
}
