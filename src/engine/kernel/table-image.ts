// The keyword table of the bundled rules as a file: laid out at build time, so that the hook doesn't have to.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { KeywordTable, TableImage } from './keyword-table.ts'
import type { Kernel } from './load.ts'

const RULES = 16
const HEADER_BYTES = 32

/**
 * Reads `keywords.bin` beside the bundle to where it belongs in the kernel. Undefined when there is none, or when it was
 * made for other rules, or for a kernel with another next free byte; nothing is reserved then.
 */
export function placeTable(kernel: Kernel, keywords: number, rules: string): KeywordTable | undefined {
  const file = openIfThere(join(import.meta.dirname, 'keywords.bin'))
  if (file === undefined) return undefined
  try {
    const header = Buffer.alloc(HEADER_BYTES)
    readSync(file, header, 0, HEADER_BYTES, 0)
    const at = header.readUInt32LE(0)
    const isFor = header.toString('latin1', RULES) === rules && header.readUInt32LE(8) === keywords
    if (!isFor || kernel.top() !== at) return undefined
    const size = fstatSync(file).size - HEADER_BYTES
    kernel.reserve(size)
    // Straight to its place: memory of its own would take longer to get than to fill.
    if (readSync(file, kernel.bytes(), at, size, HEADER_BYTES) !== size)
      throw new Error('keywords.bin ends early')
    return { at, longest: header.readUInt32LE(4), probes: header.readUInt32LE(12) }
  } finally {
    closeSync(file)
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch {
    return undefined
  }
}

/** The content of that file. */
export function writeTableImage(image: TableImage): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32LE(image.at, 0)
  header.writeUInt32LE(image.longest, 4)
  header.writeUInt32LE(image.keywords, 8)
  header.writeUInt32LE(image.probes, 12)
  header.write(image.rules, RULES, 'latin1') // 16 digits
  return Buffer.concat([header, image.bytes])
}
