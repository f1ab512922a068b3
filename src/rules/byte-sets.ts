// Sets of bytes by number, so that to ask again what two of them share costs one look into a table.
import { type ByteSet, isAlnum } from './pattern.ts'

/** No byte at all. */
export const NONE = 0
/** Any byte. */
export const ANY = 1

export interface ByteSets {
  /** The number of a set; the same for the same bytes. */
  idOf(bytes: ByteSet): number
  bytesOf(id: number): ByteSet
  /** One of its bytes: a letter or digit if there is one. */
  sampleOf(id: number): number
  /** The number of what both hold: `NONE` when they share nothing. */
  meet(a: number, b: number): number
}

export function createByteSets(): ByteSets {
  const sets: ByteSet[] = []
  const ids = new Map<string, number>()
  const met = new Map<number, number>()

  function idOf(bytes: ByteSet): number {
    const key = Buffer.from(bytes).toString('latin1')
    let id = ids.get(key)
    if (id === undefined) {
      id = sets.push(bytes) - 1
      ids.set(key, id)
    }
    return id
  }

  function meet(a: number, b: number): number {
    if (a === b || b === ANY) return a
    if (a === ANY) return b
    if (a === NONE || b === NONE) return NONE
    const key = a < b ? a * 0x1_0000 + b : b * 0x1_0000 + a
    let id = met.get(key)
    if (id === undefined) {
      const other = sets[b]!
      id = idOf(sets[a]!.map((on, byte) => on & other[byte]!))
      met.set(key, id)
    }
    return id
  }

  const samples: number[] = []
  const sampleOf = (id: number) => {
    samples[id] ??= sample(sets[id]!)
    return samples[id]
  }

  idOf(new Uint8Array(256))
  idOf(new Uint8Array(256).fill(1))
  return { idOf, bytesOf: (id) => sets[id]!, sampleOf, meet }
}

function sample(bytes: ByteSet): number {
  const plain = bytes.findIndex((on, byte) => on === 1 && isAlnum(byte))
  return plain >= 0 ? plain : bytes.lastIndexOf(1)
}
