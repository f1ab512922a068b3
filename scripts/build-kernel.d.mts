// Types of build-kernel.mjs for the tests.
export function buildKernel(options?: {
  root?: string
  outFile?: string
}): Promise<{ outFile: string; bytes: number }>
