// Finds and reads the configuration, fenced: data formats only, nothing of the repository is executed.
// The only importer of cosmiconfig, and only once a file is known to be there.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ToolError } from '../model/index.ts'
import { type Config, parseConfig } from './schema.ts'

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
}

/** Loads `explicit`, or the configuration at the top of the repository. Throws ToolError `E_CONFIG`. */
export async function loadConfig(root: string, explicit: string | undefined): Promise<LoadedConfig> {
  const file = explicit ?? findConfig(root)
  if (file === undefined) return { config: {}, file: undefined }
  if (!existsSync(file)) throw new ToolError('E_CONFIG', `${file}: there is no such configuration file.`)
  const { readConfigFile } = await import('./cosmiconfig.ts')
  return { config: parseConfig(await readConfigFile(file), file), file }
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
