// The engine's public face.
import { loadKernel } from './kernel/load.ts'
import { createKernelPrefilter } from './kernel/prefilter.ts'
import { loadTableImage } from './kernel/table-image.ts'
import { createPrefilter, type Prefilter } from './prefilter.ts'

export { createEngine, type Engine, type EngineResult, type Found } from './engine.ts'
export { createPrefilter, HitBuffer, MIN_RUN, type Prefilter } from './prefilter.ts'

/** The kernel's prefilter, or the plain one where the runtime has no SIMD; both find the same. */
export function createFastPrefilter(keywords: readonly string[]): Prefilter {
  const kernel = loadKernel()
  return kernel ? createKernelPrefilter(kernel, keywords, loadTableImage()) : createPrefilter(keywords)
}
