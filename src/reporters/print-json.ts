// JSON for programs, harmless to a terminal as well; long lists an item at a time, so that a report is never one string.
import { escapeJson } from './escape.ts'

export function printJson(value: unknown): string {
  return escapeJson(JSON.stringify(value))
}

/** The items of a list, one on each line, without its brackets. */
export function* printItems(items: Iterable<object>): Iterable<string> {
  let before = '\n'
  for (const item of items) {
    yield before + printJson(item)
    before = ',\n'
  }
}
