// How far keywords reach, as tables of u16 in the kernel's memory.
import type { Kernel } from '../../engine/kernel/load.ts'
import { probeReach } from '../../engine/probe.ts'
import type { Arena } from './arena.ts'
import type { PackOptions } from './contract.ts'

/** In the table of reaches: without bound. */
const FAR = 0xffff

/** By keyword, how far from it a changed byte can make or change a match; returns the table's address. */
export function writeReaches(
  kernel: Kernel,
  arena: Arena,
  { keywords, longKeywords, reach, keywordReach }: PackOptions,
): number {
  const at = arena.take(keywords.length * 2)
  const reaches = new Uint16Array(kernel.bytes().buffer, at, keywords.length)
  for (const i of keywords.keys()) reaches[i] = Math.min(FAR, keywordReach?.[i] ?? reach)
  for (const keyword of longKeywords) reaches[keyword] = FAR
  return at
}

/** By keyword, how far from it the bytes lie that its probes look at; a keyword alone where there are none. */
export function writeProbeReaches(kernel: Kernel, arena: Arena, { keywords, probes }: PackOptions): number {
  const at = arena.take(keywords.length * 2)
  const reaches = new Uint16Array(kernel.bytes().buffer, at, keywords.length)
  for (const [i, keyword] of keywords.entries()) {
    const of = probes?.[i]?.map(probeReach) ?? []
    reaches[i] = Math.min(FAR, Math.max(keyword.length, ...of))
  }
  return at
}
