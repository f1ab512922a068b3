// Trees and commits straight from the packs, for attribution.
import { createKernel } from '../engine/kernel/load.ts'
import type { ObjectSource } from '../git/attribute.ts'
import type { ObjectType } from '../git/pack/contract.ts'
import { readPacks } from '../git/pack/read.ts'

/** A keyword that no text holds: nothing is searched for here. */
const NOTHING = ['\0\0\0\0']

export function packObjects(gitDir: string, module: WebAssembly.Module): ObjectSource {
  const each = async (type: ObjectType, visit: (oid: string, bytes: Uint8Array) => void): Promise<void> => {
    const options = { keywords: NOTHING, longKeywords: [], reach: 1, minRun: 0, types: [], each: [type] }
    const visitor = {
      visit: () => false,
      each: (id: string, found: ObjectType, bytes: Uint8Array) => {
        if (found === type) visit(id, bytes)
      },
    }
    readPacks(gitDir, createKernel(module), options, visitor)
  }
  return { eachTree: (visit) => each('tree', visit), eachCommit: (visit) => each('commit', visit) }
}
