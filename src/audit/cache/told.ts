// Where the hot blobs stand in the history, kept for as long as objects and refs stay as they are.
import type { BlobCommit, BlobHistory } from '../../git/attribute.ts'

/** Refs are many and repeat: one list of names, and for each blob the stretches of it that hold the blob. */
export interface Told {
  /** Of which refs this is true; see `fingerprint.ts`. */
  readonly refs: string
  readonly names: readonly string[]
  readonly blobs: Readonly<Record<string, ToldBlob>>
  /** For commits with a secret in their message: the refs that reach them, and HEAD. */
  readonly holding: Readonly<Record<string, readonly string[]>>
  readonly plainRefs: boolean
}

interface ToldBlob extends Omit<BlobHistory, 'refs'> {
  /** Start and end of each stretch of `names`. */
  readonly refs: readonly number[]
}

/** What telling needs to know of the history beside the objects. */
export interface Whereabouts {
  readonly histories: ReadonlyMap<string, BlobHistory>
  readonly holding: ReadonlyMap<string, readonly string[]>
  /** No ref has a secret for its name. */
  readonly plainRefs: boolean
}

export function packTold(refs: string, { histories, holding, plainRefs }: Whereabouts): Told {
  const names = [...new Set([...histories.values()].flatMap((history) => [...history.refs]))].sort()
  const indexOf = new Map(names.map((name, i) => [name, i]))
  const blobs = [...histories].map(([id, history]) => {
    const { paths, introduced, removed, atHead, published, unreachable } = history
    const held = stretches(history.refs.map((name) => indexOf.get(name)!).sort((a, b) => a - b))
    return [id, { paths, introduced, removed, atHead, published, unreachable, refs: held }]
  })
  return { refs, names, blobs: Object.fromEntries(blobs), holding: Object.fromEntries(holding), plainRefs }
}

export function unpackTold({ names, blobs, holding, plainRefs }: Told): Whereabouts {
  const histories = new Map<string, BlobHistory>()
  for (const [id, { refs, ...rest }] of Object.entries(blobs)) {
    const held: string[] = []
    for (let i = 0; i < refs.length; i += 2) held.push(...names.slice(refs[i], refs[i + 1]))
    histories.set(id, { ...rest, refs: held })
  }
  return { histories, holding: new Map(Object.entries(holding)), plainRefs }
}

/** Ascending numbers as start and end of each unbroken run. */
function stretches(numbers: readonly number[]): number[] {
  const bounds: number[] = []
  for (const n of numbers) {
    if (bounds.at(-1) === n) bounds[bounds.length - 1] = n + 1
    else bounds.push(n, n + 1)
  }
  return bounds
}

/** Strict, for it comes from a file. */
export function isTold({ refs, names, blobs, holding, plainRefs }: Told): boolean {
  return (
    /^[0-9a-f]{64}$/.test(refs) &&
    areTexts(names) &&
    typeof plainRefs === 'boolean' &&
    Object.values(blobs).every((blob) => isBlob(blob, names.length)) &&
    Object.values(holding).every(areTexts)
  )
}

function isBlob(blob: ToldBlob, names: number): boolean {
  const { paths, published, introduced, removed, atHead, unreachable, refs } = blob
  return (
    areTexts(paths) &&
    areTexts(published) &&
    [...introduced, ...removed].every(isCommit) &&
    typeof atHead === 'boolean' &&
    typeof unreachable === 'boolean' &&
    refs.length % 2 === 0 &&
    refs.every((n, i) => Number.isInteger(n) && n >= (refs[i - 1] ?? 0) && n <= names)
  )
}

function isCommit({ commit, author, date, path, generation, onBranch }: BlobCommit): boolean {
  return (
    areTexts([commit, author, date, path ?? '']) &&
    Number.isInteger(generation) &&
    typeof onBranch === 'boolean'
  )
}

function areTexts(values: readonly unknown[]): boolean {
  return Array.isArray(values) && values.every((value) => typeof value === 'string')
}
