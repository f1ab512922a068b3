// The keyword table of the bundled rules as a file: laid out at build time, so that the hook doesn't have to.
import { join } from 'node:path'
import { readIfThere } from '../optional-file.ts'
import type { TableImage } from './keyword-table.ts'

const RULES = 16
const HEADER_BYTES = 32

/** Reads `keywords.bin` beside the bundle; undefined when it is absent. */
export function loadTableImage(): TableImage | undefined {
  const file = readIfThere(join(import.meta.dirname, 'keywords.bin'))
  return (
    file && {
      at: file.readUInt32LE(0),
      longest: file.readUInt32LE(4),
      keywords: file.readUInt32LE(8),
      probes: file.readUInt32LE(12),
      rules: file.toString('latin1', RULES, HEADER_BYTES),
      bytes: file.subarray(HEADER_BYTES),
    }
  )
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
