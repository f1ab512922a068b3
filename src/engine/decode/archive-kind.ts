// By its first bytes: whether something is an archive, and of which kind. Cheap, for every file is asked.

/** `closed`: a kind that is not opened. */
export type ArchiveKind = 'zip' | 'gzip' | 'tar' | 'closed'

const USTAR_AT = 257

/** The kind of archive that begins in `bytes` at `at` and has `size` bytes; undefined for everything else. */
export function archiveKind(bytes: Uint8Array, at = 0, size = bytes.length - at): ArchiveKind | undefined {
  if (size < 18) return undefined
  const first = (bytes[at]! << 8) | bytes[at + 1]!
  if (first === 0x504b) return bytes[at + 2] === 3 && bytes[at + 3] === 4 ? 'zip' : undefined
  if (first === 0x1f8b) return bytes[at + 2] === 8 ? 'gzip' : undefined
  if (isClosed(first, bytes, at)) return 'closed'
  if (size >= 512 && bytes[at + USTAR_AT] === 0x75 && startsWith(bytes, at + USTAR_AT, 'ustar')) return 'tar'
  return undefined
}

/** xz, bzip2, 7z, rar and zstd. */
function isClosed(first: number, bytes: Uint8Array, at: number): boolean {
  if (first === 0xfd37) return startsWith(bytes, at + 2, 'zXZ\0')
  if (first === 0x425a) return startsWith(bytes, at + 4, '1AY&SY')
  if (first === 0x377a) return startsWith(bytes, at + 2, '\xbc\xaf\x27\x1c')
  if (first === 0x5261) return startsWith(bytes, at + 2, 'r!\x1a\x07')
  return first === 0x28b5 && startsWith(bytes, at + 2, '\x2f\xfd')
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false
  return true
}
