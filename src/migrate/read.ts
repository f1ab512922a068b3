// Files of other tools, found by name or named, each read by its reader.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { ToolError } from '../model/index.ts'
import { type Format, formats } from './registry.ts'
import type { Imported } from './types.ts'

export interface ReadFile extends Imported {
  readonly name: string
}

/** Files that are known by their name, at the top of `root`. */
export function foundFiles(root: string, isKnown: (name: string) => boolean): string[] {
  const names = formats(isKnown).flatMap(({ files }) => files)
  return names.map((name) => join(root, name)).filter((file) => existsSync(file))
}

/** Throws ToolError naming the file that can't be read, or of which it can't be said what it is. */
export async function readForeign(
  path: string,
  root: string,
  { from, isKnown }: { from: string | undefined; isKnown: (name: string) => boolean },
): Promise<ReadFile> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new ToolError('E_NOT_FOUND', `${path}: the file could not be read (${code}).`, { cause: error })
  }
  const name = relative(root, path).split(sep).join('/') || basename(path)
  const format = formatOf(path, text, formats(isKnown), from)
  try {
    return { name, ...(await format.reader(text, name, path)) }
  } catch (error) {
    if ((error as Error).name === 'ToolError') throw error
    const why = (error as Error).message.split('\n')[0]
    throw new ToolError('E_USAGE', `${path} could not be read as ${format.name}: ${why}.`, {
      hint: 'Nothing was written. --from TOOL says what it is.',
      cause: error,
    })
  }
}

function formatOf(path: string, text: string, all: readonly Format[], from: string | undefined): Format {
  const names = all.map(({ name }) => name).join(', ')
  const found =
    from === undefined
      ? (all.find(({ files }) => files.includes(basename(path))) ??
        all.find(({ looksLike }) => looksLike?.test(text)))
      : all.find(({ name }) => name === from)
  if (found !== undefined) return found
  if (from !== undefined) throw new ToolError('E_USAGE', `--from: "${from}" is not one of ${names}.`)
  throw new ToolError('E_USAGE', `${path}: it can not be told which tool wrote it.`, {
    hint: `Say it with --from: ${names}.`,
  })
}
