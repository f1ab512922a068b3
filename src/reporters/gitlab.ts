// GitLab's report of secret detection, by its security report schema 15: one vulnerability for each secret and file.
import { createHash } from 'node:crypto'
import { type Finding, isPartial, type Place, type Report } from '../model/index.ts'
import { type Clean, createClean } from './clean.ts'
import { createPen, type Pen } from './pen.ts'
import { isInFile, placeGroups, placeName } from './place-groups.ts'
import { printItems, printJson } from './print-json.ts'
import { problemText } from './problems-text.ts'
import { shownSecret } from './redaction.ts'
import type { Reporter } from './reporter.ts'
import { STEP_WORDS, sentence } from './words.ts'

/** Every GitLab from 16 on takes this one. */
const SCHEMA_VERSION = '15.0.7'
/** What GitLab's own analyzer writes where there is no commit. */
const NO_COMMIT = '0000000'
const MAX_NAME = 255
const MAX_SOLUTION = 7000

export const gitlab: Reporter = function* (report, options) {
  const clean = createClean(report, options.reveal)
  const pen = createPen(report, { ...options, color: false, hyperlinks: false })
  const head = printJson({ version: SCHEMA_VERSION, scan: scanJson(report, pen) })
  yield `${head.slice(0, -1)},"vulnerabilities":[`
  yield* printItems(vulnerabilities())
  yield '\n]}\n'

  function* vulnerabilities(): Iterable<object> {
    for (const finding of report.findings)
      for (const [place] of placeGroups(finding))
        yield vulnerability(finding, place, { below: options.below ?? '', clean, pen })
  }
}

function scanJson({ scan, tool }: Report, pen: Pen): object {
  const start = Date.parse(scan.startedAt)
  const time = (ms: number) => new Date(ms).toISOString().slice(0, 19)
  const unleak = { id: 'unleak', name: 'unleak', vendor: { name: 'unleak' }, version: tool.version }
  return {
    type: 'secret_detection',
    status: scan.state === 'complete' ? 'success' : 'failure',
    start_time: time(start),
    end_time: time(start + scan.durationMs),
    analyzer: unleak,
    scanner: unleak,
    messages: scan.problems.map((problem) => ({
      level: isPartial(problem) ? 'warn' : 'info',
      value: `${problem.code}: ${problemText(problem, pen).replaceAll('\0', ' ')}`,
    })),
  }
}

function vulnerability(
  finding: Finding,
  place: Place | undefined,
  { below, clean, pen }: { below: string; clean: Clean; pen: Pen },
): object {
  const { rule, title, response, severity } = finding
  const links = [...new Set(response.flatMap(({ url }) => (url?.startsWith('http') ? url : [])))]
  return {
    id: uuid(`${finding.id}\0${place ? `${placeName(place)}\0${place.commit ?? ''}` : ''}`),
    name: clean.known(title).slice(0, MAX_NAME),
    description: description(finding, pen),
    severity: sentence(severity),
    solution: solution(finding, clean).slice(0, MAX_SOLUTION),
    identifiers: [
      { type: 'unleak_rule_id', name: `unleak rule ${rule}`, value: rule },
      { type: 'cwe', name: 'CWE-798', value: '798', url: 'https://cwe.mitre.org/data/definitions/798.html' },
    ],
    links: links.map((url) => ({ url: clean.known(url) })),
    location: locationJson(finding, place, below, clean),
    details: {
      finding: { name: 'Finding', type: 'text', value: finding.id },
      secret: { name: 'Secret', type: 'text', value: clean.known(shownSecret(finding.secret, pen.reveal)) },
      verdict: { name: 'Verdict', type: 'text', value: finding.verdict.state },
    },
  }
}

function description(finding: Finding, pen: Pen): string {
  const { places, title, secret } = finding
  const shown = pen.known(shownSecret(secret, pen.reveal))
  const where = places.length > 1 ? ` It stands in ${places.length} places.` : ''
  return `${pen.known(title)} ${shown}, confidence ${finding.confidence}.${where} Finding ${finding.id}.`
}

function solution({ response }: Finding, { known }: Clean): string {
  const steps = response.map(({ step, text }, i) => `${i + 1}. ${STEP_WORDS[step]}: ${known(text)}`)
  return steps.length > 0 ? steps.join('\n') : 'Revoke it, replace it, and take it out of the code.'
}

function locationJson({ history }: Finding, place: Place | undefined, below: string, clean: Clean): object {
  const from = place?.commit ? place : (history?.introduced ?? undefined)
  const commit = {
    sha: clean.foreign(from?.commit ?? NO_COMMIT),
    ...(from?.author === undefined ? {} : { author: clean.foreign(from.author) }),
    ...(from?.date === undefined ? {} : { date: from.date }),
  }
  if (place === undefined) return { commit }
  const file = isInFile(place) ? below + clean.foreign(place.path!) : clean.foreign(placeName(place))
  return { file, start_line: place.line, end_line: place.endLine, commit }
}

/** The same for the same secret in the same file, so that GitLab knows it again. */
function uuid(text: string): string {
  const hex = createHash('sha256').update(`unleak-gitlab/1\0${text}`).digest('hex')
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
