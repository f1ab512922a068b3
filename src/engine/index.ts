// The engine's public face.
import { loadKernel } from './kernel/load.ts'
import { createKernelPrefilter } from './kernel/prefilter.ts'
import { loadTableImage } from './kernel/table-image.ts'
import { createPrefilter, type Prefilter } from './prefilter.ts'

export { createEngine, type Engine, type EngineResult, type Found } from './engine.ts'
export { createPrefilter, HitBuffer, MIN_RUN, type Prefilter } from './prefilter.ts'

/** The kernel's prefilter, or the plain one where the runtime has no SIMD; both find what can match. */
export function createFastPrefilter(keywords: readonly string[], rules: string): Prefilter {
  const kernel = loadKernel()
  if (!kernel) return createPrefilter(keywords)
  const tables = loadTableImage()
  return createKernelPrefilter(kernel, keywords, tables && { tables, rules })
}
