// Memory for many small files: cut from large blocks, since each buffer of its own takes longer to make than to fill.

const BLOCK = 1 << 20
const LARGEST_PART = 1 << 17

let block = Buffer.alloc(0)
let used = 0

/** `size` bytes of anything, which nobody else has. */
export function takeBytes(size: number): Buffer {
  if (size > LARGEST_PART) return Buffer.allocUnsafeSlow(size)
  if (used + size > block.length) {
    block = Buffer.allocUnsafeSlow(BLOCK)
    used = 0
  }
  used += size
  return block.subarray(used - size, used)
}
