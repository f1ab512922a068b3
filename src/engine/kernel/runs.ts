// Long runs of base64 characters: the plain reference of what the kernel does with bytes in its own memory.

/** 1 for the characters of base64, of both alphabets. */
export const ALPHABET = new Uint8Array(256)
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_') {
  ALPHABET[char.charCodeAt(0)] = 1
}

/** Adds start and end of each maximal run of base64 characters of at least `minLength` in `[from, to)` to `runs`. */
export type FindRuns = (
  bytes: Uint8Array,
  from: number,
  to: number,
  minLength: number,
  runs: number[],
) => void

/** Looks at every `minLength`-th byte only, and walks back where that one belongs to the alphabet. */
export const findRuns: FindRuns = (bytes, from, to, minLength, runs) => {
  let start = from
  while (start + minLength <= to) {
    let i = start + minLength - 1
    while (i >= start && ALPHABET[bytes[i]!]) i -= 1
    if (i >= start) {
      start = i + 1
      continue
    }
    let end = start + minLength
    while (end < to && ALPHABET[bytes[end]!]) end += 1
    runs.push(start, end)
    start = end + 1
  }
}
