// A configuration with everything it builds on: files and npm packages of data, joined in order.
import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { ToolError } from '../model/index.ts'
import { KEYS } from './keys.ts'
import { type Config, parseConfig } from './schema.ts'

/** One file of a configuration, with what it says itself. */
export interface Layer {
  readonly file: string
  readonly config: Config
}

/** Reads the content of one file. */
export type ReadFile = (file: string) => Promise<unknown>

const ENDINGS = ['', '.json', '.yaml', '.yml']
const DEEPEST = 10

/**
 * The file's own layer last, ahead of it what it extends. Paths in them are absolute.
 * Throws ToolError `E_CONFIG` for a cycle, or for what is missing.
 */
export async function readLayers(
  file: string,
  names: readonly string[],
  read: ReadFile,
  chain: readonly string[] = [],
): Promise<Layer[]> {
  if (chain.includes(file) || chain.length > DEEPEST)
    throw new ToolError(
      'E_CONFIG',
      `the configuration extends itself: ${[...chain.slice(chain.indexOf(file)), file].join(' extends ')}.`,
    )
  const config = absolute(parseConfig(await read(file), file), dirname(file))
  const layers: Layer[] = []
  for (const target of [config.extends ?? []].flat())
    layers.push(...(await readLayers(resolveTarget(target, file, names), names, read, [...chain, file])))
  return [...layers, { file, config }]
}

function absolute(config: Config, folder: string): Config {
  const entries = Object.entries(config).map(([key, value]) => {
    if (!KEYS[key]?.isPath) return [key, value]
    return [
      key,
      Array.isArray(value) ? value.map((each) => resolve(folder, each)) : resolve(folder, String(value)),
    ]
  })
  return Object.fromEntries(entries)
}

function resolveTarget(target: string, from: string, names: readonly string[]): string {
  const isFile = /^(?:\.{0,2}[/\\]|[A-Za-z]:)/.test(target) || /\.(?:json|ya?ml)$/.test(target)
  const found = isFile
    ? ENDINGS.map((ending) => resolve(dirname(from), target) + ending).find((file) => existsSync(file))
    : inPackage(target, from, names)
  if (found !== undefined) return found
  throw new ToolError(
    'E_CONFIG',
    `${from}: "extends": there is no ${isFile ? 'file' : 'package'} ${target}.`,
    {
      hint: isFile
        ? 'A path is relative to the file that says it.'
        : `A package is looked up in node_modules and holds one of ${names.slice(0, 3).join(', ')}; a file begins with "./".`,
    },
  )
}

/** `@acme/rules` or `@acme/rules/strict`, in the node_modules folders from the file upwards. Nothing of it is run. */
function inPackage(target: string, from: string, names: readonly string[]): string | undefined {
  const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(target) ?? []
  if (name === '') return undefined
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const home = join(folder, 'node_modules', name)
    const files =
      rest === '' ? names.map((each) => join(home, each)) : ENDINGS.map((end) => join(home, rest) + end)
    const found = files.find((file) => existsSync(file) && !relative(home, file).startsWith(`..${sep}`))
    if (found !== undefined) return found
    if (dirname(folder) === folder) return undefined
  }
}

/** What all layers say together: the later one counts, lists that join are joined. */
export function joinLayers(layers: readonly Layer[]): Config {
  const all: Record<string, unknown> = {}
  for (const { config } of layers)
    for (const [key, value] of Object.entries(config)) {
      if (key === 'extends') continue
      const known = all[key]
      if (KEYS[key]?.joins && Array.isArray(known) && Array.isArray(value)) all[key] = [...known, ...value]
      else if (key === 'health') all[key] = { ...(known as object), ...(value as object) }
      else all[key] = value
    }
  return all
}
