// Edits of YAML configurations that keep comments and order. The only importer of yaml in this room.
import { type Document, isMap, isSeq, parseDocument } from 'yaml'
import { ToolError } from '../model/errors.ts'

/** Edits the text of `file`; undefined when nothing is left in it. Throws ToolError `E_CONFIG`. */
export function editYaml(
  text: string | undefined,
  file: string,
  edit: (document: Document) => void,
): string | undefined {
  const document = parseDocument(text ?? '')
  if (document.errors.length > 0)
    throw new ToolError('E_CONFIG', `${file} is not valid YAML`, { hint: 'Mend it, then try again.' })
  const before = JSON.stringify(document.toJS())
  edit(document)
  if (JSON.stringify(document.toJS()) === before) return text
  const contents = document.contents
  if (contents === null || (isMap(contents) && contents.items.length === 0 && !document.commentBefore))
    return undefined
  const eol = text?.includes('\r\n') ? '\r\n' : '\n'
  const indentSeq = !/^(?:\w[\w-]*:\s*\n)- /m.test(text?.replaceAll('\r', '') ?? '')
  return document.toString({ lineWidth: 0, indentSeq }).replaceAll(/\r?\n/g, eol)
}

/** The items of a list, with their plain values; none when there is no list. */
export function itemsAt(document: Document, path: readonly string[]): { index: number; value: unknown }[] {
  const node = document.getIn(path)
  if (!isSeq(node)) return []
  return node.items.map((item, index) => ({ index, value: JSON.parse(JSON.stringify(item)) as unknown }))
}

/** Adds to the list at `path`; an empty one in brackets becomes one of lines. */
export function addItem(document: Document, path: readonly (string | number)[], value: unknown): void {
  const list = document.getIn(path)
  if (isSeq(list)) {
    if (list.items.length === 0) list.flow = false
    document.addIn(path, document.createNode(value))
  } else document.setIn(path, document.createNode([value]))
}

/** Takes `path` away, and what is empty above it. */
export function deleteUp(document: Document, path: readonly (string | number)[]): void {
  if (!document.hasIn(path)) return
  document.deleteIn(path)
  for (let above = path.slice(0, -1); above.length > 0; above = above.slice(0, -1)) {
    const node = document.getIn(above)
    if (!((isMap(node) || isSeq(node)) && node.items.length === 0)) return
    document.deleteIn(above)
  }
}
