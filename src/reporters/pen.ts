// What every part of the text report writes with: cleaning, colours and links, as the options allow them.
import { styleText } from 'node:util'
import type { Place, Report } from '../model/index.ts'
import { escapeUnsafe, toAscii } from './escape.ts'
import { glue } from './layout.ts'
import { createRedactor, type Redactor } from './redaction.ts'
import type { ReporterOptions } from './reporter.ts'

/** Wider lines of prose are hard to read; paths and commands may be longer. */
const WIDEST = 100

const STYLES = {
  stop: ['bold', 'red'],
  strong: 'bold',
  soft: 'dim',
  place: 'cyan',
  command: 'bold',
  link: 'underline',
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
} as const
export type Style = keyof typeof STYLES

export interface Pen {
  readonly width: number
  readonly verbose: boolean
  readonly reveal: boolean
  /** The line that a place stands on, not cleaned. */
  readonly frame: (place: Place) => string | undefined
  /** Findings that are shown before the rest is only counted. */
  readonly most: number
  /** The user's directory below the top of the repository; empty at the top. */
  readonly prefix: string
  /** Cleans text that the scanned data wrote: secrets masked, control characters shown. */
  readonly foreign: (text: string) => string
  /** Cleans text of ours or of a rule file. */
  readonly known: (text: string) => string
  /** A command in bold; one of unleak is written the way the user starts it. */
  readonly command: (command: string) => string
  /** Colours cleaned text, each word for itself, so that it can be wrapped. */
  readonly paint: (style: Style, text: string) => string
  /** A finished line as it leaves. */
  readonly finish: (line: string) => string
  /** An address in one piece, clickable where that is wanted. */
  readonly url: (address: string) => string
  /** A place in one piece, clickable where that is wanted; `label` is cleaned, `path` is not. */
  readonly place: (label: string, path?: string) => string
}

/** The pen for one report. */
export function createPen(report: Report, options: ReporterOptions): Pen {
  const secrets = report.findings.map((finding) => finding.secret)
  const redactor = createRedactor(secrets, options.reveal)
  const inSigns = options.unicode ? (text: string) => text : toAscii
  const known = (text: string) => inSigns(escapeUnsafe(redactor.known(text)))
  const paint = (style: Style, text: string) => (options.color ? paintWords(style, text) : text)
  return {
    width: options.width >= 40 ? Math.min(options.width, WIDEST) : 80,
    verbose: options.verbose,
    reveal: options.reveal,
    frame: (place) => options.frames?.get(place),
    most: options.verbose ? Number.POSITIVE_INFINITY : (options.most ?? Number.POSITIVE_INFINITY),
    prefix: options.prefix ?? '',
    command: (command) => paint('command', command.replace(/^unleak(?= )/, options.program ?? 'unleak')),
    known,
    paint,
    finish: options.color ? wordJoiner() : (line) => line,
    // Twice: escaping may write what the data only described.
    foreign: (text) => inSigns(redactor.foreign(inSigns(escapeUnsafe(redactor.foreign(text))))),
    url: (address) => {
      const shown = known(address)
      return link(options, isAddress(shown) ? shown : undefined, paint('link', glue(shown)))
    },
    place: (label, path) =>
      link(options, fileAddress(path, options.root, redactor), paint('place', glue(label))),
  }
}

function paintWord(style: Style, word: string): string {
  const format = STYLES[style]
  return styleText(typeof format === 'string' ? format : [...format], word, { validateStream: false })
}

function paintWords(style: Style, text: string): string {
  return text
    .split(' ')
    .map((word) => (word === '' ? '' : paintWord(style, word)))
    .join(' ')
}

/** Joins words of one colour that came to stand in one line, so that the line can be searched for what it says. */
function wordJoiner(): (line: string) => string {
  let seams: string[] | undefined
  return (line) => {
    if (!line.includes('\x1b')) return line
    seams ??= (Object.keys(STYLES) as Style[]).map((style) =>
      paintWord(style, '|').split('|').reverse().join(' '),
    )
    for (const seam of seams) line = line.replaceAll(seam, ' ')
    return line
  }
}

function isAddress(text: string): boolean {
  return /^https?:\/\/[\x21-\x7e]+$/.test(text)
}

function link({ hyperlinks }: ReporterOptions, address: string | undefined, text: string): string {
  return hyperlinks && address !== undefined ? `\x1b]8;;${address}\x1b\\${text}\x1b]8;;\x1b\\` : text
}

/** The `file:` address of a path below `root`; none when it would tell more than the text does. */
function fileAddress(
  path: string | undefined,
  root: string | undefined,
  redactor: Redactor,
): string | undefined {
  if (path === undefined || root === undefined) return undefined
  if (redactor.foreign(path) !== path || /\p{Cs}/u.test(path)) return undefined
  const plain = (name: string) => (/^([A-Za-z]:|\\\\)/.test(name) ? name.replaceAll('\\', '/') : name)
  const full = /^([A-Za-z]:)?[\\/]/.test(path) ? plain(path) : `${plain(root).replace(/\/$/, '')}/${path}`
  const address = `file://${full
    .replace(/^(?!\/)/, '/')
    .split('/')
    .map(encodeURIComponent)
    .join('/')}`
  return redactor.foreign(address) === address ? address : undefined
}
