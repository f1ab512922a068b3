// The kernel's public face: everything the host may call. No allocation here: the host owns memory from HEAP_START.
import { initInflate } from './inflate'
import { initRuns } from './runs'

export { inflate, inflateWhole } from './inflate'
export { adler32 } from './adler'
export { carriedHits, changedHits, changedRuns, changedUtf16, mapHits, mergeHits, searched, widenWindows, windowsOf } from './changes'
export { applyDelta, deltaResultSize, mostCopies } from './delta'
export { findKeywords } from './prefilter'
export { anyFar, keepHits } from './probe'
export { findRuns, findUtf16 } from './runs'

initInflate()
initRuns()

/** First byte behind the kernel's own data. */
export function heapStart(): usize {
  return __heap_base
}
