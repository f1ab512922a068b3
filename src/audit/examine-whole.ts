// Scans all there is in an object that lies whole in memory: its text, the files of an archive, the names in a tree.
import { archiveKind } from '../engine/decode/archive-kind.ts'
import { isOneWord } from '../engine/decode/named-file.ts'
import type { Engine } from '../engine/index.ts'
import { type AuditType, examineArchive, examineObject, type Harvest } from './examine.ts'
import { examineTree } from './names.ts'
import { examineWord } from './word.ts'

export function examineWhole(
  engine: Engine,
  object: { readonly id: string; readonly type: string; readonly bytes: Uint8Array },
  harvest: Harvest,
): void {
  const { id, type, bytes } = object
  if (type === 'tree') {
    examineTree(engine, id, bytes, harvest)
    return
  }
  examineObject(engine, { id, type: type as AuditType, bytes }, harvest)
  if (type !== 'blob') return
  if (archiveKind(bytes) !== undefined) examineArchive(engine, id, bytes, harvest)
  if (isOneWord(bytes)) examineWord(engine, id, bytes, harvest)
}
