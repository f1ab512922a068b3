// Reads objects of an object folder by id, loose or packed, with the kernel. What it can't read, git is asked for.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadKernel } from '../engine/kernel/load.ts'
import { WHOLE_OBJECT_LIMIT } from './cat-file.ts'
import { createLooseReader } from './loose-blobs.ts'
import { TYPE_NAMES } from './pack/contract.ts'
import { createPackedReader } from './pack/single.ts'

export interface Store {
  /** The bytes of the object of an id in hex; undefined when it is not here, of another type, or not sound. */
  read(oid: string, type: number): Buffer | undefined
  close(): void
}

/** Undefined where this runtime has no SIMD. */
export function openStore(folder: string): Store | undefined {
  const kernel = loadKernel()
  if (kernel === undefined) return undefined
  const readLoose = createLooseReader(kernel, WHOLE_OBJECT_LIMIT)
  const packs = createPackedReader(kernel, join(folder, 'pack'), WHOLE_OBJECT_LIMIT)
  return {
    read(oid, type) {
      const loose = join(folder, oid.slice(0, 2), oid.slice(2))
      if (existsSync(loose)) return readLoose(loose, TYPE_NAMES[type]!)
      const packed = packs.read(oid)
      return packed?.type === type ? packed.bytes : undefined
    },
    close: packs.close,
  }
}
