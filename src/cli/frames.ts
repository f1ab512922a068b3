// The lines that findings stand on, for people to see what is meant; every secret in them masked, known or not.
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { bytesOf } from '../git/cat-file.ts'
import { readStagedBlobs } from '../git/staged-blobs.ts'
import type { Finding, Place, Report } from '../model/index.ts'
import { isSecretAt } from '../reporters/redaction.ts'
import type { Mask } from './mask.ts'

/** Findings that get one, the most severe first; a report is not a copy of the code. */
const MOST_FRAMES = 60
const MOST_BYTES = 8 << 20
const MOST_COLUMNS = 20_000
/** What looks random to the eye, whether a rule knows it or not. */
const RANDOM_RUN = /(?=[A-Za-z_/+=-]*\d)(?=[\d_/+=-]*[A-Za-z])[A-Za-z0-9_/+=-]{16,}/g

/** A place and the secret in it. */
interface Standing {
  readonly place: Place
  readonly finding: Finding
}

/**
 * By first place of a finding: its line. Nothing where it can't be read any more, or is not what was scanned.
 * @param asked those of the report's findings whose lines are wanted
 */
export async function readFrames(
  report: Report,
  root: string,
  createMask: () => Promise<Mask>,
  asked: readonly Finding[] = report.findings.slice(0, MOST_FRAMES),
): Promise<ReadonlyMap<Place, string>> {
  const standings = new Map<string, Standing[]>()
  for (const finding of report.findings)
    for (const place of finding.places) {
      const source = sourceOf(place)
      if (source === undefined) continue
      const others = standings.get(source)
      if (others) others.push({ place, finding })
      else standings.set(source, [{ place, finding }])
    }
  const wanted = asked.flatMap(({ places }) => places[0] ?? [])
  const texts = await readSources(wanted, root)
  const mask = await createMask()
  const frames = new Map<Place, string>()
  for (const place of wanted) {
    const source = sourceOf(place)
    const text = source === undefined ? undefined : texts.get(source)
    const frame = text === undefined ? undefined : maskedLine(text, place.line, standings.get(source!)!)
    if (frame !== undefined) frames.set(place, mask(frame).replace(RANDOM_RUN, '…'))
  }
  return frames
}

/** A blob where there is one: the file may have changed since. */
function sourceOf({ kind, blob, path }: Place): string | undefined {
  if (kind === 'staged' || kind === 'history') return blob
  return kind === 'file' && path !== undefined ? `file:${path}` : undefined
}

async function readSources(places: readonly Place[], root: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  const blobs = new Set<string>()
  for (const place of places) {
    const source = sourceOf(place)
    if (source === undefined) continue
    if (!source.startsWith('file:')) blobs.add(source)
    else if (!texts.has(source)) texts.set(source, readFile(resolve(root, place.path!)))
  }
  if (blobs.size === 0) return texts
  for await (const object of readStagedBlobs([...blobs], root, root))
    if ('size' in object) {
      const bytes = await bytesOf(object)
      if (bytes.length <= MOST_BYTES) texts.set(object.oid, bytes.toString('utf8'))
    }
  return texts
}

function readFile(file: string): string {
  try {
    return statSync(file).size <= MOST_BYTES ? readFileSync(file, 'utf8') : ''
  } catch {
    return ''
  }
}

/** The line with its secrets cut out. Undefined when one of them is not where it should be: then nothing is sure. */
function maskedLine(text: string, number: number, all: readonly Standing[]): string | undefined {
  const line = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)[number - 1]
  if (line === undefined || line.length > MOST_COLUMNS || line.includes('\0')) return undefined
  const here = all.filter(({ place }) => place.line <= number && number <= place.endLine)
  let masked = line
  let end = Number.POSITIVE_INFINITY
  for (const { place, finding } of here.sort((a, b) => b.place.column - a.place.column)) {
    const from = place.column - 1
    const to = place.endLine > number ? line.length : place.endColumn - 1
    if (place.line < number || (place.encoding?.length ?? 0) > 0) return undefined
    if (!isSecretAt(finding.secret, line.slice(from, to), place.endLine > number)) return undefined
    if (to > end) return undefined // two claim the same characters
    masked = masked.slice(0, from) + finding.secret.redacted + masked.slice(to)
    end = from
  }
  return here.length > 0 ? masked.replaceAll('\t', '  ').trim() : undefined
}
