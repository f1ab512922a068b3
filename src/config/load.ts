// Finds and reads the configuration, fenced: data formats only, nothing of the repository is executed.
// What reads it is loaded only once a file is known to be there.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ToolError } from '../model/index.ts'
import type { Layer } from './extend.ts'
import type { Trust } from './keys.ts'
import type { Config } from './schema.ts'

/** In order of precedence; a package.json counts when it has a key `unleak`. */
export const CONFIG_FILES = [
  'unleak.config.json',
  'unleak.config.yaml',
  'unleak.config.yml',
  '.unleakrc',
  '.unleakrc.json',
  '.unleakrc.yaml',
  '.unleakrc.yml',
] as const

export interface LoadedConfig {
  readonly config: Config
  /** Where it came from; undefined: there is none. */
  readonly file: string | undefined
  /** The file's own part last, what it extends ahead of it. */
  readonly layers: readonly Layer[]
  /** Keys that do not count, because the file lies in a repository that is only scanned. */
  readonly leftOut: readonly string[]
}

/**
 * Loads `explicit`, or the configuration at the top of the repository, of which `trust` says whether it is the one
 * that one works in. Throws ToolError `E_CONFIG`.
 */
export async function loadConfig(
  root: string,
  explicit: string | undefined,
  trust: Exclude<Trust, 'named'> = 'own',
): Promise<LoadedConfig> {
  const file = explicit ?? findConfig(root)
  if (file === undefined) return { config: {}, file: undefined, layers: [], leftOut: [] }
  if (!existsSync(file)) throw new ToolError('E_CONFIG', `${file}: there is no such configuration file.`)
  if (statSync(file).isDirectory())
    throw new ToolError('E_CONFIG', `${file}: that is a folder, not a configuration file.`)
  const { readConfig } = await import('./read.ts')
  return { file, ...(await readConfig(file, CONFIG_FILES, explicit === undefined ? trust : 'named')) }
}

function findConfig(root: string): string | undefined {
  const name = CONFIG_FILES.find((candidate) => existsSync(join(root, candidate)))
  if (name) return join(root, name)
  const manifest = join(root, 'package.json')
  return hasOwnKey(manifest) ? manifest : undefined
}

function hasOwnKey(manifest: string): boolean {
  let text: string
  try {
    text = readFileSync(manifest, 'utf8')
  } catch {
    return false
  }
  if (!text.includes('"unleak"')) return false
  try {
    const content = JSON.parse(text) as Record<string, unknown>
    return typeof content === 'object' && content !== null && 'unleak' in content
  } catch {
    return false // a broken package.json is npm's to complain about
  }
}
