// The index against HEAD, read here: what `git diff-index --cached` says, without the time that starting git takes.
import { readFileSync, statSync } from 'node:fs'
import { type CachedTree, type Index, idOf, isSameId, modeOf, parseIndex } from './index-entries.ts'
import { TYPE_NUMBERS } from './pack/contract.ts'
import { decodePath } from './paths.ts'
import { findRepositoryFiles, headCommit, indexPath, isPlain } from './repository-files.ts'
import type { StagedEntry } from './staged.ts'
import { openStore, readStored, type Store } from './stored-objects.ts'

/** A larger index takes git less time than JavaScript. */
const LARGEST_INDEX = 4 << 20
/** So do more trees. */
const MOST_TREES = 400

/** The same entries that git lists; undefined where git has to be asked. Never throws. */
export function listStagedDirectly(cwd: string, root: string): StagedEntry[] | undefined {
  let store: Store | undefined
  try {
    const files = findRepositoryFiles(cwd, root)
    if (files === undefined || !isPlain(files, cwd, root)) return undefined
    const path = indexPath(files, root)
    if (statSync(path).size > LARGEST_INDEX) return undefined
    const index = parseIndex(readFileSync(path))
    const commit = headCommit(files)
    store = openStore(files.objects)
    if (index === undefined || commit === undefined || store === undefined) return undefined
    const read = readStored.bind(undefined, store, files.objects)
    const head = read(commit, TYPE_NUMBERS.commit)?.toString('latin1', 0, 46)
    const tree = head && /^tree ([0-9a-f]{40})\n/.exec(head)?.[1]
    if (!tree) return undefined
    const comparison: Comparison = { index, read, trees: 0, entries: [] }
    compareFolder(comparison, tree, { length: 0, from: 0, to: index.starts.length }, index.folders)
    return comparison.entries
  } catch {
    return undefined // damaged, gone meanwhile, or more than it pays for: git says which
  } finally {
    store?.close()
  }
}

interface Comparison {
  readonly index: Index
  readonly read: (oid: string, type: number) => Buffer | undefined
  readonly entries: StagedEntry[]
  /** How many were read. */
  trees: number
}

/** The entries [from, to) of the index: those below a folder, whose path is the first `length` bytes of each. */
interface Range {
  readonly length: number
  readonly from: number
  readonly to: number
}

/** One line of a tree: bytes [start, end) are its name, then comes its id. */
interface Line {
  readonly tree: Buffer
  readonly mode: number
  readonly start: number
  readonly end: number
}

const FOLDER = 0o40000
const GITLINK = 0o160000
const TYPE_BITS = 0o170000
const ID_BYTES = 20
const SLASH = 0x2f

/** A folder of HEAD against the entries below it. What the index remembers unchanged is not read. */
function compareFolder(work: Comparison, oid: string, range: Range, cached: CachedTree | undefined): void {
  const { length, to } = range
  if (cached?.oid === oid && cached.count === to - range.from) return
  let entry = range.from
  for (const line of linesOf(work, oid)) {
    let order = entry < to ? orderOf(work.index, entry, length, line) : 1
    for (; order < 0; order = entry < to ? orderOf(work.index, entry, length, line) : 1)
      addEntry(work, entry++)
    if (order > 0) removeLine(work, line, folderOf(work.index, range))
    else if (line.mode !== FOLDER) updateEntry(work, entry++, line)
    else {
      const known = cached?.folders.get(line.tree.toString('latin1', line.start, line.end))
      const below = { length: length + line.end - line.start + 1, from: entry }
      entry = endOf(work.index, below.from, range, line, known?.count ?? 0)
      compareFolder(work, idAt(line), { ...below, to: entry }, known)
    }
  }
  for (; entry < to; entry++) addEntry(work, entry)
}

/** The path of a range's folder, with its slash. */
function folderOf({ bytes, starts }: Index, { from, length }: Range): Buffer {
  return bytes.subarray(starts[from]!, starts[from]! + length)
}

/** `mode SP name NUL id` … */
function linesOf(work: Comparison, oid: string): Line[] {
  work.trees += 1
  const tree = work.trees > MOST_TREES ? undefined : work.read(oid, TYPE_NUMBERS.tree)
  if (tree === undefined) throw new Error('a tree is not here')
  const lines: Line[] = []
  for (let at = 0; at < tree.length; ) {
    let mode = 0
    for (; tree[at] !== 0x20; at++) {
      if (at >= tree.length) throw new Error('a tree ends early')
      mode = mode * 8 + tree[at]! - 0x30
    }
    const end = tree.indexOf(0, at)
    if (end < 0 || end + ID_BYTES >= tree.length) throw new Error('a tree ends early')
    lines.push({ tree, mode: plainMode(mode), start: at + 1, end })
    at = end + 1 + ID_BYTES
  }
  return lines
}

/** Old trees hold modes such as 100664: git takes them for the plain one. */
function plainMode(mode: number): number {
  const type = mode & TYPE_BITS
  if (type === 0o100000) return mode & 0o100 ? 0o100755 : 0o100644
  return type === 0o120000 || type === FOLDER ? type : GITLINK
}

function idAt({ tree, end }: Line): string {
  return tree.toString('hex', end + 1, end + 1 + ID_BYTES)
}

/** How the rest of an entry's path stands to a line of its folder, as both are sorted; 0 also for what is below it. */
function orderOf({ bytes, starts, ends }: Index, entry: number, length: number, line: Line): number {
  const from = starts[entry]! + length
  const size = line.end - line.start
  const to = Math.min(ends[entry]!, from + size)
  const order = bytes.compare(line.tree, line.start, line.end, from, to)
  if (order !== 0) return order
  const isWhole = from + size === ends[entry]!
  if (line.mode !== FOLDER) return isWhole ? 0 : 1
  return isWhole ? -1 : bytes[from + size]! - SLASH
}

/** Where the entries below a folder end; `count`: how many there should be. */
function endOf(index: Index, first: number, { length, to }: Range, line: Line, count: number): number {
  const isIn = (entry: number) => orderOf(index, entry, length, line) === 0
  let low = first // is in
  let high = to
  if (count > 0 && first + count <= to && isIn(first + count - 1)) {
    low = first + count - 1
    if (low + 1 === to || !isIn(low + 1)) return low + 1
  }
  while (low + 1 < high) {
    const middle = (low + high) >> 1
    if (isIn(middle)) low = middle
    else high = middle
  }
  return high
}

function addEntry({ index, entries }: Comparison, entry: number): void {
  const { path, mode, blob } = recordOf(index, entry)
  entries.push({ path, status: 'A', mode: textOf(mode), blob, headBlob: undefined })
}

function updateEntry({ index, entries }: Comparison, entry: number, line: Line): void {
  if (isSameId(index, entry, line.tree, line.end + 1) && modeOf(index, entry) === line.mode) return
  const { mode, blob, path } = recordOf(index, entry)
  const status = (mode & TYPE_BITS) === (line.mode & TYPE_BITS) ? 'M' : 'T'
  const headBlob = line.mode === GITLINK ? undefined : idAt(line)
  entries.push({ path, status, mode: textOf(mode), blob, headBlob })
}

/** Files that the index has no more; `folder` is where the line stands, with its slash. */
function removeLine(work: Comparison, line: Line, folder: Buffer): void {
  const path = Buffer.concat([folder, line.tree.subarray(line.start, line.end)])
  if (line.mode === FOLDER) {
    for (const below of linesOf(work, idAt(line)))
      removeLine(work, below, Buffer.concat([path, Buffer.from('/')]))
    return
  }
  const headBlob = line.mode === GITLINK ? undefined : idAt(line)
  work.entries.push({ path: decodePath(path), status: 'D', mode: textOf(0), blob: '0'.repeat(40), headBlob })
}

function recordOf(index: Index, entry: number) {
  const blob = idOf(index, entry)
  if (/^0+$/.test(blob)) throw new Error('an entry has no id')
  const path = decodePath(index.bytes.subarray(index.starts[entry]!, index.ends[entry]!))
  return { path, mode: modeOf(index, entry), blob }
}

function textOf(mode: number): string {
  return mode.toString(8).padStart(6, '0')
}
