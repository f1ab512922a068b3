// Settings → the text of a new configuration file.
import { Document } from './yaml-file.ts'

/** YAML of `settings`, with a comment on top. */
export function settingsText(settings: Readonly<Record<string, unknown>>, comment: string): string {
  const document = new Document(settings)
  document.commentBefore = ` ${comment}`
  return document.toString()
}
