// What the engine works out of the bundled rules, as numbers: nothing of it is parsed, and little is looked at.
import { readFileSync } from 'node:fs'
import type { RuleIndex } from '../model/index.ts'

// u32: keywords, numbers of wakes, the greatest reach; the hash of the rules, as 16 digits. Then a u32 of reach for each
// keyword, a u32 for each and one more of where its wakes begin, the wakes as i16, and the keywords as text, one on each line.
const HASH = { from: 12, to: 28 }
const HEADER_BYTES = HASH.to

export function writeIndex({ keywords, wakesOf, reaches, reach }: RuleIndex, hash: string): Uint8Array {
  const wakes = keywords.map((_, keyword) => Array.from(wakesOf(keyword)))
  const starts = [0]
  for (const { length } of wakes) starts.push(starts.at(-1)! + length)
  return Buffer.concat([
    new Uint8Array(Uint32Array.of(keywords.length, starts.at(-1)!, reach).buffer),
    Buffer.alloc(HASH.to - HASH.from, hash, 'latin1'),
    new Uint8Array(Uint32Array.from([...Array.from(reaches), ...starts]).buffer),
    new Uint8Array(Int16Array.from(wakes.flat()).buffer),
    Buffer.from(keywords.join('\n'), 'latin1'),
  ])
}

/** Throws when the file was made of other rules than those of `hash`. */
export function readIndex(path: string, hash: string): RuleIndex {
  const file = aligned(readFileSync(path))
  if (file.toString('latin1', HASH.from, HASH.to) !== hash)
    throw new Error(`${path} belongs to other rules; install unleak again`)
  const { buffer, byteOffset, length } = file
  const [size, numbers, reach] = new Uint32Array(buffer, byteOffset, 3) as unknown as [number, number, number]
  const startsAt = byteOffset + HEADER_BYTES + size * 4
  const wakesAt = startsAt + (size + 1) * 4
  const textAt = wakesAt + numbers * 2
  const starts = new Uint32Array(buffer, startsAt, size + 1)
  const wakes = new Int16Array(buffer, wakesAt, numbers)
  return {
    size,
    get keywords() {
      return Buffer.from(buffer, textAt, byteOffset + length - textAt)
        .toString('latin1')
        .split('\n')
    },
    reach,
    reaches: new Uint32Array(buffer, byteOffset + HEADER_BYTES, size),
    wakesOf: (keyword) => wakes.subarray(starts[keyword], starts[keyword + 1]),
  }
}

/** Small files are read to memory that others share, at any place. */
function aligned(bytes: Buffer): Buffer {
  return bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(Uint8Array.from(bytes).buffer)
}
