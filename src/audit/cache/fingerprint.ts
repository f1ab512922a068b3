// Short texts that change when the object store, the refs or the program change: nothing else is compared.
import { createHash, type Hash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere } from '../../engine/optional-file.ts'
import type { ObjectPlaces } from '../../git/pack/places.ts'

/** Packs by name, size, time and checksum, loose objects by id, alternates, and the edge of a shallow clone. */
export function fingerprintStore(gitDir: string, places: ObjectPlaces): string | undefined {
  if (places.problems.length > 0) return undefined
  const hash = createHash('sha256')
  hash.update(JSON.stringify([places.hashBytes, places.folders, textIfThere(join(gitDir, 'shallow'))]))
  try {
    for (const pack of places.packs)
      for (const end of ['.pack', '.idx']) hash.update(describeFile(`${pack}${end}`, places.hashBytes))
  } catch {
    return undefined // gone meanwhile: the reader says so
  }
  for (const { folder, id } of places.loose) hash.update(`${folder} ${id}\n`)
  return hash.digest('hex')
}

/** Name, size, time and the checksum that ends the file. */
function describeFile(path: string, hashBytes: number): string {
  const fd = openSync(path, 'r')
  try {
    const { size, mtimeMs } = fstatSync(fd)
    const tail = Buffer.alloc(hashBytes)
    readSync(fd, tail, 0, hashBytes, Math.max(0, size - hashBytes))
    return `${path} ${size} ${mtimeMs} ${tail.toString('hex')}\n`
  } finally {
    closeSync(fd)
  }
}

/** Everything that `readTips` looks at: refs by content, reflogs and reftables by size and time. */
export function fingerprintRefs(gitDir: string): string {
  const hash = createHash('sha256')
  const addFolder = (folder: string) => {
    for (const name of ['HEAD', 'packed-refs']) hash.update(`${name} ${textIfThere(join(folder, name))}\n`)
    addFiles(hash, join(folder, 'refs'), (path) => textIfThere(path) ?? '')
    for (const name of ['logs', 'reftable']) addFiles(hash, join(folder, name), sizeAndTime)
  }
  addFolder(gitDir)
  for (const name of list(join(gitDir, 'worktrees'))) addFolder(join(gitDir, 'worktrees', name))
  return hash.digest('hex')
}

function addFiles(hash: Hash, folder: string, describe: (path: string) => string): void {
  for (const entry of readdirIfThere(folder)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) addFiles(hash, path, describe)
    else hash.update(`${path} ${describe(path)}\n`)
  }
}

function sizeAndTime(path: string): string {
  const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { size: -1, mtimeMs: 0 }
  return `${size} ${mtimeMs}`
}

function readdirIfThere(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}

function list(folder: string): string[] {
  return readdirIfThere(folder).map(({ name }) => name)
}

const textIfThere = (path: string): string | undefined => readIfThere(path)?.toString('latin1')

/** The code that decides what a secret is, and the rules: with another of either, everything is read anew. */
export function fingerprintProgram(version: string, ruleset: string, files: readonly URL[]): string {
  const hash = createHash('sha256').update(JSON.stringify([version, ruleset]))
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}
