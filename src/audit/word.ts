// A blob of one word, such as `config/master.key`, is a secret by the name of its file: examined as if it had one that
// tells, and once more at its paths when they are known.
import { TELLING_PATHS } from '../engine/decode/named-file.ts'
import type { Engine } from '../engine/index.ts'
import { MOST_KEPT_PATH } from '../filters/candidate.ts'
import { judgeMatches } from '../judge-matches.ts'
import type { Match } from '../model/index.ts'
import { chunkOf } from '../sources/windows.ts'
import { addHot, type Harvest } from './examine.ts'

/** Notes the blob as one to be examined by path, unless it is told without a name. */
export function examineWord(engine: Engine, id: string, bytes: Uint8Array, harvest: Harvest): void {
  if (keptAt(MOST_KEPT_PATH).length > 0) return
  const matches = TELLING_PATHS.flatMap(keptAt)
  if (matches.length === 0) return
  addHot(harvest, id, matches)
  if (!harvest.byPath.includes(id)) harvest.byPath.push(id)

  /** What matches there, if anything of it is kept. */
  function keptAt(path: string): readonly Match[] {
    const chunk = chunkOf(bytes, { kind: 'history', blob: id, path })
    const { matches } = engine.match(chunk)
    return judgeMatches(matches, chunk, new Map()).length > 0 ? matches : []
  }
}
