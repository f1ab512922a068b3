// A freshly compiled kernel for the tests, and random bytes that repeat.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildKernel } from '../../../scripts/build-kernel.mjs'
import { createKernel, type Kernel } from '../../../src/engine/kernel/load.ts'

let compiled: Promise<WebAssembly.Module> | undefined

async function compile(): Promise<WebAssembly.Module> {
  const folder = mkdtempSync(join(tmpdir(), 'unleak-kernel-'))
  try {
    const { outFile } = await buildKernel({ outFile: join(folder, 'kernel.wasm') })
    return new WebAssembly.Module(readFileSync(outFile))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The code of this source tree, whatever lies in dist/. */
export function kernelModule(): Promise<WebAssembly.Module> {
  compiled ??= compile()
  return compiled
}

export async function freshKernel(): Promise<Kernel> {
  return createKernel(await kernelModule())
}

/** Numbers in [0, below) that are the same in every run. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}
