// The YAML of our own files, and on which line each key stands. The only importer of the parser outside of rules.
import { readFileSync } from 'node:fs'
import { Document, isMap, isScalar, isSeq, LineCounter, parse, parseDocument } from 'yaml'

export { Document, isMap, isSeq, parse, parseDocument }

/** Lines of the top keys of a YAML or JSON file (of a package.json: of those below `unleak`), counted from 1. */
export function keyLines(file: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>()
  const lineCounter = new LineCounter()
  let document: ReturnType<typeof parseDocument>
  try {
    document = parseDocument(readFileSync(file, 'utf8'), { lineCounter, logLevel: 'error' })
  } catch {
    return lines // where it stands is a service; that it is read right is checked elsewhere
  }
  const top = file.endsWith('package.json') ? document.get('unleak') : document.contents
  if (!isMap(top)) return lines
  for (const { key } of top.items)
    if (isScalar(key) && key.range) lines.set(String(key.value), lineCounter.linePos(key.range[0]).line)
  return lines
}
