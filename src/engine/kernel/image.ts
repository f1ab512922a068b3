// What was laid out in a kernel's memory as bytes, to be put into other kernels at the same place.
import type { Kernel } from './load.ts'

/** Addresses in it hold only where it lies, so that it fits kernels whose next free byte is there. */
export interface Image {
  readonly at: number
  readonly bytes: Uint8Array
}

/** All that the kernel has reserved from `at` on, copied. */
export function imageFrom(kernel: Kernel, at: number): Image {
  return { at, bytes: kernel.bytes().slice(at, kernel.top()) }
}

/** False, and nothing done, when the kernel's next free byte is another. */
export function placeImage(kernel: Kernel, { at, bytes }: Image): boolean {
  if (kernel.top() !== at) return false
  kernel.reserve(bytes.length)
  kernel.bytes().set(bytes, at)
  return true
}
