// Loads the WebAssembly kernel and owns its memory: what runs in it is in assembly/, what calls it beside this file.
import { join } from 'node:path'
import { readIfThere } from '../optional-file.ts'

/** Functions of the module; addresses and sizes are bytes, offsets are relative to the given address. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory
  inflate(src: number, available: number, dst: number, size: number, checked: number): number
  inflateWhole(src: number, available: number, dst: number, room: number): number
  adler32(at: number, length: number): number
  deltaResultSize(delta: number, deltaSize: number): number
  mostCopies(size: number): number
  applyDelta(
    base: number,
    baseSize: number,
    delta: number,
    deltaSize: number,
    dst: number,
    size: number,
    copies: number,
  ): number
  mapHits(
    table: number,
    longest: number,
    baseHits: number,
    baseCount: number,
    copies: number,
    count: number,
    at: number,
    size: number,
    out: number,
    room: number,
  ): number
  searched(): number
  changedHits(
    hits: number,
    hitCount: number,
    reaches: number,
    copies: number,
    count: number,
    baseSize: number,
    size: number,
    out: number,
  ): number
  carriedHits(
    baseHits: number,
    baseCount: number,
    reaches: number,
    copies: number,
    count: number,
    baseSize: number,
    size: number,
    out: number,
  ): number
  mergeHits(one: number, oneCount: number, other: number, otherCount: number, out: number): number
  changedUtf16(copies: number, count: number, at: number, size: number): number
  changedRuns(
    copies: number,
    count: number,
    baseSize: number,
    at: number,
    size: number,
    minLength: number,
    text: number,
    out: number,
    room: number,
  ): number
  windowsOf(copies: number, count: number, baseSize: number, size: number, reach: number, out: number): number
  widenWindows(at: number, size: number, windows: number, count: number, reach: number): number
  findKeywords(
    table: number,
    at: number,
    length: number,
    from: number,
    to: number,
    out: number,
    room: number,
  ): number
  keepHits(table: number, at: number, size: number, hits: number, count: number, open: number): number
  anyFar(hits: number, count: number, reaches: number): number
  findRuns(
    at: number,
    from: number,
    to: number,
    minLength: number,
    text: number,
    out: number,
    room: number,
  ): number
  findUtf16(at: number, from: number, to: number): number
}

/** One instance of the kernel: single-threaded, with memory of its own that only grows. */
export interface Kernel {
  readonly exports: KernelExports
  /** The compiled code; workers that are handed it share its compilation. */
  readonly module: WebAssembly.Module
  /** A view of all memory; stale after `reserve` or `ensure`. */
  bytes(): Uint8Array
  /** Takes `size` bytes for good, aligned to 64, with SLOP behind them. */
  reserve(size: number): number
  /** First byte that nobody has reserved; a user of open-ended memory starts here and calls `ensure`. */
  top(): number
  /** Makes memory up to `end` (and SLOP behind it) usable; false when the machine or the 4 GiB limit says no. */
  ensure(end: number): boolean
}

/** Bytes that every buffer handed to the kernel must have behind it. */
export const SLOP = 320
const HEAP_START = 122880
const PAGE = 65536
const MAX_MEMORY = 65536 * PAGE

/** Instantiates compiled kernel code. */
export function createKernel(module: WebAssembly.Module): Kernel {
  const exports = new WebAssembly.Instance(module).exports as unknown as KernelExports
  const { memory } = exports
  let view = new Uint8Array(memory.buffer)
  let top = HEAP_START + dataBytes(exports)

  function ensure(end: number): boolean {
    const wanted = end + SLOP
    if (wanted <= view.length) return true
    if (wanted > MAX_MEMORY) return false
    try {
      memory.grow(Math.ceil((wanted - view.length) / PAGE))
    } catch {
      return false
    }
    view = new Uint8Array(memory.buffer)
    return true
  }

  return {
    exports,
    module,
    bytes: () => view,
    top: () => top,
    ensure,
    reserve(size) {
      const at = top
      if (!ensure(at + size)) throw new RangeError(`the kernel cannot have ${size} bytes more`)
      top = (at + size + SLOP + 63) & ~63
      return at
    },
  }
}

/** The kernel's data segments start at HEAP_START; it says where they end. */
function dataBytes(exports: KernelExports): number {
  const end = (exports as unknown as { heapStart(): number }).heapStart()
  return (end - HEAP_START + 63) & ~63
}

/**
 * Loads the kernel from `kernel.wasm` beside the bundled file, or from dist/ when run from source.
 * Undefined when the file is absent or this runtime has no WebAssembly SIMD.
 */
export function loadKernel(): Kernel | undefined {
  const module = loadKernelModule()
  return module === undefined ? undefined : createKernel(module)
}

let compiled: WebAssembly.Module | undefined

/** The compiled code alone, to hand to workers; compiled once. */
export function loadKernelModule(): WebAssembly.Module | undefined {
  compiled ??= findKernelModule()
  return compiled
}

/** Compiled code of another thread. */
export function useKernelModule(module: WebAssembly.Module): void {
  compiled = module
}

function findKernelModule(): WebAssembly.Module | undefined {
  for (const path of ['kernel.wasm', '../../../dist/kernel.wasm']) {
    const bytes = readIfThere(join(import.meta.dirname, path))
    if (bytes !== undefined) return compile(bytes)
  }
  return undefined
}

function compile(bytes: Uint8Array): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(bytes)
  } catch {
    return undefined
  }
}
