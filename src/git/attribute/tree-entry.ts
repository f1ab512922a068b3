// One entry of a tree: its mode, its name, and behind them the id.

const SPACE = 0x20

/** Where the name begins: behind the mode's space, which nearly always is the sixth or seventh byte. */
export function modeEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at + 5] === SPACE) return at + 6
  if (bytes[at + 6] === SPACE) return at + 7
  const space = bytes.indexOf(SPACE, at)
  return space < 0 || space - at > 12 ? -1 : space + 1
}

/** Where the name that begins at `at` ends: names are short, so that a loop is faster than a search. */
export function zeroFrom(bytes: Uint8Array, at: number): number {
  let end = at
  while (end < bytes.length && bytes[end] !== 0) end++
  return end
}

/** 40000; some old programs wrote 040000. */
export function isTree(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at] === 0x34) return end - at === 6
  return bytes[at] === 0x30 && (modeOf(bytes, at, end) & 0o170000) === 0o040000
}

/** A submodule's entry names a commit of another repository. */
export function isGitlink(bytes: Uint8Array, at: number, end: number): boolean {
  // Nearly all entries are files: 100644.
  if (bytes[at + 1] === 0x30) return false
  return (modeOf(bytes, at, end) & 0o170000) === 0o160000
}

function modeOf(bytes: Uint8Array, at: number, end: number): number {
  let mode = 0
  for (let i = at; i < end - 1; i++) mode = mode * 8 + (bytes[i]! - 0x30)
  return mode
}
