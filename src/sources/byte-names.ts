// Names that are not UTF-8, as a disk may hold them: from what git (`\351`) or Node (U+FFFD) makes of one to its bytes.
import { lstatSync, readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'

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

/** Entries of the folder that Node would write in the same way. */
function listed(path: string): Buffer[] {
  const folder = dirname(path)
  if (folder.includes('\ufffd')) return []
  const name = basename(path)
  return readdirSync(folder, { encoding: 'buffer' })
    .filter((entry) => entry.toString('utf8') === name)
    .map((entry) => Buffer.concat([Buffer.from(`${folder}/`, 'utf8'), entry]))
}
