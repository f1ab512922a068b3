// A kept match with its place in words: what is known of one occurrence of a secret.
import { LineCursor, linesAround } from './engine/lines.ts'
import type { Candidate } from './filters/candidate.ts'
import { partsOf } from './filters/parts.ts'
import { type Chunk, type Confidence, type Match, type Place, type Rule, Secret } from './model/index.ts'

export interface Sighting {
  readonly rule: Rule
  readonly secret: Secret
  readonly place: Place
  readonly confidence: Confidence
  readonly evidence: readonly string[]
  /** An offline proof says that it is one. */
  readonly proven: boolean
  /** Full lines the secret stands on, as latin1 text. Never leaves the scan. */
  readonly lines: string
  readonly earlier: (() => Promise<readonly Uint8Array[]>) | undefined
}

/** Returns the function that places the matches of one chunk, to be called in order of their spans. */
export function sight(
  chunk: Chunk,
): (
  match: Match,
  candidate: Candidate,
  judged: Pick<Sighting, 'confidence' | 'evidence' | 'proven'>,
) => Sighting {
  const cursor = new LineCursor(chunk)
  const linesOf = lineReader(chunk)
  return (match, candidate, judged) => {
    const start = cursor.at(match.span.start)
    const end = cursor.at(match.span.end)
    const name = nameOf(candidate)
    const parts = partsOf(candidate)
    return {
      rule: match.rule,
      secret: sealSecret(match.rule, candidate.secret),
      place: {
        ...originPlace(chunk),
        line: start.line,
        column: start.column,
        endLine: end.line,
        endColumn: end.column,
        ...(name ? { name } : {}),
        ...(parts.length > 0 ? { parts } : {}),
        ...(match.layer.via.length > 0 ? { encoding: match.layer.via } : {}),
      },
      confidence: judged.confidence,
      evidence: judged.evidence,
      proven: judged.proven,
      lines: chunk.earlier ? linesOf(match) : '',
      earlier: chunk.earlier,
    }
  }
}

/** The full lines of a match; matches on the same line share one string. */
function lineReader(chunk: Chunk): (match: Match) => string {
  let last = { start: -1, end: -1, text: '' }
  return ({ span }) => {
    const { start, end } = linesAround(chunk.bytes, span.start, span.end)
    if (start !== last.start || end !== last.end) {
      last = { start, end, text: Buffer.from(chunk.bytes.subarray(start, end)).toString('latin1') }
    }
    return last.text
  }
}

function originPlace(
  chunk: Chunk,
): Pick<Place, 'kind' | 'path' | 'blob' | 'commit' | 'author' | 'date' | 'tag'> {
  const { origin } = chunk
  return {
    kind: origin.kind,
    ...('path' in origin && origin.path !== undefined ? { path: origin.path } : {}),
    ...('blob' in origin ? { blob: origin.blob } : {}),
    ...('commit' in origin && origin.commit !== undefined ? { commit: origin.commit } : {}),
    ...('author' in origin && origin.author !== undefined ? { author: origin.author } : {}),
    ...('date' in origin && origin.date !== undefined ? { date: origin.date } : {}),
    ...('tag' in origin ? { tag: origin.tag } : {}),
  }
}

/** Seals a secret of a rule; what the rule says is public of it may be shown. */
export function sealSecret(rule: Rule, value: string): Secret {
  return new Secret(value, publicPrefix(rule, value))
}

/** The longest literal beginning of the rule that the secret has: public, so it may be shown. */
function publicPrefix(rule: Rule, secret: string): string {
  if (rule.tier === 0) return '' // its pattern begins with a name, not with the secret
  const own = rule.prefixes.filter(
    (p) => secret.toLowerCase().startsWith(p.toLowerCase()) && p.length < secret.length,
  )
  const longest = own.reduce((a, b) => (b.length > a.length ? b : a), '')
  return secret.slice(0, longest.length)
}

const NAME = /([A-Za-z_][\w.-]{1,60})["'`\]]{0,2}[ \t]{0,4}(?:=>|:=|[:=])[ \t]{0,4}["'`]?$/

/** The name the line gives the secret: the pattern's group, else what it is assigned to. */
function nameOf(candidate: Candidate): string | undefined {
  if (candidate.groups.name) return candidate.groups.name
  const before = candidate.around(80, 0)
  const head = before.slice(0, before.lastIndexOf(candidate.secret))
  return NAME.exec(head)?.[1]
}
