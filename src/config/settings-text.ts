// Settings → the text of a new configuration file.
import { Document, isMap, parseDocument } from './yaml-file.ts'

/** YAML of `settings`, with a comment on top. */
export function settingsText(settings: Readonly<Record<string, unknown>>, comment: string): string {
  const document = new Document(settings)
  document.commentBefore = ` ${comment}`
  return document.toString()
}

/**
 * The text of a YAML configuration with `settings` below what is there, and the settings that it has keys for already;
 * those are left to a person. Undefined: this is no file that grows by a line.
 */
export function withSettings(
  text: string,
  settings: Readonly<Record<string, unknown>>,
  comment: string,
): { readonly text: string; readonly left: Readonly<Record<string, unknown>> } | undefined {
  const { contents, errors } = parseDocument(text)
  if (errors.length > 0 || !isMap(contents) || contents.flow === true) return undefined
  const [left, fresh] = [true, false].map((isThere) =>
    Object.fromEntries(Object.entries(settings).filter(([key]) => contents.has(key) === isThere)),
  ) as [Record<string, unknown>, Record<string, unknown>]
  if (Object.keys(fresh).length === 0) return { text, left }
  return { text: `${text.trimEnd()}\n\n${settingsText(fresh, comment)}`, left }
}
