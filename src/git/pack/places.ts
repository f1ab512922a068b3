// Where a repository keeps its objects: its own folder, the common one of its worktrees, and its alternates.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface ObjectPlaces {
  readonly hashBytes: 20 | 32
  /** Object folders in the order git asks them. */
  readonly folders: readonly string[]
  /** Pack files without their extension. */
  readonly packs: readonly string[]
  /** Loose objects: index of the folder, and the id in hex. */
  readonly loose: readonly LooseObject[]
  /** Packs of which only one half is there, and folders that could not be read. */
  readonly problems: readonly PlaceProblem[]
}

export interface LooseObject {
  readonly folder: number
  readonly id: string
}

export interface PlaceProblem {
  readonly path: string
  readonly message: string
}

const MAX_ALTERNATES_DEPTH = 5

/** Lists packs and loose objects of the repository, in an order that only depends on their names. */
export function findObjects(gitDir: string): ObjectPlaces {
  const common = commonDir(gitDir)
  const problems: PlaceProblem[] = []
  const folders: string[] = []
  addFolder(join(common, 'objects'), 0, folders, problems)
  const hashBytes = usesSha256(common) ? 32 : 20
  const packs = folders.flatMap((folder) => packsIn(join(folder, 'pack'), problems))
  const loose = folders.flatMap((folder, i) => looseIn(folder, i, hashBytes, problems))
  return { hashBytes, folders, packs, loose, problems }
}

/** The folder that linked worktrees share. */
export function commonDir(gitDir: string): string {
  const path = join(gitDir, 'commondir')
  return existsSync(path) ? resolve(gitDir, readFileSync(path, 'utf8').trim()) : resolve(gitDir)
}

/** Only this one setting is read; git refuses a repository that has it twice in different ways. */
function usesSha256(common: string): boolean {
  const path = join(common, 'config')
  return existsSync(path) && /^\s*objectformat\s*=\s*"?sha256"?\s*$/im.test(readFileSync(path, 'utf8'))
}

function addFolder(folder: string, depth: number, folders: string[], problems: PlaceProblem[]): void {
  if (folders.includes(folder)) return
  if (depth > MAX_ALTERNATES_DEPTH || !existsSync(folder)) {
    problems.push({ path: folder, message: 'this folder of objects is not there or nested too deep' })
    return
  }
  folders.push(folder)
  const list = join(folder, 'info', 'alternates')
  if (!existsSync(list)) return
  for (const line of readFileSync(list, 'utf8').split('\n')) {
    const path = line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1) : line
    if (path !== '' && !path.startsWith('#')) addFolder(resolve(folder, path), depth + 1, folders, problems)
  }
}

function list(folder: string, problems: PlaceProblem[]): string[] {
  try {
    return existsSync(folder) ? readdirSync(folder).sort() : []
  } catch (error) {
    problems.push({ path: folder, message: (error as Error).message })
    return []
  }
}

function packsIn(folder: string, problems: PlaceProblem[]): string[] {
  const names = new Set(list(folder, problems))
  const packs: string[] = []
  for (const name of names) {
    const base = name.replace(/\.(?:pack|idx)$/, '')
    if (base === name) continue
    if (name.endsWith('.pack') && names.has(`${base}.idx`)) packs.push(join(folder, base))
    else if (!names.has(`${base}.idx`))
      problems.push({ path: join(folder, name), message: 'a pack without an index' })
    else if (!names.has(`${base}.pack`))
      problems.push({ path: join(folder, name), message: 'an index without a pack' })
  }
  return packs
}

function looseIn(folder: string, index: number, hashBytes: number, problems: PlaceProblem[]): LooseObject[] {
  const rest = new RegExp(`^[0-9a-f]{${hashBytes * 2 - 2}}$`)
  return list(folder, problems)
    .filter((name) => /^[0-9a-f]{2}$/.test(name))
    .flatMap((name) =>
      list(join(folder, name), problems)
        .filter((file) => rest.test(file))
        .map((file) => ({ folder: index, id: name + file })),
    )
}
