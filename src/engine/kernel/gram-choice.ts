// By which bytes keywords are met, where it is known how often any four bytes stand in source text: at build time.
import { roughHash, sharpHash } from './keyword-table.ts'
import { type ChooseGram, rarestGram } from './rareness.ts'

/** What a candidate costs that passes the masks, and what one more that goes on to be compared. */
const SIFTED = 1
const COMPARED = 5
const LAST_BYTES = 32
/** How often bytes stand in the counted text that were not worth counting. */
const UNCOUNTED = 100
/** Bytes by which another keyword is met already cost so much less. */
const SHARED = 5

/**
 * Of a keyword's places the one that lets the least pass: how often its bytes are met, and all others that the tables
 * can't tell from them. What an earlier keyword lets pass is paid for.
 * @param counted lines of four bytes in a row as the kernel sees them (bit 5 set, "_" for DEL), and how often each was counted
 */
export function createGramChoice(counted: string): ChooseGram {
  const counts = readCounts(counted)
  const passing = new Map<number, number>()
  const same = new Map<string, number>()
  for (const [gram, count] of counts) {
    const codes = Buffer.from(gram, 'latin1')
    add(passing, maskOf(codes, 0), count)
    add(same, gram, count)
    add(same, gram.slice(0, 3), count)
  }
  const sharp = new Map<number, number>()
  for (const [gram, count] of counts)
    add(sharp, sharpHash(Buffer.from(gram, 'latin1').readUInt32LE(0)), count)

  function cost(text: string, codes: Buffer, at: number, size: 3 | 4): number {
    const gram = codes.toString('latin1', at, at + size)
    if (size === 3) return COMPARED * (same.get(gram) ?? UNCOUNTED)
    const collisions = sharp.get(sharpHash(codes.readUInt32LE(at))) ?? 0
    return (
      SIFTED * (passing.get(maskOf(codes, at)) ?? 0) +
      COMPARED * (same.get(gram) ?? UNCOUNTED) +
      collisions / text.length
    )
  }

  return (text, size, first, step) => {
    const codes = Buffer.from(text, 'latin1').map((code) => code | 0x20) as Buffer
    let best = rarestGram(text, size, first, step)
    let least = cost(text, codes, best, size)
    for (let at = first; at + size <= text.length; at += step) {
      const own = cost(text, codes, at, size)
      if (own < least) [best, least] = [at, own]
    }
    passing.set(maskOf(codes, best), 0)
    same.set(
      codes.toString('latin1', best, best + size),
      (same.get(codes.toString('latin1', best, best + size)) ?? UNCOUNTED) / SHARED,
    )
    return best
  }
}

/** Bucket and bit of the rough masks. */
function maskOf(codes: Buffer, at: number): number {
  return roughHash(codes.readUIntLE(at, 3)) * LAST_BYTES + ((codes[at + 3] ?? 0) & (LAST_BYTES - 1))
}

function add<Key>(sums: Map<Key, number>, key: Key, count: number): void {
  sums.set(key, (sums.get(key) ?? 0) + count)
}

function readCounts(text: string): [string, number][] {
  return text.split('\n').flatMap((line) => {
    const end = line.lastIndexOf(' ')
    const count = Number(line.slice(end + 1))
    if (end < 0) return []
    if (end % 4 !== 0 || !(count > 0))
      throw new TypeError(`not a line of counted bytes: ${line.slice(0, 40)}`)
    return (line.slice(0, end).match(/.{4}/g) ?? []).map((gram): [string, number] => [
      gram.replaceAll('_', '\x7f'),
      count,
    ])
  })
}
