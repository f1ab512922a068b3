// Example templates: `sk-{alnum:20}` → strings that look like the real thing, from a seeded generator.

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGITS = '0123456789'

const ALPHABETS: Readonly<Record<string, string>> = {
  lower: LOWER,
  upper: UPPER,
  alpha: UPPER + LOWER,
  digits: DIGITS,
  alnum: UPPER + LOWER + DIGITS,
  lowernum: LOWER + DIGITS,
  uppernum: UPPER + DIGITS,
  hex: `${DIGITS}abcdef`,
  HEX: `${DIGITS}ABCDEF`,
  base64url: `${UPPER}${LOWER}${DIGITS}-_`,
  base64: `${UPPER}${LOWER}${DIGITS}+/`,
  base32: `${UPPER}234567`,
  base32lower: `${LOWER}234567`,
  base58: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export interface TemplateOptions {
  readonly random: () => number
  /** Gives what the named proof asks to follow `text`; for `{proof(name)}`. */
  readonly complete?: (proof: string, text: string) => string
}

/**
 * Expands a template; see `rules/README.md` for the classes.
 * Throws RangeError naming the part that can't be read.
 */
export function expandTemplate(template: string, options: TemplateOptions): string {
  let out = ''
  for (let i = 0; i < template.length; i++) {
    const char = template[i]!
    if ((char === '{' || char === '}') && template[i + 1] === char) {
      out += char
      i += 1
    } else if (char === '{') {
      const end = closingBrace(template, i)
      out += expandPart(template.slice(i + 1, end), out, options)
      i = end
    } else out += char
  }
  return out
}

function closingBrace(template: string, open: number): number {
  let depth = 0
  for (let i = open; i < template.length; i++) {
    if (template[i] === '{') depth += 1
    else if (template[i] === '}' && --depth === 0) return i
  }
  throw new RangeError(`template "${template}": the brace at ${open} is not closed`)
}

function expandPart(part: string, before: string, options: TemplateOptions): string {
  if (part === '') return ''
  if (part === 'uuid') return randomUuid(options.random)
  const call = /^(b64|b64url|percent|proof)\((.*)\)$/s.exec(part)
  if (call) return expandCall(call[1]!, call[2]!, before, options)
  const [, name, from, to] = /^(\w+):(\d+)(?:-(\d+))?$/.exec(part) ?? []
  const alphabet = ALPHABETS[name ?? '']
  if (!alphabet || !from) throw new RangeError(`template part {${part}} is not known`)
  const span = Number(to ?? from) - Number(from)
  return randomText(alphabet, Number(from) + Math.floor(options.random() * (span + 1)), options.random)
}

function expandCall(name: string, argument: string, before: string, options: TemplateOptions): string {
  if (name === 'proof') {
    if (!options.complete) throw new RangeError('this template needs a proof, and none was given')
    return options.complete(argument, before)
  }
  const inner = Buffer.from(expandTemplate(argument, options), 'latin1')
  if (name === 'percent')
    return [...inner].map((b) => `%${b.toString(16).toUpperCase().padStart(2, '0')}`).join('')
  return inner.toString(name === 'b64' ? 'base64' : 'base64url')
}

function randomText(alphabet: string, length: number, random: () => number): string {
  let text = ''
  for (let i = 0; i < length; i++) text += alphabet[Math.floor(random() * alphabet.length)]
  return text
}

function randomUuid(random: () => number): string {
  const hex = (length: number) => randomText(ALPHABETS.hex!, length, random)
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${randomText('89ab', 1, random)}${hex(3)}-${hex(12)}`
}
