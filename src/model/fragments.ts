// Parts that the patterns of assigned values share. Compiled rules name them («TAIL»), so that the rule file stays small.

/** Case ignored letter by letter, so that the rest of a pattern keeps its own. */
export function anyCase(word: string): string {
  return [...word]
    .map((c) => (/[a-z]/i.test(c) ? `[${c.toLowerCase()}${c.toUpperCase()}]` : c.replace(/[^\w\s]/, '\\$&')))
    .join('')
}

const anyOf = (words: string) => words.split(' ').map(anyCase).join('|')

/** An empty group: what is repeated with one in it V8 compiles once, and not for each time. Compiling is what patterns cost. */
const ONCE = '()'

const NOUNS =
  'key token secret password passwd passphrase passcode pwd auth authorization bearer login credential pat'
/** What a name says its value is. */
const noun = () => `(?:${anyOf(NOUNS)})`
/** Words that may stand ahead of such a noun in a name that tells nothing of the provider. */
const kind = () =>
  `(?<![A-Za-z0-9]|[A-Za-z0-9][-_])(?:${ONCE}(?:${anyOf(
    'x my key api access auth secret private client application app account admin service server personal rest user bot http license master sdk oauth signing write integration consumer developer',
  )})[-_. ]?){0,3}`
/** Ends of names that are about a secret, and are none: `key_id`, `tokenName`, `secret-hash`. */
const ABOUT =
  'id name hash sha sha256 url uri path file type ttl count arn ref header field label format version digest checksum fingerprint'
const capitalised = () =>
  ABOUT.split(' ')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('|')
/** The rest of a name, whose noun ends there: `keycloak` is no key, and an author is no auth. */
const tail = () =>
  `(?![a-z]{2}|(?<=[A-Z])[A-Z]{2})(?:[\\w-]{1,16}(?!\\w)(?<![-_](?:${anyOf(ABOUT)})[sS]?)(?<![a-z](?:${capitalised()})s?))?(?!\\w)`
/** Words that stand between a name and its value: types, schemes, what a default or a property is called. */
const JOINING =
  'value is to or string str byte bearer token basic default text get set init private type field optional none body sensitive true secretstr'
/** What else does: `</key><string>`, `@"…"`, `.unwrap_or_else(|_|`. */
const JOINT = `/\\w{1,12}>\\s{0,24}<\\w{1,12}|@|\\.unwrap_or(?:_else\\(\\|_\\|)?`
/** Between a name and its value in any language: quotes, brackets, operators, types and schemes. */
const separator = () =>
  `["'\\x60\\s:=,()[\\]|?>\\\\<{}*&-]{1,24}(?:${ONCE}(?:${anyOf(JOINING)}|${JOINT})["'\\x60\\s:=,(>|\\\\;{}]{1,12}){0,6}`
/** The same where the name is the provider's own, and only an assignment will do. */
const EQUALS = `\\\\?["'\\x60\\])]{0,2}\\s{0,4}(?::[ \\t]?[&\\w.<>]{1,16}\\s{0,2}=|\\{ get; (?:set; )?\\} =|=>|:=|[:=(])\\s{0,4}(?:(?:new )?[\\w.]{1,32}\\((?=["'\\x60])|[[(])?\\\\?["'\\x60]?`
const suffix = () =>
  `(?:[-_. ]?(?:${anyOf('api ai io com prod production dev test live staging main default')}|\\d{1,2}))?`
/** On the same statement: a line, and the lines that an open bracket, a comma or a backslash adds. */
const STATEMENT = '(?:[^\\n}]|(?<=[,\\\\({\\r])\\n){1,120}?'

/** Where the name of a provider may begin: not within a word, but at its hump, or behind an escape. */
const START = '(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z])|(?<=\\\\[nrt]))'
/** Where a name that is a whole word ends: before no letter but that of the next hump. */
const END = '(?![a-z]|(?<=[A-Z])[A-Z])'
/** Between the provider and the noun. */
const WORDS = `[\\w .:'"(\\[{>/-]{0,30}?`
/** A call whose first argument is the value. */
const CALL = `[\\w.]{0,24}\\(\\s{0,8}["'\\x60]`

/** Made when they are asked for: a hook compiles few patterns, or none. */
const FRAGMENTS: Readonly<Record<string, () => string>> = {
  NOUN: noun,
  KIND: kind,
  TAIL: tail,
  SEPARATOR: separator,
  EQUALS: () => EQUALS,
  SUFFIX: suffix,
  STATEMENT: () => STATEMENT,
  START: () => START,
  END: () => END,
  WORDS: () => WORDS,
  CALL: () => CALL,
}

const made: Record<string, string> = {}

function fragment(name: string): string {
  made[name] ??= FRAGMENTS[name]!()
  return made[name]
}

/** What stands right before a value that is not beside its name; the engine brings the two together (decode/pairs.ts). */
const apart = () => [
  `(?:${anyOf('value val default content body b catch stringify cdata')})["'\\s:=(>[\\\\-]{1,40}`,
  `(?:[sS][tT][rR][iI][nN][gG]|u8)[ \\t]{0,4}=[ \\t]{0,4}["']`,
  ':\\d{1,4}:\\\\?"',
  '"[ \\t]{0,4}>\\\\?["\']?',
]

/** What stands before an assigned value, unless it is the provider's own name: a name of a secret, and what joins the two. */
export function namedBefore(): string {
  return `(?:(?:${fragment('NOUN')}|${anyCase('hash')})${fragment('TAIL')}${fragment('SEPARATOR')}|${apart().join('|')})`
}

/** Whether `NAMED` takes a name, such as `api_key`. */
export function isGeneralName(name: string): boolean {
  return NOUNS.split(' ').some((noun) => name.toLowerCase().endsWith(noun))
}

/** A part of the pattern's own, said once: `«OF=…=OF»`, and meant by each `«OF»`. */
const OWN = /\xabOF=([\s\S]*?)=OF\xbb/

/** Whether the pattern is written with parts that others share. */
export function hasFragments(source: string): boolean {
  return source.includes('\xab')
}

/** The pattern with every «NAME» written out. */
export function withFragments(source: string): string {
  // The marks are characters that no pattern has a use for; escaped here, for the bundle is ASCII.
  if (!hasFragments(source)) return source
  const own = OWN.exec(source)?.[1] ?? ''
  return source
    .replace(OWN, '')
    .replaceAll('«OF»', () => own)
    .replace(/\xab([A-Z]+)\xbb/g, (_, name: string) => fragment(name))
}
