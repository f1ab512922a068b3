// Git LFS keeps large files elsewhere; in the repository there is a pointer.
const POINTER = Buffer.from('version https://git-lfs.github.com/spec/')
const MAX_BYTES = 1024

/** True when a blob is a pointer to content that git LFS keeps elsewhere. */
export function isLfsPointer(bytes: Uint8Array): boolean {
  return (
    bytes.length < MAX_BYTES && bytes[0] === POINTER[0] && POINTER.equals(bytes.subarray(0, POINTER.length))
  )
}
