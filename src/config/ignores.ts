// Reads and writes `unleak.ignore.yaml`: findings that people accepted.
import { existsSync, readFileSync } from 'node:fs'
import { replaceFile } from '../disk/replace.ts'
import { type IgnoreEntry, ToolError } from '../model/index.ts'
import { Document, isSeq, parse, parseDocument } from './yaml-file.ts'

const HEADER = ` Findings of unleak that were accepted: by id, with a reason and an end.
 An entry that has ended no longer hides its finding. Written by: unleak ignore`

/** Entries of the ignore file; none when there is no file. Throws ToolError `E_IGNORE_FILE` naming the entry. */
export function readIgnores(file: string): IgnoreEntry[] {
  if (!existsSync(file)) return []
  let content: unknown
  try {
    content = parse(readFileSync(file, 'utf8'), { logLevel: 'error' })
  } catch (error) {
    throw broken(file, (error as Error).message.split('\n')[0] ?? '')
  }
  if (content === null) return []
  const entries = (content as { ignore?: unknown }).ignore
  if (!Array.isArray(entries)) throw broken(file, 'must hold a list under the key "ignore"')
  return entries.map((entry, i) => checkEntry(entry, `${file}: entry ${i + 1}`))
}

function broken(file: string, message: string): ToolError {
  return new ToolError('E_IGNORE_FILE', `${file}: ${message}`, {
    hint: 'Mend the file; nothing was left out because of it.',
  })
}

const KEYS = ['id', 'reason', 'owner', 'until', 'rule', 'path', 'answer']

function checkEntry(entry: unknown, at: string): IgnoreEntry {
  if (typeof entry !== 'object' || entry === null) throw broken(at, 'must be a mapping')
  const record = entry as Record<string, unknown>
  for (const key of Object.keys(record))
    if (!KEYS.includes(key)) throw broken(at, `"${key}" is not a key; there are ${KEYS.join(', ')}`)
  const { id, reason, until } = record
  if (typeof id !== 'string' || !/^[0-9a-f]{16}$/.test(id))
    throw broken(at, '"id" must be the 16 hex digits of a finding')
  if (typeof reason !== 'string' || reason.trim() === '') throw broken(at, '"reason" is missing')
  if (until !== undefined && !isDay(until)) throw broken(at, '"until" must be a day such as 2027-01-31')
  return record as unknown as IgnoreEntry
}

/** True for an existing day written YYYY-MM-DD. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** Adds an entry, or replaces the one of the same id; comments and order of the file stay. Atomic. */
export async function writeIgnore(file: string, entry: IgnoreEntry): Promise<'added' | 'replaced'> {
  readIgnores(file) // a broken file is told, never overwritten
  const document = existsSync(file)
    ? parseDocument(readFileSync(file, 'utf8'), { logLevel: 'error' })
    : new Document({ ignore: [] })
  if (!existsSync(file)) document.commentBefore = HEADER
  const existing = document.get('ignore')
  const list = isSeq(existing) ? existing : document.createNode([])
  if (list !== existing) document.set('ignore', list)
  const node = document.createNode(entry)
  const at = (list.toJSON() as IgnoreEntry[]).findIndex((e) => e.id === entry.id)
  if (at === -1) list.add(node)
  else list.set(at, node)
  list.flow = false
  replaceFile(file, [document.toString()])
  return at === -1 ? 'added' : 'replaced'
}
