// The index as git writes it, versions 2 and 3, with the tree ids that it remembers of folders.

export interface Index {
  readonly bytes: Buffer
  /** Where each entry begins. */
  readonly entries: Uint32Array
  /** Where each entry's path begins and ends in `bytes`; entries are sorted by it. */
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  readonly folders: CachedTree | undefined
}

/** A folder of which the index knows the tree; `count` entries are below it. */
export interface CachedTree {
  readonly count: number
  /** Undefined: it has changed since. */
  readonly oid: string | undefined
  readonly folders: ReadonlyMap<string, CachedTree>
}

const HEADER_BYTES = 12
/** Times, owner and size of the file; then mode, id and flags. */
const MODE_AT = 24
const ID_AT = 40
const FLAGS_AT = 60
const PATH_AT = 62
const HASH_BYTES = 20
const EXTENDED = 0x4000
const STAGE = 0x3000
const INTENT_TO_ADD = 0x2000

/** Undefined for what only git should read: other versions, unmerged entries, split or sparse ones, damage. */
export function parseIndex(bytes: Buffer): Index | undefined {
  if (bytes.length < HEADER_BYTES + HASH_BYTES || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined
  const version = bytes.readUInt32BE(4)
  if (version !== 2 && version !== 3) return undefined
  const count = bytes.readUInt32BE(8)
  const end = bytes.length - HASH_BYTES
  if (count > end / PATH_AT) return undefined
  const entries = new Uint32Array(count)
  const starts = new Uint32Array(count)
  const ends = new Uint32Array(count)
  let at = HEADER_BYTES
  for (let i = 0; i < count; i++) {
    if (at + PATH_AT + 2 > end) return undefined
    const flags = (bytes[at + FLAGS_AT]! << 8) | bytes[at + FLAGS_AT + 1]!
    const isExtended = (flags & EXTENDED) !== 0
    if (flags & STAGE || (isExtended && (bytes[at + PATH_AT]! << 8) & INTENT_TO_ADD)) return undefined
    const start = at + PATH_AT + (isExtended ? 2 : 0)
    const length = flags & 0xfff
    const stop = length < 0xfff ? start + length : bytes.indexOf(0, start)
    if (stop < start || stop >= end || bytes[stop] !== 0) return undefined
    entries[i] = at
    starts[i] = start
    ends[i] = stop
    at += (stop - at + 8) & ~7 // with one NUL at least, to a multiple of 8
  }
  const folders = readExtensions(bytes, at, end)
  return folders === false ? undefined : { bytes, entries, starts, ends, folders }
}

export function modeOf({ bytes, entries }: Index, entry: number): number {
  return bytes.readUInt32BE(entries[entry]! + MODE_AT)
}

export function idOf({ bytes, entries }: Index, entry: number): string {
  const at = entries[entry]! + ID_AT
  return bytes.toString('hex', at, at + HASH_BYTES)
}

/** Whether the id that stands at `at` of `other` is the entry's. */
export function isSameId({ bytes, entries }: Index, entry: number, other: Buffer, at: number): boolean {
  const from = entries[entry]! + ID_AT
  // A loop, since Buffer.compare takes longer to check what it is given.
  for (let i = 0; i < HASH_BYTES; i++) if (bytes[from + i] !== other[at + i]) return false
  return true
}

/** The remembered trees; false when there is an extension that changes what the entries mean. */
function readExtensions(bytes: Buffer, from: number, end: number): CachedTree | undefined | false {
  let tree: CachedTree | undefined
  for (let at = from; at < end; ) {
    if (at + 8 > end) return false
    const name = bytes.toString('latin1', at, at + 4)
    const stop = at + 8 + bytes.readUInt32BE(at + 4)
    if (stop > end || !/^[A-Z]/.test(name)) return false
    if (name === 'TREE') tree = readTree(bytes, at + 8, stop)?.tree
    at = stop
  }
  return tree
}

/** `path NUL count SP folders LF id`, then the same of each folder; the id is left out where the count is -1. */
function readTree(
  bytes: Buffer,
  from: number,
  end: number,
): { name: string; tree: CachedTree; next: number } | undefined {
  const nul = bytes.indexOf(0, from)
  const lineEnd = nul < 0 ? -1 : bytes.indexOf(0x0a, nul)
  if (lineEnd < 0 || lineEnd >= end) return undefined
  const [count = -1, below = 0] = bytes
    .toString('latin1', nul + 1, lineEnd)
    .split(' ')
    .map(Number)
  let next = lineEnd + 1
  let oid: string | undefined
  if (count >= 0) {
    oid = bytes.toString('hex', next, next + HASH_BYTES)
    next += HASH_BYTES
  }
  const folders = new Map<string, CachedTree>()
  for (let i = 0; i < below; i++) {
    const child = readTree(bytes, next, end)
    if (child === undefined) return undefined
    folders.set(child.name, child.tree)
    next = child.next
  }
  const name = bytes.toString('latin1', from, nul)
  return next > end ? undefined : { name, tree: { count, oid, folders }, next }
}
