// Regular expressions of paths → globs, where they say the same.
import { translate } from '../rules/foreign/translate.ts'
import { type AST, parsePattern } from '../rules/pattern.ts'

/** Globs that take no path that the pattern does not take, and practically all that it does; undefined: there are none. */
export function globsOf(regex: string): string[] | undefined {
  let alternatives: AST.Pattern['alternatives']
  try {
    alternatives = parsePattern(translate(regex, { secret: 0 }).source).alternatives
  } catch {
    return undefined
  }
  const ways = alternatives.map((each) => piecesOf(each.elements))
  const globs = ways.flatMap((each) => each?.map(finish) ?? [undefined])
  return globs.every((each) => each !== undefined) ? [...new Set(globs.flat() as string[])] : undefined
}

/** Any run of characters, as `.*`: it crosses slashes. */
const ANY = '\0'
const START = '\x01'
const END = '\x02'

/** All ways through the elements, as literals with the marks above; undefined: not that simple. */
function piecesOf(elements: readonly AST.Element[]): string[] | undefined {
  let ways = ['']
  for (const element of elements) {
    const next = pieceOf(element)
    if (next === undefined || ways.length * next.length > 64) return undefined
    ways = ways.flatMap((way) => next.map((piece) => way + piece))
  }
  return ways
}

function pieceOf(element: AST.Element): string[] | undefined {
  switch (element.type) {
    case 'Character':
      return [escapeGlob(String.fromCharCode(element.value))]
    case 'Assertion':
      return element.raw === '(?<![\\s\\S])' ? [START] : element.raw === '(?![\\s\\S])' ? [END] : undefined
    case 'Group':
    case 'CapturingGroup': {
      const inner = element.alternatives.map((each) => piecesOf(each.elements))
      return inner.every((each) => each !== undefined) ? inner.flatMap((each) => each!) : undefined
    }
    case 'Quantifier':
      return repeated(element)
    case 'CharacterClass':
      return classPiece(element.raw)
    default:
      return undefined
  }
}

function repeated({ element, min, max }: AST.Quantifier): string[] | undefined {
  if (element.type === 'CharacterClass' && /^\[\^(?:\\n)?\]$|^\[\\s\\S\]$/.test(element.raw) && max > 100)
    return min === 0 ? [ANY] : undefined
  if (element.type === 'CharacterClass' && /^\[\^(?:\\\/|\\x2f)\]$/.test(element.raw) && max > 100)
    return ['*']
  const inner = pieceOf(element)
  if (inner !== undefined && min === 0 && max === 1) return ['', ...inner]
  return undefined
}

function classPiece(raw: string): string[] | undefined {
  if (raw === '[^\\n]') return ['?'] // a dot that was meant as one
  return /^\[[A-Za-z0-9_-]+\]$/.test(raw) ? [raw] : undefined
}

function escapeGlob(char: string): string {
  return /[*?[\]{}()!+@\\|]/.test(char) ? `\\${char}` : char
}

/**
 * What is not tied to the start or end may have anything there. A way that no path takes comes to nothing, one that
 * all take, or that holds "anything" in the middle, can't be said: undefined.
 */
function finish(piece: string): string[] | undefined {
  const text = piece.replace(/^\x01?\0+/, '').replace(/\0+\x02?$/, '')
  const isOpenStart = !text.startsWith(START)
  const isOpenEnd = !text.endsWith(END)
  const bare = text.replace(/^\x01+/, '').replace(/\x02+$/, '')
  if (bare.includes(START) || bare.includes(END)) return []
  if (bare === '' || bare === '/' || bare.includes(ANY)) return undefined
  if (!isOpenStart && bare.startsWith('/')) return []
  if (/(?:^|\/)\.{1,2}(?:\/|$)/.test(bare)) return [] // no path is written with such folders
  const head = isOpenStart ? `**/*${bare}` : bare
  if (!isOpenEnd) return [head]
  return bare.endsWith('/') ? [`${head}**/*`] : [`${head}*`, `${head}*/**/*`]
}
