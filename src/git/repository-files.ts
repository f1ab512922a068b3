// Where git keeps what the hook reads itself, by the same variables and files that git goes by.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findGit } from './executable.ts'
import { commonDir } from './pack/places.ts'

export interface RepositoryFiles {
  readonly gitDir: string
  /** What linked working trees share. */
  readonly common: string
  readonly objects: string
}

/** Undefined when in doubt. */
export function findRepositoryFiles(cwd: string, root: string): RepositoryFiles | undefined {
  const { env } = process
  const gitDir = env.GIT_DIR ? resolve(cwd, env.GIT_DIR) : gitDirOf(root)
  if (gitDir === undefined || !existsSync(join(gitDir, 'HEAD'))) return undefined
  const common = env.GIT_COMMON_DIR ? resolve(cwd, env.GIT_COMMON_DIR) : commonDir(gitDir)
  const objects = env.GIT_OBJECT_DIRECTORY ? resolve(cwd, env.GIT_OBJECT_DIRECTORY) : join(common, 'objects')
  return existsSync(objects) ? { gitDir, common, objects } : undefined
}

/** `.git` is a folder, or in linked trees and submodules a file that names one. */
function gitDirOf(root: string): string | undefined {
  const path = join(root, '.git')
  try {
    const named = /^gitdir: (.+?)\r?\n?$/.exec(readFileSync(path, 'utf8'))?.[1]
    return named === undefined ? undefined : resolve(root, named)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EISDIR' ? path : undefined
  }
}

/** What makes git look elsewhere, or at other things. */
const STEERING = [
  'GIT_WORK_TREE',
  'GIT_NAMESPACE',
  'GIT_CEILING_DIRECTORIES',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
  'GIT_TEST_ASSUME_DIFFERENT_OWNER',
]

/** True where HEAD and the index can be read here: nothing that git would see otherwise, or refuse. */
export function isPlain({ gitDir, common }: RepositoryFiles, cwd: string, root: string): boolean {
  const { env } = process
  // Where git is missing the hook stops: what it would have said of this repository nobody knows.
  if (cwd !== root || findGit() === undefined || STEERING.some((name) => env[name] !== undefined))
    return false
  const user = process.getuid?.()
  if (user === undefined || [root, gitDir].some((path) => statSync(path).uid !== user)) return false
  const config = readFileSync(join(common, 'config'), 'utf8')
  return !/\[\s*extensions/i.test(config)
}

/** The index that git would use. */
export function indexPath({ gitDir }: RepositoryFiles, root: string): string {
  const named = process.env.GIT_INDEX_FILE
  return named ? resolve(root, named) : join(gitDir, 'index')
}

const MAX_LINKS = 5
const COMMIT = /^[0-9a-f]{40}$/

/** The commit that HEAD is at; undefined when it names none, or in a way that only git should follow. */
export function headCommit({ gitDir, common }: RepositoryFiles): string | undefined {
  let text = readFileSync(join(gitDir, 'HEAD'), 'latin1').trimEnd()
  for (let i = 0; i < MAX_LINKS; i++) {
    if (COMMIT.test(text)) return text
    const name = /^ref: (refs\/heads\/.+)$/.exec(text)?.[1]
    if (name === undefined || name.includes('..')) return undefined
    const loose = readText(join(common, name))
    if (loose === undefined) return packedRef(common, name)
    text = loose.trimEnd()
  }
  return undefined
}

function packedRef(common: string, name: string): string | undefined {
  const packed = readText(join(common, 'packed-refs'))
  const end = packed?.indexOf(` ${name}\n`) ?? -1
  const oid = end < 0 ? '' : packed!.slice(packed!.lastIndexOf('\n', end) + 1, end)
  return COMMIT.test(oid) ? oid : undefined
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return undefined
  }
}
