// UTF-16: whole texts are made UTF-8 before the scan, runs inside binary files become layers of their own.
import type { Decoded } from './decoded.ts'

const SAMPLE = 1024

export type Utf16 = 'utf-16le' | 'utf-16be'

/** Byte order of a UTF-16 text, by its mark or by where its NUL bytes stand; undefined for anything else. */
export function detectUtf16(bytes: Uint8Array): Utf16 | undefined {
  if (bytes.length >= 2) {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  }
  const length = Math.min(bytes.length, SAMPLE) & ~1
  if (length < 8 || (bytes[0] !== 0 && bytes[1] !== 0)) return undefined
  let even = 0
  let odd = 0
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even += 1
    if (bytes[i + 1] === 0) odd += 1
  }
  const pairs = length / 2
  if (odd > pairs * 0.7 && even < pairs * 0.05) return 'utf-16le'
  if (even > pairs * 0.7 && odd < pairs * 0.05) return 'utf-16be'
  return undefined
}

/** UTF-8 bytes of a UTF-16 text, without its mark. */
export function utf16ToUtf8(bytes: Uint8Array, encoding: Utf16): Uint8Array {
  const even = bytes.subarray(0, bytes.length & ~1)
  const copy = Buffer.from(even)
  if (encoding === 'utf-16be') copy.swap16()
  const text = copy.toString('utf16le')
  return Buffer.from(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, 'utf8')
}

const LITTLE = /(?:[\t\n\r\x20-\x7e]\0){12,4096}/g
const BIG = /(?:\0[\t\n\r\x20-\x7e]){12,4096}/g

/** Runs of 12 or more ASCII characters in UTF-16, of either byte order, in latin1 `text`. */
export function* decodeUtf16Runs(text: string): Generator<Decoded> {
  for (const [pattern, first] of [
    [LITTLE, 0],
    [BIG, 1],
  ] as const) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index
      yield {
        text: match[0].replaceAll('\0', ''),
        start,
        end: start + match[0].length,
        via: 'utf-16',
        toSource: (offset) => start + first + offset * 2 - (first && offset > 0 ? 1 : 0),
      }
    }
  }
}
