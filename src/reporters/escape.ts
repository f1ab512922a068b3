// Makes text from outside harmless to a terminal: control and direction characters are shown, not obeyed.

/** Control characters beyond ASCII, invisible and direction-changing ones, and halves of surrogate pairs. */
const UNSEEN =
  '\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}\\p{Cs}'
const UNSAFE = new RegExp(`[\\u0000-\\u001f${UNSEEN}]`, 'gu')
const UNSAFE_IN_JSON = new RegExp(`[${UNSEEN}]`, 'gu')
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Shows every control, invisible and direction character as an escape such as `\n`, `\x1b` or `\u{202e}`. */
export function escapeUnsafe(text: string): string {
  return text.replace(UNSAFE, escapeOne)
}

/** The same for a JSON text: control characters beyond those that JSON itself escapes become `\uXXXX`. */
export function escapeJson(json: string): string {
  return json.replace(UNSAFE_IN_JSON, (character) =>
    Array.from({ length: character.length }, (_, i) => unit(character.charCodeAt(i))).join(''),
  )
}

/** Plain ASCII: the few signs that are ours get their ASCII form, everything else an escape. */
export function toAscii(text: string): string {
  return text
    .replaceAll('…', '...')
    .replaceAll('·', '.')
    .replace(/[^\u0000-\u007f]/gu, escapeOne)
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`
}

function escapeOne(character: string): string {
  const code = character.codePointAt(0)!
  return (
    NAMED[character] ??
    (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`)
  )
}
