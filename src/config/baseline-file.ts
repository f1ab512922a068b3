// Reads and writes the baseline: JSON Lines, one place of one finding a line, sorted, so that git merges it cleanly.
import { readFileSync } from 'node:fs'
import { replaceFile } from '../disk/replace.ts'
import { BASELINE_SCHEMA, type BaselineEntry, ToolError } from '../model/index.ts'

export const BASELINE_FILE = 'unleak.baseline.jsonl'

const HEAD = JSON.stringify({ schema: BASELINE_SCHEMA })
const HEX = /^[0-9a-f]{16}$/

/** Entries of the baseline. Throws ToolError `E_BASELINE` naming the line. */
export function readBaseline(file: string): BaselineEntry[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new ToolError(
      'E_BASELINE',
      `${file}: ${isMissing ? 'there is no such baseline' : 'the baseline could not be read'}.`,
      {
        hint: isMissing
          ? 'Make one with: unleak baseline update. Nothing was scanned.'
          : 'Nothing was scanned.',
        cause: error,
      },
    )
  }
  const entries: BaselineEntry[] = []
  for (const [i, line] of text.split(/\r?\n/).entries())
    if (line.trim() !== '' && line !== HEAD) entries.push(parseLine(line, `${file}:${i + 1}`))
  return entries
}

function parseLine(line: string, at: string): BaselineEntry {
  if (/^(?:<{7}|={7}|>{7}|\|{7})/.test(line))
    throw broken(at, 'a merge conflict is left here; the lines of both sides may stay')
  let content: unknown
  try {
    content = JSON.parse(line)
  } catch {
    throw broken(at, 'is not JSON')
  }
  const { id, place, schema } = (content ?? {}) as Partial<BaselineEntry> & { schema?: unknown }
  if (schema !== undefined) throw broken(at, `is not a baseline of this unleak (${BASELINE_SCHEMA})`)
  if (typeof id !== 'string' || !HEX.test(id) || typeof place !== 'string' || !HEX.test(place))
    throw broken(at, 'needs "id" and "place", 16 hex digits each')
  return content as BaselineEntry
}

function broken(at: string, message: string): ToolError {
  return new ToolError('E_BASELINE', `${at}: ${message}.`, {
    hint: 'Mend the line, or make the baseline anew: unleak baseline update. Nothing was left out because of it.',
  })
}

/** The file's text: sorted by what is hashed, so that two branches seldom write the same spot. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const lines = entries.map(({ id, place, rule, path }) => JSON.stringify({ id, place, rule, path }))
  const sorted = [...new Map(lines.map((line) => [line.slice(0, KEY), line])).values()].sort()
  return `${[HEAD, ...sorted].join('\n')}\n`
}

/** Length of `{"id":"…","place":"…"`: what makes two lines the same entry. */
const KEY = JSON.stringify({ id: 'x'.repeat(16), place: 'x'.repeat(16) }).length - 1

/** Writes the baseline whole or not at all. */
export async function writeBaseline(file: string, entries: readonly BaselineEntry[]): Promise<void> {
  replaceFile(file, [baselineText(entries)])
}
