// String concatenation: a token whose literal ends early and goes on in the next one.
import type { Decoded } from './decoded.ts'

/** How far from a keyword literals are joined, to each side. */
export const JOINT_REACH = 1200

/** What a token that is broken over literals is made of. */
export const TOKEN = '[A-Za-z0-9+/_.=:@-]'

/** From a keyword on: token characters, then a joint of two literals, then more token characters. */
const BROKEN =
  /[A-Za-z0-9+/_.=:@-]{0,300}(?:["'`]\s{0,40}(?:[+.&]|\|\||<>)?\s{0,40}["'`]|\\\r?\n[ \t]{0,40})[A-Za-z0-9+/_=-]/y
const JOINT = /["'`]\s{0,40}(?:[+.&]|\|\||<>)?\s{0,40}["'`]|\\\r?\n[ \t]{0,40}/g

/** Joins the literals around the keyword at `at` in latin1 `text`; undefined when the token there is not broken. */
export function decodeJoints(text: string, at: number): Decoded | undefined {
  BROKEN.lastIndex = at
  if (!BROKEN.test(text)) return undefined
  const start = Math.max(0, at - JOINT_REACH)
  const end = Math.min(text.length, at + JOINT_REACH)
  const source = text.slice(start, end)
  const pieces: [joined: number, source: number][] = [[0, start]]
  let joined = ''
  let last = 0
  for (const joint of source.matchAll(JOINT)) {
    joined += source.slice(last, joint.index)
    last = joint.index + joint[0].length
    pieces.push([joined.length, start + last])
  }
  joined += source.slice(last)
  return { text: joined, start, end, via: 'concatenation', toSource: (offset) => place(pieces, offset) }
}

function place(pieces: readonly (readonly [number, number])[], offset: number): number {
  const piece = pieces.findLast(([joined]) => joined <= offset)!
  return piece[1] + (offset - piece[0])
}
