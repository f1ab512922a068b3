// Reads objects of an object folder by id, loose or packed, with the kernel. What it can't read, git is asked for.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadKernel } from '../engine/kernel/load.ts'
import { WHOLE_OBJECT_LIMIT } from './cat-file.ts'
import { createLooseReader } from './loose-blobs.ts'
import { loosePath } from './loose-path.ts'
import { TYPE_NAMES } from './pack/contract.ts'
import { createPackedReader } from './pack/single.ts'

/** Each answers with the bytes of the object of an id in hex; undefined: not here, of another type, or not sound. */
export interface Store {
  /** Its bytes hold until the next object is asked for. */
  loose(oid: string, type: number): Buffer | undefined
  /** Of packs, 40 digits only. */
  packed(oid: string, type: number): Buffer | undefined
  close(): void
}

/** Undefined where this runtime has no SIMD. */
export function openStore(folder: string): Store | undefined {
  const kernel = loadKernel()
  if (kernel === undefined) return undefined
  const readLoose = createLooseReader(kernel, WHOLE_OBJECT_LIMIT)
  const packs = createPackedReader(kernel, join(folder, 'pack'), WHOLE_OBJECT_LIMIT)
  return {
    loose: (oid, type) => readLoose(loosePath(folder, oid), TYPE_NAMES[type]!),
    packed(oid, type) {
      const packed = oid.length === 40 ? packs.read(oid) : undefined
      return packed?.type === type ? packed.bytes : undefined
    },
    close: packs.close,
  }
}

/** Either way, in memory of its own; a loose object is looked for first, without the cost of an error where there is none. */
export function readStored(store: Store, folder: string, oid: string, type: number): Buffer | undefined {
  const isLoose = existsSync(loosePath(folder, oid))
  if (!isLoose) return store.packed(oid, type)
  const bytes = store.loose(oid, type)
  return bytes && Buffer.from(bytes)
}
