// Where tags lead: through tags of tags to a commit, a tree or a blob.
import type { Peeled } from './tips.ts'

/** A reader of packs believes their index, so a damaged one can have tags that lead in a circle. */
const MAX_HOPS = 1000

export interface TagReader {
  read(oid: string, bytes: Uint8Array): void
  /** By hex id of the tag, what it points at in the end; tags that lead to a missing tag are left out. */
  peeled(): Map<string, Peeled>
}

export function createTagReader(): TagReader {
  const targets = new Map<string, Peeled>()
  return {
    read(oid, bytes) {
      const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 256)).toString('latin1')
      const [, target, type] = /^object ([0-9a-f]+)\ntype (\w+)\n/.exec(head) ?? []
      if (target !== undefined && type !== undefined) targets.set(oid, { oid: target, type })
    },
    peeled() {
      const peeled = new Map<string, Peeled>()
      for (const [oid, target] of targets) {
        let end: Peeled | undefined = target
        for (let hops = 0; end?.type === 'tag' && hops < MAX_HOPS; hops++) end = targets.get(end.oid)
        if (end !== undefined && end.type !== 'tag') peeled.set(oid, end)
      }
      return peeled
    },
  }
}
