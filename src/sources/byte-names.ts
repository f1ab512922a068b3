// Names that are not UTF-8, as a disk may hold them: from what git (`\351`) or Node (U+FFFD) makes of one to its bytes.
import { lstatSync, readdirSync } from 'node:fs'
import { basename, dirname, sep } from 'node:path'

const ESCAPED = /\\([23][0-7]{2})/

/** What no name of UTF-8 holds, or hardly ever. */
export function mayHideBytes(path: string): boolean {
  return path.includes('\ufffd') || ESCAPED.test(path)
}

/** The names on disk that are written as `path`; none: there is no such file. */
export function bytesBehind(path: string): Buffer[] {
  const escaped = unescaped(path)
  if (escaped !== undefined && lstatSync(escaped, { throwIfNoEntry: false })) return [escaped]
  return path.includes('\ufffd') ? listed(path) : []
}

/** As git/paths.ts writes bytes that are no text, read back. */
function unescaped(path: string): Buffer | undefined {
  if (!ESCAPED.test(path)) return undefined
  const parts = path.split(ESCAPED)
  return Buffer.concat(
    parts.map((part, i) => (i % 2 === 1 ? Buffer.of(Number.parseInt(part, 8)) : Buffer.from(part, 'utf8'))),
  )
}

/** What Node would write in the same way; a part of the path that is plain is taken as it stands. */
function listed(path: string): Buffer[] {
  const name = basename(path)
  const folders = dirname(path).includes('\ufffd') ? listed(dirname(path)) : [Buffer.from(dirname(path))]
  return folders.flatMap((folder) => {
    if (!name.includes('\ufffd')) return [below(folder, Buffer.from(name))].filter(isThere)
    return entriesOf(folder).flatMap(({ name: entry }) =>
      entry.toString('utf8') === name ? [below(folder, entry)] : [],
    )
  })
}

/** All files below a folder whose name is not UTF-8, as Node writes them; a folder that can't be read stands for itself. */
export function filesBelow(folder: string, isLeftOut: (name: string) => boolean): string[] {
  const found = new Set<string>()
  const walk = (shown: string, bytes: Buffer) => {
    try {
      for (const entry of entriesOf(bytes)) {
        const name = entry.name.toString('utf8')
        if (!entry.isDirectory()) found.add(`${shown}/${name}`)
        else if (!isLeftOut(name)) walk(`${shown}/${name}`, below(bytes, entry.name))
      }
    } catch {
      found.add(shown)
    }
  }
  for (const bytes of bytesBehind(folder)) walk(folder, bytes)
  return [...found]
}

const entriesOf = (folder: Buffer) => readdirSync(folder, { encoding: 'buffer', withFileTypes: true })

const SEPARATOR = Buffer.from(sep)

const below = (folder: Buffer, name: Buffer): Buffer => Buffer.concat([folder, SEPARATOR, name])

const isThere = (path: Buffer): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined
