// The line that a secret stands on, as much of it as fits around the secret.
import type { Place } from '../model/index.ts'
import { columns, glue } from './layout.ts'
import type { Pen } from './pen.ts'

/** Columns that the rows of a finding are indented by. */
const INDENT = 12
const LEAST = 20

/** `12 | const key = "sk-proj-…21sA"`; nothing when the line is not known. */
export function frameLine(place: Place, redacted: string, pen: Pen): string[] {
  const line = pen.frame(place)
  if (line === undefined) return []
  const head = `${place.line} | `
  const room = Math.max(LEAST, pen.width - INDENT - head.length)
  const shown = pen.known(redacted)
  const text = around(pen.foreign(line), shown, room, pen.known('…'))
  const marked = text
    .split(shown)
    .map(glue)
    .join(pen.paint('strong', glue(shown)))
  return [pen.paint('soft', glue(head)) + marked]
}

/** The part of a line around its secret that takes no more than `room` columns; signs of omission where it was cut. */
export function around(line: string, secret: string, room: number, omitted: string): string {
  if (columns(line) <= room) return line
  const letters = [...line]
  const at = Math.max(0, [...line.slice(0, Math.max(0, line.indexOf(secret)))].length)
  const length = [...secret].length
  let from = at
  let to = Math.min(letters.length, at + length)
  let used = columns(letters.slice(from, to).join('')) + 2 * omitted.length
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false
    for (const isLeft of [true, false]) {
      const next = isLeft ? letters[from - 1] : letters[to]
      if (next === undefined || used + columns(next) > room) continue
      used += columns(next)
      isGrowing = true
      if (isLeft) from--
      else to++
    }
  }
  return `${from > 0 ? omitted : ''}${letters.slice(from, to).join('')}${to < letters.length ? omitted : ''}`
}
