// A name and a value that stand apart in the source, brought together as an assignment: `NAME="value"`.
import type { Decoded } from './decoded.ts'

/** How far ahead of an encoded value its name begins; the kernel looks as far (changes.ts). */
export const NAME_AHEAD = 120

/** A name, its assignment and what decodes the value, up to the value: `TOKEN = base64.b64decode("`, `token=$(echo `. */
const AHEAD =
  /([A-Za-z_][\w.-]{2,80})["'`\]]{0,3}[ \t]{0,8}(?:=>|:=|[:=])[ \t]{0,8}(?:[\w.$]{0,40}\([ \t]?(?:echo[ \t]{1,2}(?:-n[ \t]{1,2})?)?|\|-?\r?\n[ \t]{1,16})?\\?["'`]?$/

/** Text of a decoder with the name before it that the encoded value has in the source; `ahead` ends where that begins. */
export function withNameAhead(decoded: Decoded, ahead: string): Decoded {
  const name = AHEAD.exec(ahead.slice(-NAME_AHEAD))?.[1]
  return name === undefined ? decoded : assigned(name, '=', decoded)
}

/** The value behind its name. Offsets in the name are those of the value's beginning. */
export function assigned(name: string, operator: string, value: Decoded): Decoded {
  const shift = name.length + operator.length
  return {
    ...value,
    text: `${name}${operator}${value.text}`,
    nameLength: shift,
    toSource: (offset) => value.toSource(Math.max(0, offset - shift)),
  }
}
