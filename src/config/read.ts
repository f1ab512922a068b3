// A configuration file and all it extends, read, checked and held to what it may say.
import { readConfigFile } from './cosmiconfig.ts'
import { joinLayers, type Layer, readLayers } from './extend.ts'
import type { Trust } from './keys.ts'
import { type Config, parseConfig, restrict } from './schema.ts'

/** Throws ToolError `E_CONFIG`. */
export async function readConfig(
  file: string,
  names: readonly string[],
  trust: Trust,
): Promise<{ config: Config; layers: readonly Layer[]; leftOut: readonly string[] }> {
  const read = async (each: string) => await readConfigFile(each)
  if (trust === 'any') {
    // A scanned repository does not say which other files are read either.
    const { config, leftOut } = restrict(parseConfig(await read(file), file), file, trust)
    return { config, layers: [{ file, config }], leftOut }
  }
  const layers = await readLayers(file, names, read)
  for (const layer of layers) restrict(layer.config, layer.file, trust)
  return { config: joinLayers(layers), layers, leftOut: [] }
}
