// The header of one packed entry: its type, its size, and where what it is based on is named.
import { OFS_DELTA, REF_DELTA } from './headers.ts'

export interface EntryHeader {
  readonly type: number
  /** Of what comes out of inflate. */
  readonly size: number
  /** With the base's distance or id. */
  readonly length: number
  /** Address of the base's distance or id; of the packed bytes where there is no base. */
  readonly base: number
}

/** Reads the header at `at`, of which `room` bytes can be read; undefined when it is none. */
export function readEntryHeader(
  memory: Uint8Array,
  at: number,
  room: number,
  hashBytes: number,
): EntryHeader | undefined {
  const limit = at + room
  let p = at
  let byte = memory[p++]!
  const type = (byte >> 4) & 7
  let size = byte & 15
  for (let unit = 16; byte & 0x80; unit *= 128) {
    if (p >= limit || unit > 2 ** 50) return undefined
    byte = memory[p++]!
    size += (byte & 127) * unit
  }
  if (type === 0 || type === 5) return undefined
  const base = p
  if (type === OFS_DELTA) while (p < limit && memory[p++]! & 0x80);
  else if (type === REF_DELTA) p += hashBytes
  return p < limit ? { type, size, length: p - at, base } : undefined
}
