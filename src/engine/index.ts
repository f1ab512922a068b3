// The engine's public face.
import { createKeywordTable } from './kernel/keyword-table.ts'
import { loadKernel } from './kernel/load.ts'
import { createKernelPrefilter } from './kernel/prefilter.ts'
import { placeTable } from './kernel/table-image.ts'
import { createPrefilter, type Prefilter } from './prefilter.ts'
import type { Keywords } from './tables.ts'

export { createEngine, type Engine, type EngineResult, type Found } from './engine.ts'
export { createPrefilter, HitBuffer, MIN_RUN, type Prefilter } from './prefilter.ts'

/** The one for the bundled rules: engines of a run share it, since it holds nothing from one call to the next. */
let bundled: { readonly rules: string; readonly keywords: number; readonly prefilter: Prefilter } | undefined

/** The kernel's prefilter, or the plain one where the runtime has no SIMD; both find what can match. */
export function createFastPrefilter(keywords: Keywords, rules: string): Prefilter {
  if (bundled?.rules === rules && bundled.keywords === keywords.length) return bundled.prefilter
  const kernel = loadKernel()
  if (!kernel) return createPrefilter(keywords.list())
  const table = placeTable(kernel, keywords.length, rules)
  const prefilter = createKernelPrefilter(kernel, table ?? createKeywordTable(kernel, keywords.list()))
  if (table !== undefined) bundled = { rules, keywords: keywords.length, prefilter }
  return prefilter
}
