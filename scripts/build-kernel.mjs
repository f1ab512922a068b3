// Compiles the AssemblyScript kernel to dist/kernel.wasm. Same source, same bytes.
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const ENTRY = 'src/engine/kernel/assembly/index.ts'

/**
 * Compiles the kernel.
 * @param {{ root?: string, outFile?: string }} [options]
 * @returns {Promise<{ outFile: string, bytes: number }>}
 */
export async function buildKernel({ root = ROOT, outFile = join(root, 'dist', 'kernel.wasm') } = {}) {
  mkdirSync(dirname(outFile), { recursive: true })
  const { error, stderr } = await asc.main([
    ENTRY,
    '--baseDir',
    root,
    '--outFile',
    outFile,
    '-O3',
    '--converge',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd',
    '--memoryBase',
    '122880',
    '--initialMemory',
    '4',
    '--use',
    'abort=',
  ])
  if (error) throw new Error(`the kernel does not compile: ${error.message}\n${stderr.toString()}`)
  WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(outFile))).forEach((wanted) => {
    throw new Error(`the kernel must import nothing, but wants ${wanted.module}.${wanted.name}`)
  })
  return { outFile, bytes: statSync(outFile).size }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { outFile, bytes } = await buildKernel()
  console.log(`${outFile}: ${bytes} bytes`)
}
