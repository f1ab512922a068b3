// Names and values with other things between them, or the other way round: `"NAME": {"type": "string", "default": "…"}`.
import { lazy } from '../lazy.ts'
import { assigned } from './assignment.ts'
import type { Decoded } from './decoded.ts'

/** How far from a keyword the name and its value may reach, to each side: no farther than the probes of rules look. */
const REACH = 480
const MAX_NAME = 64
/** In a name that says that its value is a secret; a provider's name alone does not. */
const TELLING = /key|token|secret|pass|pwd|auth|cred|bearer|login|pat|hash|base|dsn|url/i

/** What is said of a variable beside its value. */
const ABOUT =
  'description|type|sensitive|required|no_?echo|help|nullable|enabled|secret|masked|protected|title|label|hidden|secure|metavar|dest|display_?name|scope|env|format|min_?length|max_?length|constraint_?description|translatable|formatted'
const ATTRIBUTE = `["']?(?:${ABOUT})["']?[ \\t]{0,16}(?:=>|[:=])[ \\t]{0,16}(?:"[^"\\n]{0,200}"|'[^'\\n]{0,200}'|[^\\s,"'{}][^\\n,"'{}]{0,160}?)[\\s,;]{1,24}`
const VALUE = '(?:android:)?(?:value|val|(?:env_?)?default(?:_?value)?|content|parameter_?value)'
/**
 * Ways from a name to its value that the patterns of assigned values don't know. An audit looks at a place only when
 * what they end with is known to it, too: `apart` of the model's fragments.
 */
const WAYS = [
  // what is said of it, and then its value
  `[\\s:={,(>]{0,24}(?:${ATTRIBUTE}){0,6}["']?${VALUE}["']?[ \\t]{0,16}(?:=>|[:=])[ \\t]{0,16}`,
  '[ \\t]{1,4}-{1,2}(?:value|body|b)[ \\t=]{1,4}',
  // types of more than one word
  '[ \\t]{0,4}(?::|as[ \\t])[ \\t]{0,4}(?:[^\\n=;"\'(){}]{0,40}u8|string)[ \\t]{0,4}=[ \\t]{0,4}(?=["\'])',
  // a value in a call: `z.string().default("…")`
  '[ \\t]{0,4}[:=][ \\t]{0,4}(?:JSON\\.stringify|[\\w.]{1,24}\\([^()\\n]{0,40}\\)(?:\\.\\w{1,16}\\([^()\\n]{0,40}\\)){0,4}\\.(?:default|catch))\\([ \\t]{0,4}',
  ';s:\\d{1,4}:(?=\\\\?")', // serialised PHP
  // elements with attributes, of a name and of a value, and CDATA
  '(?:[ \\t]{1,4}[\\w:]{1,24}="[^"\\n]{0,60}"){1,3}[ \\t]{0,4}>',
  '</[\\w:.]{1,24}>\\s{0,24}<(?:[\\w:.]{0,20}value|[\\w:.]{1,24}[ \\t][^<>\\n]{0,60}")>(?:<!\\[CDATA\\[)?',
  '>\\s{0,24}<!\\[CDATA\\[',
]
const LITERAL = `(?:\\\\?"([^"\\\\\\n]{8,300})|'([^'\\\\\\n]{8,300})|([^\\s"'\\\\,;<>{}()\\[\\]]{8,300}))`
const behindName = lazy(() => new RegExp(`\\\\?["'\\x60\\])]{0,3}(?:${WAYS.join('|')})${LITERAL}`, 'iy'))

/** The value first and its name behind it. */
const CALLED = `(?:(?:parameter_?|option_?)?(?:name|key)|variable)["']?\\s{0,4}[:=]\\s{0,4}["']?$`
const KEYED = new RegExp(`[\\s,"']${CALLED}`, 'i')
const valueFirst = lazy(
  () => new RegExp(`\\b${VALUE}["']?\\s{0,4}[:=]\\s{0,4}${LITERAL}["']?[\\s,]{1,32}["']?${CALLED}`, 'di'),
)

/** Where the name ends that the keyword at `at` stands in. */
export function endOfName(text: string, at: number): number {
  const far = Math.min(text.length, at + MAX_NAME)
  let end = at
  while (end < far && isNameByte(text.charCodeAt(end))) end += 1
  return end
}

/** The assignment of the name in latin1 `text` with the keyword at `at`; undefined when it has no value of these forms. */
export function decodePair(text: string, at: number, end: number): Decoded | undefined {
  let start = at
  while (start > 0 && at - start < MAX_NAME && isNameByte(text.charCodeAt(start - 1))) start -= 1
  const name = text.slice(start, end)
  if (!TELLING.test(name)) return undefined
  const found = behind(text, end) ?? ahead(text, start)
  if (!found || found.end - at > REACH || at - found.start > REACH) return undefined
  const { start: from, end: to } = found
  const value = { text: text.slice(from, to), start: from, end: to, via: undefined }
  return assigned(name, '="', {
    ...value,
    text: `${value.text}"`,
    toSource: (offset) => Math.min(to, from + offset),
  })
}

interface Place {
  readonly start: number
  readonly end: number
}

/** How each way begins: their pattern takes milliseconds to compile, and most names are followed by none of them. */
const beginning = lazy(
  () =>
    new RegExp(
      `^\\\\?["'\\x60\\])]{0,3}(?:[\\s:={,(>]{0,24}["']?(?:${ABOUT}|${VALUE})|[ \\t]{1,4}-|[ \\t]{0,4}[:=][^\\n]{0,300}(?:stringify|default|catch)\\(|[ \\t]{0,4}(?::|as[ \\t])[^\\n=]{0,48}(?:u8|string)|;s:|[ \\t]{1,4}[\\w:]{1,24}="|</|>\\s{0,24}<!)`,
      'i',
    ),
)

function behind(text: string, end: number): Place | undefined {
  if (!beginning().test(text.slice(end, end + REACH))) return undefined
  const pattern = behindName()
  pattern.lastIndex = end
  const found = pattern.exec(text)
  const value = found?.[1] ?? found?.[2] ?? found?.[3]
  return value === undefined ? undefined : { start: pattern.lastIndex - value.length, end: pattern.lastIndex }
}

function ahead(text: string, start: number): Place | undefined {
  if (!KEYED.test(text.slice(Math.max(0, start - 40), start))) return undefined
  const base = Math.max(0, start - REACH)
  const indices = valueFirst().exec(text.slice(base, start))?.indices
  const place = indices?.[1] ?? indices?.[2] ?? indices?.[3]
  return place && { start: base + place[0], end: base + place[1] }
}

/** Letters, digits, `_`, `-` and `.`. */
function isNameByte(code: number): boolean {
  return (
    ((code | 32) - 97) >>> 0 < 26 || (code - 48) >>> 0 < 10 || code === 0x5f || code === 0x2d || code === 0x2e
  )
}
