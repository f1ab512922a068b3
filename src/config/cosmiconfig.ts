// cosmiconfig behind a fence. The only importer of it.
//
// On construction cosmiconfig loads `.config/config.{js,cjs,mjs,ts,…}` of the folder the process stands in, with
// its own loaders, whatever options it is given (measured on 9.0.2). So the process is moved to a folder of
// ours while it is constructed, and the loaders for code throw.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cosmiconfig, defaultLoaders } from 'cosmiconfig'
import { ToolError } from '../model/index.ts'

function refuse(file: string): never {
  throw new ToolError('E_CONFIG', `${file}: configuration is data; code is not executed.`, {
    hint: 'Use JSON or YAML.',
  })
}

const LOADERS = {
  '.js': refuse,
  '.cjs': refuse,
  '.mjs': refuse,
  '.ts': refuse,
  '.json': defaultLoaders['.json'],
  '.yaml': defaultLoaders['.yaml'],
  '.yml': defaultLoaders['.yaml'],
  noExt: defaultLoaders.noExt,
}

/** The content of one configuration file; of a package.json its key `unleak`. */
export async function readConfigFile(file: string): Promise<unknown> {
  const here = process.cwd()
  let explorer: ReturnType<typeof cosmiconfig>
  process.chdir(dirname(fileURLToPath(import.meta.url)))
  try {
    explorer = cosmiconfig('unleak', { searchPlaces: [], loaders: LOADERS, packageProp: 'unleak' })
  } finally {
    process.chdir(here)
  }
  try {
    return (await explorer.load(file))?.config
  } catch (error) {
    if (error instanceof ToolError) throw error
    throw new ToolError('E_CONFIG', `${file}: ${(error as Error).message.split('\n')[0]}`, {
      hint: 'Mend the file, or remove it. Nothing was scanned.',
      cause: error,
    })
  }
}
