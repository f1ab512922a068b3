// One finding as rows of text: what, where, how sure and why, and whether it was committed before.
import type { Finding, History, Place } from '../model/index.ts'
import { frameLine } from './frame-text.ts'
import { glue, row } from './layout.ts'
import type { Pen } from './pen.ts'
import { shownSecret } from './redaction.ts'
import { verdictText } from './verdict-text.ts'
import { CONFIDENCE_WORDS, count, EVIDENCE_WORDS, encodingWords, list, number, sentence } from './words.ts'

/** Places listed before the rest is only counted. */
const MAX_PLACES = 5

export interface FindingStyle {
  /** Number in front of the title; none when there is only one finding. */
  readonly ordinal?: number
  /** Shows the id, for commands that name it. */
  readonly showId: boolean
  /** Sentences about earlier commits; none leaves the row out. */
  readonly history: readonly string[]
  readonly historyLabel: string
}

/** The lines of a finding, title first. */
export function findingLines(finding: Finding, style: FindingStyle, pen: Pen): string[] {
  const { known, paint, width } = pen
  const number = style.ordinal === undefined ? '' : `${style.ordinal}. `
  const title = `${number}${known(finding.title)}`
  const { confidence, verdict, evidence } = finding
  const why = evidence.map((each) => EVIDENCE_WORDS[each] ?? pen.foreign(each)).join('; ')
  const rows: [label: string, paragraphs: readonly string[]][] = [
    ['Secret', [secretText(finding, pen)]],
    ...partRows(finding, pen),
    ['Where', placeLines(finding, style, pen)],
    ['How sure', [sentence(CONFIDENCE_WORDS[confidence]) + (why && `: ${why}`)]],
  ]
  if (verdict.state !== 'unchecked') rows.push(['Checked', [verdictText(verdict, pen.foreign)]])
  if (style.history.length > 0) rows.push([style.historyLabel, style.history])
  if (style.showId || pen.verbose) rows.push(['Id', [known(finding.id)]])
  if (pen.verbose) rows.push(['Rule', [known(finding.rule)]])
  return [
    `${paint('strong', title)} (${paint(finding.severity, finding.severity)})`,
    ...rows.flatMap(([label, paragraphs]) => row(paint('soft', label), paragraphs, width)),
  ]
}

function secretText({ secret, places }: Finding, pen: Pen): string {
  const shown = glue(pen.known(shownSecret(secret, pen.reveal)))
  const names = [...new Set(places.flatMap((place) => place.name || []))]
  const named =
    names.length > 0
      ? `, named ${list(
          names.map((name) => glue(pen.foreign(name))),
          3,
        )}`
      : ''
  return `${pen.paint('strong', shown)}, ${count(secret.length, 'character')}${named}`
}

/** The ids that belong to the secret, each once. */
function partRows({ places }: Finding, pen: Pen): [string, string[]][] {
  const parts = new Map(places.flatMap((place) => place.parts ?? []).map((part) => [part.value, part]))
  const texts = [...parts.values()].map(({ name, value }) => `${pen.known(name)} ${pen.foreign(value)}`)
  return texts.length > 0 ? [['With', [list(texts, 3)]]] : []
}

function placeLines({ places, secret, history }: Finding, style: FindingStyle, pen: Pen): string[] {
  // Who brought it and when stands in the row below, once.
  const told = style.history.length > 0 ? history?.introduced?.commit : undefined
  const lines = places.slice(0, MAX_PLACES).flatMap((place) => {
    const { author: _, date: __, ...bare } = place
    return [
      placeText(place.commit !== undefined && place.commit === told ? bare : place, pen),
      ...frameLine(place, secret.redacted, pen),
    ]
  })
  const rest = places.length - MAX_PLACES
  return rest > 0 ? [...lines, `and ${number(rest)} more`] : lines
}

const NAMELESS = { message: 'commit message', tag: 'tag message', stdin: 'stdin' } as const

function placeText(place: Place, pen: Pen): string {
  const { kind, path, line, column, endLine, encoding, commit, tag } = place
  const named = path ?? (tag === undefined ? undefined : `message of tag ${tag}`)
  const name = named ?? (kind === 'message' || kind === 'tag' || kind === 'stdin' ? NAMELESS[kind] : kind)
  const link = pen.place(pen.foreign(`${name}:${line}:${column}`), path)
  const notes: string[] = []
  if (kind === 'message' && path !== undefined) notes.push('the commit message')
  if (kind === 'name') notes.push('in the name itself')
  if (endLine > line) notes.push(`to line ${endLine}`)
  if (encoding && encoding.length > 0) notes.push(encodingWords(encoding))
  if (commit !== undefined) notes.push(commitText({ ...place, commit }, pen))
  return notes.length > 0 ? `${link} (${pen.foreign(notes.join('; '))})` : link
}

/** `commit 1a2b3c4d5e6f by Ann, 2026-01-31`. */
function commitText(from: { commit: string; author?: string; date?: string }, pen: Pen): string {
  const author = from.author === undefined ? '' : ` by ${pen.foreign(from.author)}`
  const date = from.date === undefined ? '' : `, ${pen.foreign(from.date.slice(0, 10))}`
  return `commit ${pen.foreign(from.commit.slice(0, 12))}${author}${date}`
}

/** `on the branches main and dev; in refs/tags/v1`: branches by the names that people use. */
function refsText(refs: readonly string[], pen: Pen): string {
  const branches = refs.filter((name) => name.startsWith('refs/heads/'))
  const others = refs.filter((name) => !branches.includes(name))
  const named = (names: readonly string[]) => list(names.map((name) => glue(pen.foreign(name))))
  const parts: string[] = []
  if (branches.length > 0)
    parts.push(
      `on the ${branches.length === 1 ? 'branch' : 'branches'} ${named(branches.map((name) => name.slice(11)))}`,
    )
  if (others.length > 0) parts.push(`in ${named(others)}`)
  return parts.join('; ')
}

/** True when the secret is known to be in the history, so that taking it out of the files is not enough. */
export function wasCommitted({ history }: Finding): boolean {
  return (
    history !== undefined && (history.atHead || history.introduced !== null || history.published.length > 0)
  )
}

/** What the history says about a secret, in short sentences; nothing when it was not looked at. */
export function historyText(history: History | undefined, pen: Pen): string[] {
  if (history === undefined) return []
  const { introduced, removed, atHead, refs, published } = history
  const text: string[] = []
  if (introduced) text.push(`since ${commitText(introduced, pen)}`)
  if (removed) text.push(`taken out in ${commitText(removed, pen)}`)
  text.push(atHead ? 'the last commit (HEAD) holds it' : 'the last commit (HEAD) does not hold it')
  const told = new Set([...(atHead ? ['HEAD'] : []), ...published.map((name) => `refs/remotes/${name}`)])
  const others = refs.filter((name) => !told.has(name))
  if (others.length > 0) text.push(refsText(others, pen))
  if (published.length > 0)
    text.push(`published in ${list(published.map((name) => glue(pen.foreign(name))))}`)
  return text
}
