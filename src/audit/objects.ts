// Trees, commits and tags straight from the packs, for attribution: all in one walk.
import { createKernel } from '../engine/kernel/load.ts'
import type { ObjectSource } from '../git/attribute.ts'
import type { ObjectType } from '../git/pack/contract.ts'
import { readPacks } from '../git/pack/read.ts'

/** A keyword that no text holds: nothing is searched for here. */
const NOTHING = ['\0\0\0\0']

type Visit = (oid: string, bytes: Uint8Array) => void

export function packObjects(gitDir: string, module: WebAssembly.Module): ObjectSource {
  const walk = async (visits: Partial<Record<ObjectType, Visit>>): Promise<void> => {
    const each = Object.keys(visits) as ObjectType[]
    const options = { keywords: NOTHING, longKeywords: [], reach: 1, minRun: 0, types: [], each }
    const visitor = {
      visit: () => false,
      each: (id: string, type: ObjectType, bytes: Uint8Array) => visits[type]?.(id, bytes),
    }
    readPacks(gitDir, createKernel(module), options, visitor)
  }
  return {
    eachTree: (tree) => walk({ tree }),
    eachCommit: (commit) => walk({ commit }),
    eachOf: (visits) => walk(visits),
  }
}
